"""A password or key written into the source, in C#.

Everybody who can read the code, a build or a copy of the repository has it, and it cannot be changed without a new
release. Secrets belong into the environment, user secrets or a vault.

Reported are texts kept under a name that says secret, passwords in connection texts, keys made from constants, and
keys that can be told by their shape. Left alone: placeholders, names of settings, empty texts, local databases.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode, sets
from leery_analyzers.checks.csharp_values import is_constant_bytes, is_filled
from leery_analyzers.checks.secrets_written import has_known_shape, is_placeholder, is_secret
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_CONNECTION = re.compile(r"(?i)(?:^|;)\s*(?:password|pwd)\s*=\s*([^;\"']+)")
_SERVER = re.compile(
    r"(?i)(?:^|;)\s*(?:server|data source|host|addr\w*)\s*=\s*(?:localhost|127\.0\.0\.1|\.|\(local\w*\))"
)
_CIPHER = re.compile(r"(?i)\baes|rijndael|\bdes\b|tripledes|hmac|cipher|symmetric|\balg")
_KEYS = {"new SymmetricSecurityKey": 0, "new NetworkCredential": 1, "new BasicAWSCredentials": 1, "new HMACSHA256": 0}
_QUERY = """
(variable_declarator name: (identifier) @name (string_literal) @value)
(variable_declarator name: (identifier) @name (verbatim_string_literal) @value)
(property_declaration name: (identifier) @name value: (string_literal) @value)
(assignment_expression left: [(identifier) @name (member_access_expression name: (identifier) @name)]
  right: (string_literal) @value)
"""
_COMPARED = """
(binary_expression left: [(identifier) @name (member_access_expression name: (identifier) @name)]
  operator: ["==" "!="] right: (string_literal) @value)
"""
_MESSAGE = "This secret is written into the source, so everybody who can read the code has it."


class HardCodedSecretCsharp(Check):
    """Finds passwords and keys in the source."""

    summary = "A secret in the source"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-798",)
    owasp = ("A07:2025",)
    references = ("https://learn.microsoft.com/en-us/aspnet/core/security/app-secrets",)
    languages = CSHARP
    calls = frozenset(_KEYS)
    query = _QUERY + _COMPARED + sets("Key")

    VALID = (
        """\
class Größe {
    private readonly string password = Environment.GetEnvironmentVariable("DB_PASSWORD");
    private const string PasswordKey = "Smtp:Password";
    public string TokenUrl { get; set; } = "https://login.example.com/token";
}
""",
        """\
class A {
    string apiKey = "<your-api-key>";
    string secret = "";
    string connection = "Server=localhost;Database=test;User=sa;Password=Passw0rd!";
}
""",
        """\
class A {
    object F(IConfiguration configuration) {
        return new SymmetricSecurityKey(Encoding.UTF8.GetBytes(configuration["Jwt:Key"]));
    }
}
""",
        """\
class A {
    void F(Form form) {
        form.PasswordLabel = "Your password, please";
        form.PasswordBox = "pwdBox";
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    private const string ApiKey = "f3a9-größe-77c1e0b2"; // Produktion
}
""",
            at='"f3a9-größe-77c1e0b2"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void F() {
        var connection = new SqlConnection();
        connection.ConnectionString = "Server=db.internal;Database=app;User Id=app;Password=T0pS3cret!";
    }
}
""",
            at='"Server=db.internal;Database=app;User Id=app;Password=T0pS3cret!"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    object F() {
        return new SymmetricSecurityKey(Encoding.UTF8.GetBytes("this-is-our-signing-key-2024!"));
    }
}
""",
            at='Encoding.UTF8.GetBytes("this-is-our-signing-key-2024!")',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    object F() {
        var bytes = Encoding.ASCII.GetBytes("our-signing-key-of-2024");
        return new SymmetricSecurityKey(bytes);
    }
}
""",
            at="SymmetricSecurityKey(«bytes»",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void F() {
        using var aes = Aes.Create();
        aes.Key = Encoding.UTF8.GetBytes("0f8e2ab91c77d3e6");
    }
}
""",
            at='Encoding.UTF8.GetBytes("0f8e2ab91c77d3e6")',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    bool F(Login login) => login.Password == "admin123";
}
""",
            at='"admin123"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void F(SmtpOptions options) {
        var password = "Winter2024!";
        options.Apply(password);
    }
}
""",
            at='"Winter2024!"',
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void F(SmtpOptions options) {
        var password = Environment.GetEnvironmentVariable("PASSWORD");
        options.Apply(password);
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one variable or at one object made."""
        assert isinstance(code, CSharpCode)
        if (call := found.get("call")) is not None:
            value = code.arguments(call).get(_KEYS[code.callee(call)])
            origin = _origin(code, value) if value is not None else None
            if value is not None and origin is not None and _is_written(code, origin):
                yield Problem(value, _MESSAGE)
            return
        if "set" in found:
            owner = code.text(found["set"].child_by_field_name("left")) + _made(code, found["set"])
            if _CIPHER.search(owner) and _is_constant_key(code, found["value"]):
                yield Problem(found["value"], _MESSAGE)
            return
        name, value = code.text(found["name"]), found["value"]
        text = code.literal(value) or ""
        password = _CONNECTION.search(text)
        if password is not None and re.search(r"(?i)server|source|host|user", text):
            if not is_placeholder(password.group(1)) and not _SERVER.search(text):
                yield Problem(value, _MESSAGE)
            return
        sure = is_secret(name, text)
        if sure:
            yield Problem(value, _MESSAGE, confidence=sure, fixes=_from_environment(code, name, value))


def _made(code: CSharpCode, setting: Node) -> str:
    """What kind of object a property is set of."""
    left, around = setting.child_by_field_name("left"), setting.parent
    base = left.child_by_field_name("expression") if left is not None else None
    if base is not None:
        return f" {code.type_of(base)}"
    holder = around.parent if around is not None and around.type == "initializer_expression" else None
    return f" {code.callee(holder)}" if holder is not None else ""


def _is_constant_key(code: CSharpCode, value: Node) -> bool:
    """Whether the bytes of a key are written here; a text that stands for one is told by its own name."""
    if is_filled(code, value):
        return False
    texts = re.findall(r"\"([^\"]*)\"", code.text(value))
    return is_constant_bytes(code, value) and not any(map(is_placeholder, texts))


def _origin(code: CSharpCode, value: Node) -> Node | None:
    """The one value of a variable; None where it has others."""
    if value.type != "identifier":
        return value
    values = code.last_values(value)
    only = values[0].value if len(values) == 1 and values[0].kind == "value" else None
    return only if only is not None and only.type == "invocation_expression" else None


def _is_written(code: CSharpCode, value: Node) -> bool:
    if value.type == "invocation_expression":
        first = code.arguments(value).get(0)
        text = code.literal(first) if first is not None else None
        return text is not None and not is_placeholder(text) and is_constant_bytes(code, value)
    text = code.literal(value)
    return text is not None and len(text) > 3 and (has_known_shape(text) or not is_placeholder(text))


def _from_environment(code: CSharpCode, name: str, value: Node) -> tuple[Fix, ...]:
    """Only for a local variable: a constant cannot be read when the program runs."""
    declared = value.parent.parent.parent if value.parent is not None and value.parent.parent is not None else None
    if declared is None or declared.type != "local_declaration_statement" or "const" in code.text(declared)[:6]:
        return ()
    setting = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip("_")).upper()
    if not setting.isascii():
        return ()
    edit = code.replace(value, f'Environment.GetEnvironmentVariable("{setting}")')
    return (Fix(f"Read {short(setting)} from the environment", "review", (edit,)),)
