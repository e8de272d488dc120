"""A password or key written into the source, in Java.

Everybody who can read the code, a build or a copy of the repository has it, and it cannot be changed without a new
release. Secrets belong into the environment or a vault.

Reported are texts kept under a name that says secret, texts that are passed where a password or a key is wanted
(``DriverManager.getConnection``, `SecretKeySpec`, ``setPassword``, signing keys), and keys that can be told by their
shape. Left alone: placeholders, names of settings, empty texts, and tests' own words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.java_values import is_constant, text_of
from leery_analyzers.checks.secrets_written import has_known_shape, is_placeholder, is_secret
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_WANTED: Mapping[str, int] = {
    "DriverManager.getConnection": 2,
    "new SecretKeySpec": 0,
    "new PasswordAuthentication": 1,
    "new UsernamePasswordCredentials": 1,
    "new BasicAWSCredentials": 1,
    "new DESKeySpec": 0,
    "new PBEKeySpec": 0,
    "Keys.hmacShaKeyFor": 0,
    "Algorithm.HMAC256": 0,
    "Algorithm.HMAC384": 0,
    "Algorithm.HMAC512": 0,
    "AwsBasicCredentials.create": 1,
    ".setPassword": 0,
    ".setSigningKey": 0,
    ".setSecretKey": 0,
    ".setApiKey": 0,
    ".setAccessKey": 0,
    ".setClientSecret": 0,
    ".signWith": 1,
    ".password": 0,
    ".setBasicAuth": 1,
    ".setBearerAuth": 0,
    "new BasicAuthenticationInterceptor": 1,
    "new UsernamePasswordToken": 1,
    "Credentials.basic": 1,
    "KeyStore.load": 1,
}
_PAIRS = frozenset(
    {
        "put",
        "setProperty",
        "header",
        "addHeader",
        "setHeader",
        "setRequestProperty",
        "addRequestProperty",
        "putIfAbsent",
    }
)
_MAPS = frozenset({"Map.of", "ImmutableMap.of", "Map.entry", "Collections.singletonMap", "new SimpleEntry"})
"""Functions that are given keys and values in turn."""
_SETTERS = frozenset({
    "apiKey", "withApiKey", "clientSecret", "withClientSecret", "secretKey", "accessToken", "setAccessToken",
    "authToken", "setAuthToken", "bearerToken", "setApiToken", "apiToken", "passphrase", "setPassphrase",
    "withPassword",
    "setKeyPassword", "setKeyStorePassword", "keyStorePassword", "setTrustStorePassword", "trustStorePassword",
    "setJwtSecret", "setSecret", "secretAccessKey", "setDatabasePassword", "setSslPassword",
})  # fmt: skip
"""Methods of builders and settings that are given a secret."""
_AUTHORIZATION = re.compile(r"(?:Bearer|Basic|Token)\s+[\w.~+/=\-]{10,}")
_KEY_NAME = re.compile(r"(?:\w+_)?(?:KEY|SECRET)(?:_BYTES)?|\w*(?:Key|Secret)(?:Bytes)?|key")
_ACCOUNTS = re.compile(r"ataSource|withDefaultPasswordEncoder|withUsername|\bUser\.builder|\.username\(")
_FALLBACK = re.compile(r"\$\{([\w.-]+):([^{}]+)\}")
_KEY_SIZES = frozenset({8, 16, 24, 32, 48, 64})
_KEY_AND_VALUE = 2
_QUERY = """
(variable_declarator name: (identifier) @name value: (_) @value)
(assignment_expression left: [(identifier) @name (field_access field: (identifier) @name)] right: (_) @value)
((annotation name: (identifier) @annotation arguments: (annotation_argument_list . (string_literal) @setting .))
  (#eq? @annotation "Value"))
(string_literal (string_fragment) @url (#match? @url "jdbc:.*[?&;](password|pwd)=[^&;${?<]{3}"))
"""
_READABLE = "Where the setting is missing, this text is used, which everybody can read here."
_MESSAGE = "This secret is written into the source, so everybody who can read the code has it."


class HardCodedSecretJava(Check):
    """Finds passwords and keys in the source."""

    summary = "A secret in the source"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-798",)
    owasp = ("A07:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",)
    languages = JAVA
    calls = frozenset({*_WANTED, ".equals", *_MAPS, *(f".{name}" for name in (*_PAIRS, *_SETTERS))})
    query = _QUERY

    VALID = (
        """\
class Größe {
    private static final String PASSWORD = System.getenv("DB_PASSWORD");
    private static final String PASSWORD_KEY = "spring.datasource.password";
    private static final String TOKEN_HEADER = "X-Auth-Token";
}
""",
        """\
class A {
    String password = "";
    String apiKey = "<your-api-key>";
    String secret = "${SECRET}";
    String token = "YOUR_TOKEN_HERE";
}
""",
        """\
class A {
    Key f(byte[] key) {
        return new SecretKeySpec(key, "AES");
    }
}
""",
        """\
class A {
    Connection f(Settings s) throws Exception {
        return DriverManager.getConnection("jdbc:h2:mem:test", "sa", "");
    }
}
""",
        """\
class A {
    void f(Form form) {
        String passwordMessage = "The password must have 12 characters";
        String passwordParameter = "j_password";
        form.setPassword(request.getParameter("password"));
    }
}
""",
        """\
class A {
    Object f() {
        return Map.of("password", "Your password", "token", "label.token", "secret", System.getenv("SECRET"));
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void f(Properties größe) {
        größe.put("mail.smtp.password", "Sm7pPa55w0rd");
    }
}
""",
            at='"Sm7pPa55w0rd"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    private static final String DB_PASSWORD = "S3hr-Gehe!m-größe"; // Produktion
}
""",
            at='"S3hr-Gehe!m-größe"',
            message=_MESSAGE,
            fixed=(
                """\
class A {
    private static final String DB_PASSWORD = System.getenv("DB_PASSWORD"); // Produktion
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    Connection f() throws Exception {
        return DriverManager.getConnection("jdbc:mysql://db.internal/app", "root", "r00tPa55");
    }
}
""",
            at='"r00tPa55"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    Key f() {
        return new SecretKeySpec("0123456789abcdef".getBytes(), "AES");
    }
}
""",
            at='"0123456789abcdef".getBytes()',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    @Value("${jwt.secret:s3cretDefaultKey}")
    private String secret;
}
""",
            at='"${jwt.secret:s3cretDefaultKey}"',
            message=_READABLE,
        ),
        Invalid(
            code="""\
class A {
    Key f() {
        byte[] bytes = "1234567890123456".getBytes();
        return new SecretKeySpec(bytes, "AES");
    }
}
""",
            at="SecretKeySpec(«bytes»",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    boolean f(String user, String password) {
        return "admin".equals(user) && "admin123".equals(password);
    }
}
""",
            at='"admin123"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void f() {
        String id = "AKIAIOSFODNN7QWERTYU";
        use(id);
    }
}
""",
            at='"AKIAIOSFODNN7QWERTYU"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    String f(String user) {
        return JWT.create().withSubject(user).sign(Algorithm.HMAC256("my-jwt-s3cr3t"));
    }
}
""",
            at='"my-jwt-s3cr3t"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    Object größe() {
        return Map.of("user", "app", "javax.persistence.jdbc.password", "Tr0ub4dor&3");
    }
}
""",
            at='"Tr0ub4dor&3"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    Object f(Settings.Builder settings) {
        return settings.clientSecret("q8Zt-4vLmW2xR7").build();
    }
}
""",
            at='"q8Zt-4vLmW2xR7"',
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one variable or at one call."""
        assert isinstance(code, JavaCode)
        call = found.get("call")
        if call is not None:
            yield from _called(code, call)
            return
        if (url := found.get("url")) is not None:
            yield Problem(url, _MESSAGE)
            return
        if (setting := found.get("setting")) is not None:
            fallback = _FALLBACK.fullmatch(code.literal(setting) or "")
            if fallback is not None and is_secret(fallback.group(1).replace(".", "_"), fallback.group(2)):
                yield Problem(setting, _READABLE)
            return
        name, value = code.text(found["name"]), _last_resort(code, found["value"])
        inner = value.child_by_field_name("object") if value.type == "method_invocation" else value
        literal = _known(code, inner) if inner is not None else None
        if _KEY_NAME.fullmatch(name) and not is_secret(name, literal or "") and _is_key(code, value):
            yield Problem(value, _MESSAGE)
            return
        if literal is None or (
            value.type == "method_invocation" and code.method(value) not in {"getBytes", "toCharArray"}
        ):
            return
        sure = is_secret(name, literal)
        if sure:
            yield Problem(value, _MESSAGE, confidence=sure, fixes=_from_environment(code, name, value))


def _is_key(code: JavaCode, value: Node) -> bool:
    """Whether the bytes of a key are written out, as a text or one by one."""
    if value.type == "method_invocation":
        base = value.child_by_field_name("object")
        text = code.literal(base) if base is not None and code.method(value) == "getBytes" else None
        return text is not None and len(text) in _KEY_SIZES and not is_placeholder(text)
    numbers = re.findall(r"-?(?:0x[\da-fA-F]+|\b\d+\b)", code.text(value).partition("{")[2])
    return "array" in value.type and len(numbers) in _KEY_SIZES and len(set(numbers)) > 1


def _called(code: JavaCode, call: Node) -> Iterator[Problem]:
    """A secret in the arguments of a call."""
    method, values = code.method(call), code.arguments(call).positional
    if method == "equals":
        yield from _compared(code, call)
    elif method in _PAIRS:
        yield from _paired(code, values)
    elif code.callee(call) in _MAPS:
        yield from _listed(code, values)
    elif method in _SETTERS and values:
        text = code.literal(values[0])
        sure = is_secret(method, text) if text is not None and len(values) == 1 else None
        if sure is not None and sure != "low":
            yield Problem(values[0], _MESSAGE, confidence=sure)
    else:
        yield from _passed(code, call)


def _paired(code: JavaCode, values: tuple[Node, ...]) -> Iterator[Problem]:
    """A secret under the name of a setting or of a header."""
    key, text = (code.literal(values[0]), code.literal(values[1])) if len(values) == _KEY_AND_VALUE else (None, None)
    if key is None or text is None:
        return
    told = key.lower() == "authorization" and _AUTHORIZATION.fullmatch(text) and not is_placeholder(text.split()[-1])
    if told or is_secret(re.sub(r"[.\-]", "_", key.removeprefix("X-")), text):
        yield Problem(values[1], _MESSAGE)


def _listed(code: JavaCode, values: tuple[Node, ...]) -> Iterator[Problem]:
    """A secret under its name in a map that is written out; a label has no such value."""
    for key, value in zip(values[::2], values[1::2], strict=False):
        name, text = code.literal(key) or text_of(code, key), code.literal(value)
        sure = is_secret(re.sub(r"[.\-]", "_", name), text) if text is not None else None
        if sure is not None and sure != "low":
            yield Problem(value, _MESSAGE)


def _compared(code: JavaCode, call: Node) -> Iterator[Problem]:
    """``"text".equals(password)`` and ``password.equals("text")``."""
    base, other = call.child_by_field_name("object"), code.arguments(call).get(0)
    for text, name in ((base, other), (other, base)):
        if text is None or name is None or text.type != "string_literal":
            continue
        own = code.method(name) if name.type == "method_invocation" else code.text(name).rpartition(".")[2]
        sure = is_secret(own.removeprefix("get"), code.literal(text) or "") if own.isidentifier() else None
        if sure:
            yield Problem(text, _MESSAGE, confidence=sure)


def _passed(code: JavaCode, call: Node) -> Iterator[Problem]:
    """A text where a password or a key is wanted."""
    name = code.callee(call)
    place = _WANTED.get(name, _WANTED.get(f".{code.method(call)}", 0))
    values = code.arguments(call).positional
    if place >= len(values) or (name == "DriverManager.getConnection" and len(values) != 3):
        return
    given = values[place]
    value = given if code.written(given) else _origin(code, given)
    if value is None or (code.method(call) == "password" and not _ACCOUNTS.search(code.text(call))):
        return
    inner = value.child_by_field_name("object") if value.type == "method_invocation" else value
    text = (_known(code, inner) or _unnamed(code, inner)) if inner is not None else None
    if not text:
        written = value.type == "array_creation_expression" and is_constant(code, value) and "{" in code.text(value)
        if written and name == "new SecretKeySpec":
            yield Problem(given, _MESSAGE)
        return
    if value.type == "method_invocation" and not is_constant(code, value):
        return
    if len(text) >= 3 and not is_placeholder(text):
        yield Problem(given, _MESSAGE, confidence="high" if has_known_shape(text) else None)


def _last_resort(code: JavaCode, value: Node) -> Node:
    """The text that is taken where nothing is set: ``given != null ? given : "text"``, ``optional.orElse("text")``."""
    sides = [value.child_by_field_name(side) for side in ("consequence", "alternative")]
    texts = [side for side in sides if side is not None and side.type == "string_literal"]
    if value.type == "ternary_expression" and len(texts) == 1:
        return texts[0]
    fallback = code.fallback(value)
    return fallback if fallback is not None else value


def _known(code: JavaCode, value: Node) -> str | None:
    """A text that is written here, also in several pieces."""
    if value.type != "binary_expression":
        return code.literal(value)
    template = code.template(value)
    return (
        template.text
        if template.constant and "string_literal" in {child.type for child in value.named_children}
        else None
    )


def _unnamed(code: JavaCode, name: Node) -> str:
    """The text of a constant whose name does not say secret, so that it is not reported where it is declared."""
    text = text_of(code, name)
    return "" if is_secret(code.text(name), text) else text


def _origin(code: JavaCode, value: Node) -> Node | None:
    """The one value of a variable; None where it has others, or where its name is reported already."""
    if value.type != "identifier":
        return value
    values = code.last_values(value)
    only = values[0].value if len(values) == 1 and values[0].kind == "value" else None
    if only is None or not code.text(value).isascii():
        return None
    base = only.child_by_field_name("object") if only.type == "method_invocation" else only
    text = code.literal(base) if base is not None else None
    return None if text is not None and is_secret(code.text(value), text) else only


def _from_environment(code: JavaCode, name: str, value: Node) -> tuple[Fix, ...]:
    if value.type != "string_literal" or not name.isupper():
        return ()
    title = f"Read {short(name)} from the environment"
    return (Fix(title, "review", (code.replace(value, f'System.getenv("{name}")'),)),)
