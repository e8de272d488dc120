"""A password, key or token that is written in the source.

Whoever can read the code, its history or a shipped copy has it, and it cannot be changed without a new version.

The name says that a secret is meant, the text whether it is one: what looks drawn by lot has high confidence, what a
person may have chosen medium. Left alone: placeholders (``your-api-key``, ``<token>``, ``changeme``), labels, paths,
addresses, names of settings, empty texts. Defaults of parameters and tests have low confidence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.queries import SETTINGS, setting_name
from leery_analyzers.checks.secrets_shape import is_random, likely
from leery_analyzers.checks.values import in_test, is_python, literal_text
from leery_analyzers.checks.words import is_secret_setting, words_of
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PASSWORD = frozenset({"password", "passwd", "pwd", "passphrase", "passwort", "passcode"})
_VAGUE = frozenset({"token", "secrets", "salt", "credential", "credentials", "secret", "pwd"})
_LABELS = frozenset(
    {"message", "msg", "error", "text", "title", "description", "help", "class", "column", "attribute", "selector"}
    | {"button", "input", "icon", "template", "question", "event", "action", "permission", "scope", "mode", "status"}
    | {"strategy", "style", "kind", "flow", "grant", "reset", "forgot", "validator", "char", "chars", "hash", "store"}
    | {"word", "start", "end", "begin", "separator", "delimiter", "new", "old", "lexer", "parser", "mask", "next"}
)
_RUNTIME = lazy_regex(
    r"(?i)(app|flask|django|jwt|session|cookie|signing|encryption|token|auth)?_?(secret_?key|secret|"
    r"signing_?key|encryption_?key)"
)
"""Names under which programs keep the key they sign or encrypt with: whatever the text, it is in use."""
_TOKEN_OF = frozenset(
    {
        "access",
        "auth",
        "api",
        "bearer",
        "refresh",
        "session",
        "jwt",
        "bot",
        "github",
        "gitlab",
        "slack",
        "oauth",
        "csrf",
    }
    | {"secret", "admin", "service", "id", "user", "personal", "deploy", "webhook", "telegram", "discord", "npm", "hf"}
)
_APP_KEY = lazy_regex(r"(\w+\.)+(secret_key|config\[.(JWT_)?SECRET_KEY.\])", re.IGNORECASE)
_SIGNERS = lazy_regex(r"(?i)session|jwt|Strategy$|csrf")
_HEADERS = frozenset({"authorization", "x-api-key", "x-auth-token", "private-token"})
_PROOF = lazy_regex(r"(?:(?i:bearer|token|basic|key|apikey)\s+)?(\S+)")
_LONG = 12
_POSITIONS = {
    ".login": 1,
    "requests.auth.HTTPBasicAuth": 1,
    "requests.auth.HTTPDigestAuth": 1,
    "httpx.BasicAuth": 1,
    "httpx.DigestAuth": 1,
    "aiohttp.BasicAuth": 1,
    "MySQLdb.connect": 2,
    "pymysql.connect": 2,
    "mysql.connector.connect": 2,
    "paramiko.SSHClient.connect": 3,
}
"""Where calls take a password that has no name."""
_PARAMETERS = frozenset({"default_parameter", "typed_default_parameter", "assignment_pattern", "required_parameter"})
_ELSEWHERE = lazy_regex(r"[${}<>%]|://|^[./~@]|^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$|^[a-z0-9]+(_[a-z0-9]+){2,}$|^\w+(\.\w+)+$")
_UI = lazy_regex(r"(?i)\b(yup|zod|joi|i18n|messages|labels|translations|locale|errors)\b")


class HardCodedSecret(Check):
    """Finds secrets in literals by the names they are given."""

    summary = "A password, key or token that is written in the source"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-798", "CWE-259")
    owasp = ("A07:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset(_POSITIONS) | {".Field"}
    query: ClassVar[Mapping[str, str]] = {
        **SETTINGS,
        "python": SETTINGS["python"]
        + '(keyword_argument name: (identifier) @name value: (tuple) @value (#eq? @name "auth")) @setting\n',
    }

    VALID = (
        'import os\n\nAPI_KEY = os.environ["API_KEY"]\nPASSWORD_FIELD = "größe1"\nTOKEN_URL = "https://a.example/t1"\n',
        'API_KEY = "your-api-key"\npassword = "<password>"\nsecret_key = "xxxxxxxx"\nDB_PASSWORD = ""\n',
        'token = "NEWLINE"\ntoken = "end2"\nPASSWORD = "password_field"\nerror_password = "Falsch, größer 8"\n',
        'form.add(password="Enter a password of 8 characters")\nsecret_name = "prod1/db2"\n',
        'PUBLIC_KEY = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC"\nSECRET_KEY = "${SECRET_KEY}"\n',
        Valid('const passwordLabel = "größe1";\nconst schema = { password: "Required field" };\n', "javascript"),
        Valid(
            'const apiKey = process.env.API_KEY;\nconst token = "Bearer";\nconst type = { secret: "text" };\n',
            "typescript",
        ),
    )
    INVALID = (
        Invalid(
            code='# Größe\nDB_PASSWORD = "hunter2!"  # später\n',
            at='"hunter2!"',
            message="`DB_PASSWORD` is written in the source: everyone who can read the code knows it.",
            fixed=('# Größe\n\nimport os\n\nDB_PASSWORD = os.environ["DB_PASSWORD"]  # später\n',),
        ),
        Invalid(
            code='connection = connect(host="db", user="app", password="S3cr3tPassw0rd")\n',
            at='"S3cr3tPassw0rd"',
            message="`password` is written in the source: everyone who can read the code knows it.",
            fixed=('import os\n\nconnection = connect(host="db", user="app", password=os.environ["PASSWORD"])\n',),
        ),
        Invalid(
            code="class Settings(BaseSettings):\n    größe: int = 1\n"
            '    secret_key: str = Field("geheim-9x", env="KEY")\n',
            at='"geheim-9x"',
            message="`secret_key` is written in the source: everyone who can read the code knows it.",
        ),
        Invalid(
            code='server.login("größe@example.com", "hunter2000")\n',
            at='"hunter2000"',
            message="This password is written in the source: everyone who can read the code knows it.",
            fixed=('import os\n\nserver.login("größe@example.com", os.environ["PASSWORD"])\n',),
        ),
        Invalid(
            code='app.config["SECRET_KEY"] = "8f42a73054b1749f8f58848be5e6502c"\n',
            at='"8f42a73054b1749f8f58848be5e6502c"',
            message="`SECRET_KEY` is written in the source: everyone who can read the code knows it.",
            fixed=('import os\n\napp.config["SECRET_KEY"] = os.environ["SECRET_KEY"]\n',),
        ),
        Invalid(
            code='app.use(session({ größe: 1, secret: "keyboard cat" }));\n',
            at='"keyboard cat"',
            message="`secret` is written in the source: everyone who can read the code knows it.",
            fixed=("app.use(session({ größe: 1, secret: process.env.SECRET }));\n",),
            language="javascript",
        ),
        Invalid(
            code='headers = {"Authorization": "Bearer 9f8a7c6b5d4e3f2a1b0c9d8e", "X-Größe": "1"}\n',
            at='"Bearer 9f8a7c6b5d4e3f2a1b0c9d8e"',
            message="This token is written in the source: everyone who can read the code knows it.",
        ),
        Invalid(
            code='import requests\n\nrequests.post(größe, auth=("sync", "Qw7!pLm2x"), timeout=3)\n',
            at='"Qw7!pLm2x"',
            message="This password is written in the source: everyone who can read the code knows it.",
            fixed=(
                (
                    "import os\n\nimport requests\n\n"
                    'requests.post(größe, auth=("sync", os.environ["PASSWORD"]), timeout=3)\n'
                ),
            ),
        ),
        Invalid(
            code='export class Client {\n  private apiKey = "q8Zr2Lw9XkT4vB7nM1cY5dHs";\n}\n',
            at='"q8Zr2Lw9XkT4vB7nM1cY5dHs"',
            message="`apiKey` is written in the source: everyone who can read the code knows it.",
            fixed=("export class Client {\n  private apiKey = process.env.API_KEY;\n}\n",),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one setting."""
        if (call := found.get("call")) is not None:
            yield from _field(code, call) if code.method(call) == "Field" else _positional(code, call)
            return
        value, setting = found["value"], found["setting"]
        name = setting_name(code, found)
        if name == "auth" and value.type == "tuple" and len(value.named_children) == 2:
            yield from _password(code, value.named_children[1])
        if "string" not in value.type:
            return
        if name.lower() in _HEADERS:
            yield from _header(code, value)
            return
        mail = name == "pass" and setting.type == "pair"
        if len(name) < 3 or not (mail or is_secret_setting(name)):
            return
        text = literal_text(code, value)
        if text is None:
            return
        words = set(words_of(name))
        confidence = "medium" if _is_in_use(code, setting, name, text) else _confidence(name, setting.type, words, text)
        if confidence is None or words & _LABELS or _UI.search(code.unit.name):
            return
        parameter = setting.type in _PARAMETERS
        if parameter or in_test(code, value):
            confidence = "low"
        fixes = () if parameter else tuple(_fixes(code, name, value))
        message = f"`{name}` is written in the source: everyone who can read the code knows it."
        yield Problem(value, message, fixes=fixes, confidence=confidence)


def _confidence(name: str, kind: str, words: set[str], text: str) -> Level | None:
    """How sure it is that the text is the secret that its name says; None where it is something else."""
    password = bool(words & _PASSWORD) or name == "pass"
    verdict = likely(text, password=password)
    if text.lower() == name.lower() and kind == "pair":
        return None
    if verdict == "real" or text == "keyboard cat":
        return "high"
    if len(words) > 1 and _RUNTIME.fullmatch(name) and len(set(text)) > 3 and not _ELSEWHERE.search(text):
        return "medium"
    vague = (words <= _VAGUE or ("token" in words and not words & _TOKEN_OF)) and not is_random(text, 8)
    return "medium" if verdict == "weak" and not vague else None


def _header(code: Code, value: Node) -> Iterator[Problem]:
    """What a request proves itself with: ``"Authorization": "Bearer …"``."""
    found = _PROOF.fullmatch(literal_text(code, value) or "")
    if found is None or in_test(code, value):
        return
    if likely(found[1], password=False) == "real" or is_random(found[1], _LONG):
        message = "This token is written in the source: everyone who can read the code knows it."
        yield Problem(value, message)


def _password(code: Code, value: Node) -> Iterator[Problem]:
    text = literal_text(code, value) if "string" in value.type else None
    if text and likely(text, password=True) in {"real", "weak"} and not in_test(code, value):
        message = "This password is written in the source: everyone who can read the code knows it."
        yield Problem(value, message, fixes=tuple(_fixes(code, "password", value)))


def _field(code: Code, call: Node) -> Iterator[Problem]:
    """The default of a field of settings: ``secret_key: str = Field("…")``."""
    assignment = call.parent
    value = code.arguments(call).get(0, "default")
    if assignment is None or assignment.type != "assignment" or value is None or value.type != "string":
        return
    name, text = code.text(assignment.child_by_field_name("left")), literal_text(code, value)
    if text is None or not is_secret_setting(name):
        return
    confidence = _confidence(name, "assignment", set(words_of(name)), text)
    if confidence is not None:
        message = f"`{name}` is written in the source: everyone who can read the code knows it."
        yield Problem(value, message, confidence="low" if in_test(code, call) else confidence)


def _positional(code: Code, call: Node) -> Iterator[Problem]:
    """A password passed by its place."""
    name, arguments = code.callee(call), code.arguments(call).positional
    position = _POSITIONS.get(name, _POSITIONS.get(f".{code.method(call)}", -1))
    if position < 0 or len(arguments) <= position or (position == 1 and len(arguments) != 2):
        return
    yield from _password(code, arguments[position])


def _is_in_use(code: Code, setting: Node, name: str, text: str) -> bool:
    """Whether a framework is given the text as its key, whatever it looks like."""
    if not text.strip() or re.search(r"[${}<>]", text):
        return False
    if setting.type == "pair" and name in {"secret", "secretOrKey"}:
        holder = setting.parent.parent if setting.parent is not None else None
        call = holder.parent if holder is not None and holder.type == "arguments" else None
        called = code.text(
            (call.child_by_field_name("function") or call.child_by_field_name("constructor"))
            if call is not None
            else None
        )
        return _SIGNERS.search(called) is not None
    left = setting.child_by_field_name("left")
    return setting.type == "assignment" and left is not None and _APP_KEY.fullmatch(code.text(left)) is not None


def _fixes(code: Code, name: str, value: Node) -> Iterator[Fix]:
    setting = "_".join(words_of(name)).upper()
    if is_python(code):
        new = f'os.environ["{setting}"]'
        if code.text(value)[:1] in "bB":
            new += ".encode()"
    else:
        new = f"process.env.{setting}"
    imports = ("import os",) if is_python(code) else ()
    yield Fix("Take it from the environment", "review", (code.replace(value, new),), imports)
