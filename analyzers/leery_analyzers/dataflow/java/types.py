"""Names of Java's types: what a simple name stands for, by imports and by what everybody means by it.

Knows no tree and no IR. Names of ``jakarta`` packages are written as ``javax``, so that models name each class once.
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from leery_analyzers.dataflow.model_files import models_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LIBRARY: Mapping[str, str] = MappingProxyType({
    "java.lang": "String CharSequence Object StringBuilder StringBuffer Integer Long Short Byte Boolean Character"
    " Double"
    " Float Number Math System Runtime ProcessBuilder Process Thread Class ClassLoader Enum Void Iterable Runnable"
    " Exception RuntimeException Throwable ThreadLocal InheritableThreadLocal",
    "java.util.concurrent.atomic": "AtomicReference",
    "java.util.AbstractMap": "SimpleEntry SimpleImmutableEntry",
    "java.util": "AbstractMap List ArrayList LinkedList Map HashMap LinkedHashMap TreeMap SortedMap NavigableMap Set"
    " HashSet"
    " LinkedHashSet TreeSet SortedSet Collection Collections Arrays Optional Objects UUID Properties Scanner"
    " Enumeration"
    " Iterator ListIterator StringJoiner Base64 Locale Date Random StringTokenizer Vector Stack Deque ArrayDeque Queue"
    " PriorityQueue Hashtable EnumSet EnumMap Calendar Currency BitSet Formatter ResourceBundle IdentityHashMap",
    "java.util.concurrent": "ConcurrentHashMap ConcurrentMap CopyOnWriteArrayList BlockingQueue BlockingDeque"
    " LinkedBlockingQueue ArrayBlockingQueue LinkedBlockingDeque ConcurrentLinkedQueue ConcurrentLinkedDeque"
    " TimeUnit ExecutorService Executors"
    " CompletableFuture Callable Future",
    "java.util.function": "Function Supplier Consumer Predicate BiFunction BiConsumer UnaryOperator BinaryOperator",
    "java.util.stream": "Stream Collectors IntStream StreamSupport",
    "java.util.regex": "Pattern Matcher",
    "java.math": "BigInteger BigDecimal",
    "java.text": "MessageFormat SimpleDateFormat DecimalFormat NumberFormat",
    "java.time": "LocalDate LocalDateTime LocalTime Instant Duration ZonedDateTime OffsetDateTime Year YearMonth",
    "java.nio.charset": "StandardCharsets Charset",
    "java.io": "File FileInputStream FileOutputStream FileReader FileWriter RandomAccessFile InputStream OutputStream"
    " Reader Writer BufferedReader BufferedWriter InputStreamReader OutputStreamWriter PrintWriter PrintStream"
    " StringReader StringWriter ByteArrayInputStream ByteArrayOutputStream BufferedInputStream BufferedOutputStream"
    " CharArrayWriter"
    " DataInputStream DataOutputStream ObjectInputStream ObjectOutputStream IOException Serializable Console Closeable",
    "java.nio.file": "Path Paths Files",
    "java.net": "URL URI URLDecoder URLEncoder URLConnection HttpURLConnection Socket ServerSocket InetAddress"
    " InetSocketAddress",
})  # fmt: skip
_KINDS: Mapping[str, str] = MappingProxyType({
    **dict.fromkeys(("java.lang.String", "java.lang.CharSequence"), "str"),
    **dict.fromkeys(("java.lang.StringBuilder", "java.lang.StringBuffer", "java.io.StringWriter",
                     "java.util.StringJoiner", "java.io.ByteArrayOutputStream", "java.io.CharArrayWriter",
                     "org.apache.commons.text.StrBuilder", "org.apache.commons.text.TextStringBuilder"),
                    "java.Builder"),
    **{
        f"java.util.{name}": "list"
        for name in ("List", "ArrayList", "LinkedList", "Collection", "Vector", "Stack", "Deque", "ArrayDeque", "Queue",
                     "PriorityQueue", "Iterator", "ListIterator", "Enumeration", "concurrent.CopyOnWriteArrayList",
                     "concurrent.BlockingQueue", "concurrent.BlockingDeque", "concurrent.LinkedBlockingQueue",
                     "concurrent.ArrayBlockingQueue", "concurrent.LinkedBlockingDeque",
                     "concurrent.ConcurrentLinkedQueue", "concurrent.ConcurrentLinkedDeque", "stream.Stream")
    },
    **dict.fromkeys(("java.lang.Iterable", "org.apache.commons.exec.CommandLine"), "list"),
    **dict.fromkeys(("java.util.AbstractMap.SimpleEntry", "java.util.AbstractMap.SimpleImmutableEntry"), "tuple"),
    **dict.fromkeys(
        ("java.lang.ThreadLocal", "java.lang.InheritableThreadLocal", "java.util.concurrent.atomic.AtomicReference",
         "org.apache.commons.lang3.mutable.MutableObject", "javax.xml.ws.Holder"),
        "java.Holder",
    ),
    **{f"java.util.{name}": "set" for name in ("Set", "HashSet", "LinkedHashSet", "TreeSet", "SortedSet", "EnumSet")},
    **{
        f"java.util.{name}": "dict"
        for name in ("Map", "HashMap", "LinkedHashMap", "TreeMap", "SortedMap", "NavigableMap", "Hashtable", "EnumMap",
                     "Properties", "concurrent.ConcurrentHashMap", "concurrent.ConcurrentMap", "IdentityHashMap")
    },
})  # fmt: skip
NUMBERS = frozenset({
    "int", "long", "short", "byte", "float", "double", "boolean", "java.lang.Integer", "java.lang.Long",
    "java.lang.Short", "java.lang.Byte", "java.lang.Float", "java.lang.Double", "java.lang.Boolean", "java.lang.Number",
    "java.math.BigInteger", "java.math.BigDecimal", "java.util.UUID", "java.util.Date", "java.util.Calendar",
    "java.util.Currency", "java.util.BitSet", "java.time.LocalDate", "java.time.LocalDateTime", "java.time.LocalTime",
    "java.time.Instant", "java.time.Duration", "java.time.ZonedDateTime", "java.time.OffsetDateTime", "java.time.Year",
    "java.time.YearMonth", "java.util.concurrent.atomic.AtomicInteger", "java.util.concurrent.atomic.AtomicLong",
})  # fmt: skip
_COMMON_WORDS = frozenset({
    "Query", "Session", "Connection", "Client", "Request", "Response", "Document", "Template", "Context", "Builder",
    "Call", "Body", "Header", "Parser", "Result", "Resource", "Part", "Record", "Message", "Model", "Path", "Pattern",
    "Statement", "Database", "Transformer", "Kryo", "Source", "Input", "Encoder", "Velocity", "Engine", "Redirect",
    "Attribute", "Prompt", "Form", "User", "Param", "Configuration", "Logger", "Process", "Console", "Mail",
    "Email", "Codec", "Encode", "Binding", "Handler", "Get", "Post", "Put", "Delete", "Patch", "Controller", "Select",
    "Insert", "Update", "Function", "Formatter", "Expression", "Yaml", "Handle", "Jdbi", "Attributes",
})  # fmt: skip
"""Names that many libraries and programs give to classes of their own."""
_ORDINARY = frozenset({
    "Node", "Page", "Store", "Target", "Engine", "Loader", "Driver", "Exchange", "Script", "Delivery", "Namespace",
    "Evaluator", "Resources", "Globals", "Dsl", "Transaction", "Strings", "Evaluation", "Message", "Item", "Event",
})  # fmt: skip
"""Names that say too little to stand for a library's class where nothing imports it."""
_OWN_WORD = re.compile(r"[A-Z][a-z]+")
_PLATFORM = ("java.", "javax.", "org.w3c.", "org.xml.")
_DATA = frozenset({
    "java.lang.String", "java.lang.CharSequence", "java.lang.Object", "java.lang.StringBuilder",
    "java.lang.StringBuffer", "java.io.InputStream", "java.io.Reader", "java.io.BufferedReader", "java.io.File",
    "java.io.InputStreamReader", "java.io.ByteArrayInputStream", "java.io.StringReader",
    "java.io.DataInputStream", "java.io.BufferedInputStream", "java.nio.file.Path", "java.net.URL", "java.net.URI",
    "java.util.Optional", "java.util.Scanner", "java.lang.Iterable", "java.lang.Character",
    "org.springframework.ui.ModelMap.Data", "javax.xml.transform.Source", "org.xml.sax.InputSource",
    "java.lang.Void", "java.util.zip.ZipInputStream", "java.util.zip.ZipFile", "java.util.zip.ZipEntry",
    "java.util.jar.JarFile", "java.util.jar.JarEntry", "java.util.jar.JarInputStream",
})  # fmt: skip
_SERVICES = (
    "Service", "Repository", "Dao", "DAO", "Factory", "Manager", "Client", "Template", "Context", "Config",
    "Configuration", "Builder", "Handler", "Mapper", "Helper", "Util", "Utils", "Logger", "Log", "Connection",
    "Statement", "Session", "Provider", "Resolver", "Executor", "Pool", "DataSource", "Writer", "OutputStream",
    "Printer", "Response", "Model", "ModelMap", "Principal", "Authentication", "Listener", "Callback", "Consumer",
    "Function", "Supplier", "Predicate", "Runnable", "Callable", "Class", "Locale", "Charset", "Encoder", "Validator",
    "Pageable", "BindingResult", "RedirectAttributes", "UriComponentsBuilder", "Errors", "Chain", "Enum", "Registry",
    "Engine", "Controller", "Component", "Adapter", "Visitor", "Strategy", "Comparator", "Properties", "Exception",
    "Error", "Clock", "Random", "Thread", "Lock", "Cache", "Converter", "Serializer", "Deserializer", "Type", "Level",
    "SessionStatus", "Interpreter", "Loader", "Publisher", "Producer", "Dispatcher",
)  # fmt: skip


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    """Qualified names by simple name: the standard library's, then those that models speak of."""
    found: dict[str, list[str]] = {}
    names = [f"{package}.{name}" for package, listed in _LIBRARY.items() for name in listed.split()]
    for name in (*names, *_modelled()):
        simple = name.rpartition(".")[2]
        listed = found.setdefault(simple, [])
        if name not in listed:
            listed.append(name)
    return {simple: tuple(listed) for simple, listed in found.items()}


def _modelled() -> Iterable[str]:
    models = models_for("java")
    tables = (
        models.types, models.reads, models.calls, models.by_annotation, models.by_decorator, models.routes,
        models.sinks,
        models.sanitizers, models.guards, models.propagators, models.returns, models.fixed, dict.fromkeys(models.exits),
    )  # fmt: skip
    for table in tables:
        for name in table:
            parts = name.split(".")
            last = next((i for i, part in enumerate(parts) if part[:1].isupper()), None)
            if last:
                yield ".".join(parts[: last + 1])


def canonical(name: str) -> str:
    """A qualified name with its package as models write it."""
    return f"javax{name[7:]}" if name.startswith("jakarta.") else name


def kind_of(name: str) -> str:
    """The type of a value that is declared with a qualified type; that of arrays is a list."""
    if name.endswith("[]"):
        return "list"
    return _KINDS.get(name) or models_for("java").types.get(name) or name


def is_data(name: str) -> bool:
    """Whether a parameter of a qualified type holds data, rather than an object of the program."""
    name = name.removesuffix("[]")
    if not name or name in _DATA or name in {"char", "byte"} or _KINDS.get(name) in {"str", "list", "set", "dict"}:
        return True
    if name.startswith(("java.", "javax.")) or name in _all_known():
        return False
    return not name.rpartition(".")[2].endswith(_SERVICES)


@cache
def _all_known() -> frozenset[str]:
    return frozenset(name for names in _known().values() for name in names)


class Types:
    """What names of types stand for in one unit.

    Args:
        imports: qualified names that import statements give, ``.*`` at the end of those that give a whole package.
    """

    def __init__(self, imports: Iterable[str]) -> None:
        self.names: dict[str, str] = {}
        self._packages: list[str] = []
        self._any = False
        for name in imports:
            self._any = True
            if name.endswith(".*"):
                self._packages.append(canonical(name[:-2]))
            else:
                self.names[name.rpartition(".")[2]] = canonical(name)

    def qualified(self, simple: str) -> str:
        """The qualified name of a simple one; the same where nothing is known of it."""
        found = self.names.get(simple)
        if found is None:
            found = self.names[simple] = self._guessed(simple)
        return found

    def _guessed(self, simple: str) -> str:
        listed = _known().get(simple, ())
        for name in listed:
            package = name.rpartition(".")[0]
            if package == "java.lang" or package in self._packages:
                return name
        if not listed or simple in _ORDINARY or (self._any and _is_common(simple, listed[0])):
            return simple
        return listed[0]


def _is_common(simple: str, qualified: str) -> bool:
    """Whether programs have classes of their own of a name that stands for a library's, where nothing imports it."""
    if simple in _COMMON_WORDS:
        return True
    return not qualified.startswith(_PLATFORM) and _OWN_WORD.fullmatch(simple) is not None
