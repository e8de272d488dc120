"""Objects of any class made from data, in Java.

A format that names classes lets the sender choose which code runs while the data is read, before anything is checked.
Classes have to be named by the program: a filter, an allow-list, or a plain data format.

Reported are `ObjectInputStream` and `XMLDecoder` that are read from without a filter, Jackson's default typing and
``@JsonTypeInfo(use = Id.CLASS)``, XStream without an allow-list, SnakeYAML's unrestricted constructor, fastjson's
automatic types, and Kryo without registration. Left alone: streams with ``setObjectInputFilter``, subclasses of the
stream that restrict the classes, and streams over bytes the method wrote itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.java_fixes import after_statement
from leery_analyzers.checks.java_values import is_word
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_READS = frozenset({"readObject", "readUnshared"})
_STREAMS = frozenset({"ObjectInputStream", "XMLDecoder"})
_FILTERED = re.compile(r"\.setObjectInputFilter\(|ObjectInputFilter\.Config\.setSerialFilter|ByteArrayOutputStream\b")
_ALLOWED = re.compile(r"\.(?:allowTypes?\w*|addPermission|setupDefaultSecurity|allowTypesByWildcard)\(")
_TYPING = frozenset({"enableDefaultTyping", "enableDefaultTypingAsProperty", "activateDefaultTyping"})
_ANY_CLASS = re.compile(r"Id\.(?:CLASS|MINIMAL_CLASS)|^(?:CLASS|MINIMAL_CLASS)$")
_ANYTHING = re.compile(
    r"LaissezFaire|getPolymorphicTypeValidator\(\)|allowIf(?:Base|Sub)Type\((?:Object\.class|\"\")\)"
)
_SAFE_YAML = re.compile(r"SafeConstructor|TagInspector|CustomClassLoaderConstructor")
_TYPED_YAML = re.compile(r"\bConstructor\(\s*(?!Object\b)[\w.]+\.class\s*,")
_QUERY = '((annotation name: (_) @annotation) @typed (#match? @annotation "JsonTypeInfo$"))'
_MESSAGE = "Whoever writes this data chooses the classes that are made, and with them the code that runs."


class UnsafeDeserializerJava(Check):
    """Finds readers of data that make objects of any class."""

    summary = "Objects of any class made from data"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-502",)
    owasp = ("A08:2025",)
    references = (
        "https://cheatsheetseries.owasp.org/cheatsheets/Deserialization_Cheat_Sheet.html",
        "https://docs.oracle.com/en/java/javase/21/core/serialization-filtering1.html",
    )
    languages = JAVA
    refutable = True
    calls = frozenset(
        {f".{name}" for name in (*_READS, *_TYPING, "setAutoTypeSupport", "setRegistrationRequired")}
        | {"new XStream", "new Yaml"}
    )
    query = _QUERY

    VALID = (
        """\
class A {
    Object größe(InputStream in) throws Exception {
        ObjectInputStream stream = new ObjectInputStream(in);
        stream.setObjectInputFilter(ObjectInputFilter.Config.createFilter("com.example.*;!*"));
        return stream.readObject();
    }
}
""",
        """\
class A {
    Object f(MessageReader reader) throws Exception {
        return reader.readObject();
    }
}
""",
        """\
class A implements Serializable {
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        values = (int[]) in.readObject();
    }
}
""",
        """\
class A {
    Object f(String text) {
        XStream xstream = new XStream();
        xstream.allowTypes(new Class[] {Order.class});
        return xstream.fromXML(text);
    }
}
""",
        """\
class A {
    Object f(String text) {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        return yaml.load(text);
    }
}
""",
        """\
class A {
    void f(ObjectMapper mapper, PolymorphicTypeValidator allowed) {
        mapper.activateDefaultTyping(allowed);
    }
}
""",
        """\
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
class Shape {
}
""",
        """\
class A {
    Object f(String größe) {
        Yaml yaml = new Yaml(new Constructor(Settings.class, new LoaderOptions()));
        return yaml.load(größe);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    ObjectMapper größe() {
        PolymorphicTypeValidator any = BasicPolymorphicTypeValidator.builder()
                .allowIfBaseType(Object.class)
                .build();
        return JsonMapper.builder().activateDefaultTyping(any, DefaultTyping.NON_FINAL).build();
    }
}
""",
            at="JsonMapper.builder().activateDefaultTyping",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    Object größe(InputStream in) throws Exception {
        ObjectInputStream stream = new ObjectInputStream(in);
        return (Order) stream.readObject();
    }
}
""",
            at="stream.readObject",
            message=_MESSAGE,
            fixed=(
                """\
import java.io.ObjectInputFilter;

class A {
    Object größe(InputStream in) throws Exception {
        ObjectInputStream stream = new ObjectInputStream(in);
        stream.setObjectInputFilter(ObjectInputFilter.Config.createFilter("java.base/*;!*"));
        return (Order) stream.readObject();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    Object f(InputStream in) throws Exception {
        return new ObjectInputStream(in).readObject();
    }
}
""",
            at="new ObjectInputStream(in).readObject",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void f(ObjectMapper mapper) {
        mapper.enableDefaultTyping();
    }
}
""",
            at="mapper.enableDefaultTyping",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
import com.thoughtworks.xstream.XStream;

class A {
    Object f(String text) {
        XStream xstream = new XStream(new DomDriver());
        return xstream.fromXML(text);
    }
}
""",
            at="new XStream",
            message=_MESSAGE,
            fixed=(
                """\
import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.security.NoTypePermission;
import com.thoughtworks.xstream.security.PrimitiveTypePermission;

class A {
    Object f(String text) {
        XStream xstream = new XStream(new DomDriver());
        xstream.addPermission(NoTypePermission.NONE);
        xstream.addPermission(PrimitiveTypePermission.PRIMITIVES);
        return xstream.fromXML(text);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
import org.yaml.snakeyaml.Yaml;

class A {
    Object f(String text) {
        return new Yaml().load(text);
    }
}
""",
            at="new Yaml",
            message=_MESSAGE,
            fixed=(
                """\
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class A {
    Object f(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class Event {
    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    private Object payload;
}
""",
            at="@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)",
            message=_MESSAGE,
            fixed=(
                """\
class Event {
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    private Object payload;
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one annotation."""
        assert isinstance(code, JavaCode)
        call = found.get("call")
        if call is None:
            yield from _typed(code, found["typed"])
            return
        name, method, first = code.callee(call), code.method(call), code.arguments(call).get(0)
        if method in _READS:
            yield from _read(code, call)
        elif method in _TYPING:
            if method != "activateDefaultTyping" or (first is not None and _lets_anything(code, first)):
                yield Problem(code.called(call), _MESSAGE, confidence="high")
        elif name == "new XStream":
            yield from _xstream(code, call)
        elif name == "new Yaml":
            yield from _yaml(code, call)
        elif first is not None and is_word(code, first, "true" if method == "setAutoTypeSupport" else "false"):
            better = "false" if method == "setAutoTypeSupport" else "true"
            fix = Fix(
                "Switch it off" if better == "false" else "Switch it on", "review", (code.replace(first, better),)
            )
            yield Problem(call, _MESSAGE, fixes=(fix,))


def _lets_anything(code: JavaCode, validator: Node) -> bool:
    """Whether a validator lets every class pass, also one that a variable holds."""
    written = [validator]
    if validator.type == "identifier":
        written += [binding.value for binding in code.last_values(validator) if binding.value is not None]
    return any(_ANYTHING.search(re.sub(r"\s+", "", code.text(node))) for node in written)


def _read(code: JavaCode, call: Node) -> Iterator[Problem]:
    """``stream.readObject()`` of a stream made in the same method."""
    base = call.child_by_field_name("object")
    if base is None or code.type_of(base) not in _STREAMS or _FILTERED.search(code.source):
        return
    made = code.bare(base)
    if made.type == "identifier":
        values = code.last_values(made)
        if not values or any(b.value is None or b.value.type != "object_creation_expression" for b in values):
            return
        made = values[-1].value or made
    if made.type != "object_creation_expression" or any(child.type == "class_body" for child in made.named_children):
        return
    if code.callee(made) not in {f"new {name}" for name in _STREAMS}:
        return
    fixes: tuple[Fix, ...] = ()
    if made != code.bare(base) and code.type_of(base) == "ObjectInputStream" and made.parent is not None:
        name = code.text(base)
        text = f'{name}.setObjectInputFilter(ObjectInputFilter.Config.createFilter("java.base/*;!*"));'
        edit = after_statement(code, made, text) if made.parent.type == "variable_declarator" else None
        if edit is not None:
            title = "Admit Java's own classes only; add yours"
            fixes = (Fix(title, "manual", (edit,), ("import java.io.ObjectInputFilter;",)),)
    yield Problem(code.called(call), _MESSAGE, fixes=fixes)


def _xstream(code: JavaCode, call: Node) -> Iterator[Problem]:
    function, around = code.function(call), call.parent
    body = code.text(function)
    if function is None or around is None or _ALLOWED.search(body) or "fromXML" not in body:
        return
    fixes: tuple[Fix, ...] = ()
    if around.type == "variable_declarator":
        name = code.text(around.child_by_field_name("name"))
        edit = after_statement(
            code,
            call,
            f"{name}.addPermission(NoTypePermission.NONE);",
            f"{name}.addPermission(PrimitiveTypePermission.PRIMITIVES);",
        )
        imports = tuple(
            f"import com.thoughtworks.xstream.security.{kind};"
            for kind in ("NoTypePermission", "PrimitiveTypePermission")
        )
        fixes = (
            (Fix("Admit no class but primitives; add yours", "manual", (edit,), imports),) if edit is not None else ()
        )
    yield Problem(code.called(call), _MESSAGE, fixes=fixes)


def _yaml(code: JavaCode, call: Node) -> Iterator[Problem]:
    """``new Yaml()``, which before SnakeYAML 2 makes any class."""
    holder, function = call.child_by_field_name("arguments"), code.function(call)
    body = code.text(function)
    if holder is None or _SAFE_YAML.search(body) or not re.search(r"\.load(?:All|As)?\(", body):
        return
    if holder.named_children and ("Constructor" not in code.text(holder) or _is_typed(code, holder, body)):
        return
    imports = ("import org.yaml.snakeyaml.LoaderOptions;", "import org.yaml.snakeyaml.constructor.SafeConstructor;")
    edit = code.replace(holder, "(new SafeConstructor(new LoaderOptions()))")
    yield Problem(code.called(call), _MESSAGE, fixes=(Fix("Make plain values only", "review", (edit,), imports),))


def _is_typed(code: JavaCode, holder: Node, body: str) -> bool:
    """Whether a loader is told its class in the way of SnakeYAML 2, which then makes no other one."""
    text = code.text(holder)
    for name in re.findall(r"\w+", text):
        made = re.search(rf"\b{name}\s*=\s*(new\s+(?:\w+\.)*Constructor\([^;]*);", body)
        text += made.group(1) if made is not None else ""
    return _TYPED_YAML.search(text) is not None and "LoaderOptions" in body


def _typed(code: JavaCode, annotation: Node) -> Iterator[Problem]:
    """``@JsonTypeInfo(use = Id.CLASS)``."""
    use = code.annotation(annotation).get("use")
    if use is not None and _ANY_CLASS.search(code.text(use)):
        last = use.child_by_field_name("field") or use
        fix = Fix("Name subtypes by names of their own", "manual", (code.replace(last, "NAME"),))
        yield Problem(annotation, _MESSAGE, fixes=(fix,))
