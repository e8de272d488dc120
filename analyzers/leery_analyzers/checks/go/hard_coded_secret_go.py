"""A password or key written into the source, in Go.

Everybody who can read the code, a build or a copy of the repository has it, and it cannot be changed without a new
release. Secrets belong into the environment or a vault.

Reported are texts kept under a name that says secret, keys given to a token's signature, addresses of databases with a
password in them, and keys that can be told by their shape. Left alone: placeholders, names of settings, empty texts,
and databases on this machine.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named
from leery_analyzers.checks.secrets_written import is_placeholder, is_secret
from leery_analyzers.checks.words import is_secret_setting
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ADDRESS = re.compile(r"(?:\w+://)?[^:/@\s]+:([^@/\s]{3,})@(?:tcp\()?(?!localhost|127\.0\.0\.1|\[::1\])[\w.\[-]+")
_PAIRS = re.compile(r"\bpassword=([^\s]{3,})")
_LOCAL = re.compile(r"\bhost=(?:localhost|127\.)")
_KEYS = {
    **dict.fromkeys(named("github.com/gorilla/sessions", "NewCookieStore", "NewFilesystemStore"), 0),
    **dict.fromkeys(named("crypto/hmac", "New"), 1),
    **dict.fromkeys(named("crypto/aes", "NewCipher"), 0),
    ".SignedString": 0,
}
_SHORTEST = 3
_QUERY = """
(short_var_declaration left: (expression_list . (identifier) @name .) right: (expression_list . (_) @value .))
(assignment_statement left: (expression_list . (_) @name .) operator: "=" right: (expression_list . (_) @value .))
(var_spec name: (identifier) @name value: (expression_list . (_) @value .))
(const_spec name: (identifier) @name value: (expression_list . (_) @value .))
(keyed_element key: (literal_element (identifier) @name) value: (literal_element (_) @value))
(binary_expression left: (_) @name operator: ["==" "!="] right: (interpreted_string_literal) @value)
"""
_MESSAGE = "This secret is written into the source, so everybody who can read the code has it."


class HardCodedSecretGo(Check):
    """Finds passwords and keys in the source."""

    summary = "A secret in the source"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-798",)
    owasp = ("A07:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",)
    languages = GO
    calls = frozenset({*_KEYS, *named("database/sql", "Open"), *named("github.com/jmoiron/sqlx", "Connect", "Open")})
    query = _QUERY

    VALID = (
        """\
package a

import "os"

var größe = os.Getenv("DB_PASSWORD")

const passwordKey = "smtp.password"

var jwtSecret = []byte(os.Getenv("JWT_SECRET"))
""",
        """\
package a

func f() {
	password := ""
	apiKey := "<your-api-key>"
	token := "YOUR_TOKEN_HERE"
	use(password, apiKey, token)
}
""",
        """\
package a

func f() {
	sql.Open("postgres", "postgres://app:app@localhost/app")
	sql.Open("mysql", dsn)
}
""",
        """\
package a

var errPassword = errors.New("bad password")

const tokenHeader = "X-Auth-Token"

var rule = Rule{PasswordField: "pass", TokenURL: "https://login.example.com/token"}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import "os"

func größe() string {
	value := os.Getenv("JWT_SECRET")
	if value == "" {
		value = "development"
	}
	return value
}
""",
            at='"development"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
package a

import "os"

const dbPassword = "S3hr-geheim-größe" // Produktion

var home = os.Getenv("HOME")
""",
            at='"S3hr-geheim-größe"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
package a

var jwtKey = []byte("my_s3cr3t_signing_key")
""",
            at='[]byte("my_s3cr3t_signing_key")',
            message=_MESSAGE,
            fixed=(
                """\
package a

import "os"

var jwtKey = []byte(os.Getenv("JWT_KEY"))
""",
            ),
        ),
        Invalid(
            code="""\
package a

func f() {
	db, err := sql.Open("mysql", "root:r00tPa55@tcp(db.internal:3306)/app")
	use(db, err)
}
""",
            at='"root:r00tPa55@tcp(db.internal:3306)/app"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
package a

func f(text []byte) []byte {
	bytes := []byte("0123456789abcdef")
	mac := hmac.New(sha256.New, bytes)
	return mac.Sum(text)
}
""",
            at="New, «bytes»",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
package a

func f(user, password string) bool {
	return user == "admin" && password == "admin123"
}
""",
            at='"admin123"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
package a

func f(token *jwt.Token) (string, error) {
	return token.SignedString([]byte("signing-key-42"))
}
""",
            at='[]byte("signing-key-42")',
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one variable or at one call."""
        assert isinstance(code, GoCode)
        if (call := found.get("call")) is not None:
            yield from _passed(code, call)
            return
        name, value = code.text(found["name"]).rpartition(".")[2], found["value"]
        literal = _literal(code, value)
        text = code.literal(literal) if literal is not None else None
        if literal is None or not text:
            return
        fallback = is_secret_setting(_setting(code, found["name"])) and len(text) > _SHORTEST
        sure: Level | None = "medium" if fallback else is_secret(name, text)
        if sure:
            yield Problem(value, _MESSAGE, confidence=sure, fixes=_from_environment(code, name, literal))


def _setting(code: GoCode, name: Node) -> str:
    """The name of the setting that a variable was read from before: ``os.Getenv("JWT_SECRET")``."""
    if name.type != "identifier" or name.parent is None or name.parent.parent is None:
        return ""
    if name.parent.parent.type != "assignment_statement":
        return ""
    for binding in code.scopes.lookup(code.text(name), name.start_byte):
        found = re.search(r"os\.(?:Getenv|LookupEnv)\(\s*\"(\w+)\"", code.text(binding.value))
        if found is not None:
            return found.group(1)
    return ""


def _literal(code: GoCode, value: Node) -> Node | None:
    """The text literal in ``"…"`` or ``[]byte("…")``."""
    value = code.bare(value)
    inner = value.child_by_field_name("operand") if value.type == "type_conversion_expression" else value
    return inner if inner is not None and inner.type in code.text_types else None


def _origin(code: GoCode, value: Node) -> Node:
    """The one value of a variable, or the value itself; a name that is reported already stands for itself."""
    values = code.last_values(value) if value.type == "identifier" else ()
    only = values[0].value if len(values) == 1 and values[0].kind == "value" else None
    literal = _literal(code, only) if only is not None else None
    if only is None or literal is None or is_secret(code.text(value), code.literal(literal) or ""):
        return value
    return only


def _passed(code: GoCode, call: Node) -> Iterator[Problem]:
    values = code.arguments(call).positional
    place = _KEYS.get(code.callee(call), _KEYS.get(f".{code.method(call)}"))
    if place is not None:
        literal = _literal(code, _origin(code, values[place])) if place < len(values) else None
        text = code.literal(literal) or "" if literal is not None else ""
        if len(text) > 3 and not is_placeholder(text):
            yield Problem(values[place], _MESSAGE)
        return
    text = (code.literal(values[1]) or "") if len(values) > 1 else ""
    found = _ADDRESS.match(text) or (_PAIRS.search(text) if not _LOCAL.search(text) else None)
    if found is not None and not is_placeholder(found.group(1)) and "%" not in found.group(1):
        yield Problem(values[1], _MESSAGE)


def _from_environment(code: GoCode, name: str, literal: Node) -> tuple[Fix, ...]:
    """Only for variables: a constant cannot be read when the program runs."""
    parent = literal.parent
    while (
        parent is not None
        and parent.type != "binary_expression"
        and parent.type
        not in {
            "const_spec",
            "var_spec",
            "short_var_declaration",
            "keyed_element",
        }
    ):
        parent = parent.parent
    if parent is None or parent.type in {"const_spec", "binary_expression"}:
        return ()
    setting = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()
    if not setting.isascii():
        return ()
    edit = code.replace(literal, f'os.Getenv("{setting}")')
    return (Fix(f"Read {setting} from the environment", "review", (edit,), ('import "os"',)),)
