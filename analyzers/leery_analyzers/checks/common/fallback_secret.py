"""A secret that falls back to a text written in the source.

``os.getenv("JWT_SECRET", "secret")`` runs without complaint where the variable was forgotten, and then everybody who
can read the code knows the key: tokens can be forged, sessions and passwords are open. A missing secret has to stop the
program.

Left alone: settings that are no secret (``PORT``, ``TOKEN_URL``, ``PUBLIC_KEY``), an empty or missing fallback, and a
fallback that is generated.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.words import is_secret_setting
from leery_analyzers.fixes.arguments import remove_item
from leery_analyzers.model import Fix, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.text import TextEdit

_GETTERS = frozenset({"os.getenv", "os.environ.get", "environ.get", "os.environ.setdefault"})
_CONFIG_GETTERS = frozenset({"env", "env.str", "config", "decouple.config", "environs.Env.str", "environ.Env.str"})
_TABLE = re.compile(r"(?i)(?:\w+\.)*_*(?:os_)?(?:environ(?:ment)?|env|env_?vars|settings|config|conf|cfg|secrets)\.get")
_SERVICE = re.compile(r"(?i)(?:\w+\.)*(?:config(?:uration)?(?:_?service)?|settings|conf|cfg|env|nconf)\.get")
_SCRIPT_GETTERS = frozenset({"Deno.env.get", "Bun.env.get"})
_SCRIPT_TABLES = ("process.env.", "import.meta.env.", "Bun.env.")
_URL_SETTING = re.compile(r"(?i)(^|_)(url|uri|dsn)$")
_URL_WITH_PASSWORD = re.compile(r"\w+://[^:/@\s]*:[^@/\s]+@(?!localhost|127\.0\.0\.1|\[::1\])")

_SCRIPT = """
(binary_expression operator: ["||" "??"] right: (_) @fallback) @either
(object_assignment_pattern left: (shorthand_property_identifier_pattern) @own right: (_) @fallback) @default
"""


class FallbackSecret(Check):
    """Finds secrets with a constant default."""

    summary = "A secret that falls back to a text in the source"
    severity: ClassVar[Level] = "high"
    cwe = ("CWE-798", "CWE-1188")
    owasp = ("A07:2025", "A02:2025")
    languages = PYTHON + JAVASCRIPT
    calls = _GETTERS | _CONFIG_GETTERS | {".get"}
    query: ClassVar[Mapping[str, str]] = {
        "python": '(boolean_operator left: (_) @left operator: "or" right: (_) @fallback) @either',
        **dict.fromkeys(JAVASCRIPT, _SCRIPT),
    }

    VALID = (
        'import os\n\nPORT = int(os.getenv("PORT", "8000"))\nHOST = os.environ.get("HOST") or "localhost"\n',
        'import os\n\nSECRET = os.environ["JWT_SECRET"]\nTOKEN = os.getenv("API_TOKEN", "")\n',
        'import os\nimport secrets\n\nKEY = os.getenv("SECRET_KEY") or secrets.token_hex(32)\n',
        'import os\n\nTTL = os.getenv("TOKEN_EXPIRE_MINUTES", "30")\nNAME = os.getenv("SESSION_TOKEN_NAME", "größe")\n',
        'import os\n\nDB = os.getenv("DATABASE_URL", "postgresql://app:app@localhost/app")\n',
        Valid(
            'const port = process.env.PORT || "3000";\nconst url = process.env.TOKEN_URL ?? "/token";\n', "javascript"
        ),
        Valid(
            "const name = config.get('APP_NAME', 'größe') || 'app';\nconst größe = cache.get('token') || 'x';\n",
            "typescript",
        ),
        Valid('const key = process.env.NEXT_PUBLIC_API_KEY || "pk_demo";\n', "typescript"),
        Valid('const secret = process.env.JWT_SECRET || crypto.randomBytes(32).toString("hex");\n', "javascript"),
    )
    INVALID = (
        Invalid(
            code='import os\n\nÄRA = 1\nSECRET = os.getenv("JWT_SECRET", "geheim")  # später ändern\n',
            at='"geheim"',
            message="Where JWT_SECRET is not set, this text is used in its place, and everyone who can read the "
            "source knows it.",
            fixed=('import os\n\nÄRA = 1\nSECRET = os.environ["JWT_SECRET"]  # später ändern\n',),
        ),
        Invalid(
            code='from os import environ\n\nPASSWORD = environ.get("DB_PASSWORD") or "changeme"\n',
            at='"changeme"',
            message="Where DB_PASSWORD is not set, this text is used in its place, and everyone who can read the "
            "source knows it.",
            fixed=('from os import environ\n\nPASSWORD = environ["DB_PASSWORD"]\n',),
        ),
        Invalid(
            code='from os import getenv as env_of\n\nKEY = env_of("API_KEY", default="abc123")\n',
            at='"abc123"',
            message="Where API_KEY is not set, this text is used in its place, and everyone who can read the source "
            "knows it.",
            fixed=('import os\nfrom os import getenv as env_of\n\nKEY = os.environ["API_KEY"]\n',),
        ),
        Invalid(
            code='def größe(environ=os.environ):\n    return environ.get("JWT_SECRET") or "changeme"\n',
            at='"changeme"',
            message="Where JWT_SECRET is not set, this text is used in its place, and everyone who can read the "
            "source knows it.",
            fixed=('def größe(environ=os.environ):\n    return environ["JWT_SECRET"]\n',),
        ),
        Invalid(
            code='from decouple import config\n\nSECRET_KEY = config("SECRET_KEY", default="dev-key", cast=str)\n',
            at='"dev-key"',
            message="Where SECRET_KEY is not set, this text is used in its place, and everyone who can read the "
            "source knows it.",
            fixed=('from decouple import config\n\nSECRET_KEY = config("SECRET_KEY", cast=str)\n',),
        ),
        Invalid(
            code='app.secret_key = app.config.get("SECRET_KEY", "dev")\n',
            at='"dev"',
            message="Where SECRET_KEY is not set, this text is used in its place, and everyone who can read the "
            "source knows it.",
            fixed=('app.secret_key = app.config["SECRET_KEY"]\n',),
        ),
        Invalid(
            code='import os\n\nDB = os.getenv("DATABASE_URL", "postgresql://app:hunter2@db.example.com/app")\n',
            at='"postgresql://app:hunter2@db.example.com/app"',
            message="Where DATABASE_URL is not set, this text is used in its place, and everyone who can read the "
            "source knows it.",
            fixed=('import os\n\nDB = os.environ["DATABASE_URL"]\n',),
        ),
        Invalid(
            code='const secret = process.env.JWT_SECRET || "ключ";\nsign(secret);\n',
            at='"ключ"',
            message="Where JWT_SECRET is not set, this text is used in its place, and everyone who can read the "
            "source knows it.",
            fixed=(
                (
                    "const secret = process.env.JWT_SECRET;\nif (!secret) {\n"
                    '  throw new Error("JWT_SECRET is not set");\n}\nsign(secret);\n'
                ),
            ),
            language="javascript",
        ),
        Invalid(
            code='app.use(session({ secret: process.env["SESSION_SECRET"] ?? `keyboard cat`, resave: false }));\n',
            at="`keyboard cat`",
            message="Where SESSION_SECRET is not set, this text is used in its place, and everyone who can read the "
            "source knows it.",
            fixed=('app.use(session({ secret: process.env["SESSION_SECRET"], resave: false }));\n',),
            language="typescript",
        ),
        Invalid(
            code="const options = (config) => ({ secret: config.get<string>('JWT_SECRET') || 'größe-key' });\n",
            at="'größe-key'",
            message="Where JWT_SECRET is not set, this text is used in its place, and everyone who can read the "
            "source knows it.",
            fixed=("const options = (config) => ({ secret: config.get<string>('JWT_SECRET') });\n",),
            language="typescript",
        ),
        Invalid(
            code="const secret = this.configService.get('auth.jwtSecret', 'größe-key');\n",
            at="'größe-key'",
            message="Where auth.jwtSecret is not set, this text is used in its place, and everyone who can read the "
            "source knows it.",
            fixed=("const secret = this.configService.get('auth.jwtSecret');\n",),
            language="javascript",
        ),
        Invalid(
            code='const { PORT = "3000", DB_PASSWORD = "root" } = process.env;\n',
            at='"root"',
            message="Where DB_PASSWORD is not set, this text is used in its place, and everyone who can read the "
            "source knows it.",
            fixed=('const { PORT = "3000", DB_PASSWORD } = process.env;\n',),
            language="javascript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        if (call := found.get("call")) is not None:
            if code.unit.language == "python":
                yield from self._default(code, call)
            elif _asks_settings(code, call):
                yield from self._script_default(code, call)
        elif (pattern := found.get("default")) is not None:
            yield from self._destructured(code, pattern, found["own"], found["fallback"])
        elif code.unit.language == "python":
            yield from self._either(code, found["either"], found["left"], found["fallback"])
        else:
            yield from self._script_either(code, found["either"], found["fallback"])

    def _default(self, code: Code, call: Node) -> Iterator[Problem]:
        """``os.getenv(name, fallback)``."""
        arguments = code.arguments(call)
        key = arguments.get(0, "key")
        name, method = code.callee(call), code.method(call)
        known = name in _GETTERS or name in _CONFIG_GETTERS or name.endswith("config.get") or _asks(code, call)
        fallback = arguments.get(1, "default")
        if key is None or fallback is None or not known:
            return
        setting = _setting(code, key)
        if not _is_weak(code, setting, fallback):
            return
        if name in _CONFIG_GETTERS:
            edits: tuple[TextEdit, ...] = (remove_item(code, arguments.nodes.get("default", fallback)),)
            fix = Fix("Remove the fallback", "review", edits)
        elif method == "setdefault":
            yield Problem(fallback, _message(setting))
            return
        else:
            fix = _required(code, call, call, name, key)
        yield Problem(fallback, _message(setting), fixes=(fix,))

    def _either(self, code: Code, either: Node, left: Node, fallback: Node) -> Iterator[Problem]:
        """``os.getenv(name) or fallback``."""
        left = code.bare(left)
        if left.type != "call" or not (code.callee(left) in _GETTERS or _asks(code, left)):
            return
        key = code.arguments(left).get(0, "key")
        if key is None:
            return
        setting = _setting(code, key)
        if _is_weak(code, setting, fallback):
            fix = _required(code, either, left, code.callee(left), key)
            yield Problem(fallback, _message(setting), fixes=(fix,))

    def _script_either(self, code: Code, either: Node, fallback: Node) -> Iterator[Problem]:
        """``process.env.NAME || fallback``."""
        left = either.child_by_field_name("left")
        if left is None:
            return
        setting = _script_setting(code, code.bare(left))
        if setting and _is_weak(code, setting, fallback):
            yield Problem(fallback, _message(setting), fixes=(_script_fix(code, either, left, setting),))

    def _script_default(self, code: Code, call: Node) -> Iterator[Problem]:
        """``config.get(name, fallback)``."""
        arguments = code.arguments(call)
        key, fallback = arguments.get(0), arguments.get(1)
        setting = _setting(code, key) if key is not None else ""
        if fallback is not None and _is_weak(code, setting, fallback):
            fix = Fix("Remove the fallback", "review", (remove_item(code, fallback),))
            yield Problem(fallback, _message(setting), fixes=(fix,))

    def _destructured(self, code: Code, pattern: Node, own: Node, fallback: Node) -> Iterator[Problem]:
        """``const { NAME = fallback } = process.env``."""
        declarator = pattern.parent.parent if pattern.parent is not None else None
        source = declarator.child_by_field_name("value") if declarator is not None else None
        setting = code.text(own)
        if source is None or f"{code.name(source)}." not in _SCRIPT_TABLES or not _is_weak(code, setting, fallback):
            return
        fix = Fix("Remove the fallback", "review", (code.replace(pattern, setting),))
        yield Problem(fallback, _message(setting), fixes=(fix,))


def _asks(code: Code, call: Node) -> bool:
    """Whether a call asks a table of settings that was passed on, as its name says: ``environ.get``."""
    function = call.child_by_field_name("function")
    return function is not None and _TABLE.fullmatch(code.text(function)) is not None


def _message(setting: str) -> str:
    return f"Where {setting} is not set, this text is used in its place, and everyone who can read the source knows it."


def _setting(code: Code, key: Node) -> str:
    text = code.template(key)
    return text.text if text.constant and "string" in key.type else ""


def _is_weak(code: Code, setting: str, fallback: Node) -> bool:
    """Whether the setting is a secret and the fallback a text that is known."""
    value = code.template(fallback)
    if not setting or not value.constant or not _is_text(code, fallback) or not value.text.strip():
        return False
    if _URL_SETTING.search(setting):
        return _URL_WITH_PASSWORD.search(value.text) is not None
    return is_secret_setting(setting)


def _is_text(code: Code, node: Node) -> bool:
    """Whether an expression is a string literal or a local name for one."""
    node = code.bare(node)
    if node.type in code.identifiers:
        bindings = code.scopes.lookup(code.text(node), node.start_byte)
        return bool(bindings) and all(b.value is not None and "string" in b.value.type for b in bindings)
    return "string" in node.type


def _required(code: Code, whole: Node, call: Node, name: str, key: Node) -> Fix:
    """``os.environ[name]`` in the place of the whole expression, spelled as the file spells it."""
    function = call.child_by_field_name("function")
    base = function.child_by_field_name("object") if function is not None else None
    table = "os.environ"
    imports: tuple[str, ...] = ("import os",)
    if base is not None and (name != "os.getenv"):
        table, imports = code.text(base), ()
    elif base is not None:
        table, imports = f"{code.text(base)}.environ", ()
    edit = code.replace(whole, f"{table}[{code.text(key)}]")
    return Fix("Require the setting", "review", (edit,), imports)


def _script_setting(code: Code, node: Node) -> str:
    if node.type == "member_expression":
        name = _environment_name(code, node)
        return name.rpartition(".")[2] if name.startswith(_SCRIPT_TABLES) else ""
    if node.type == "subscript_expression":
        base, index = node.child_by_field_name("object"), node.child_by_field_name("index")
        if base is None or index is None or f"{_environment_name(code, base)}." not in _SCRIPT_TABLES:
            return ""
        return _setting(code, index)
    if node.type == "call_expression" and (code.callee(node) in _SCRIPT_GETTERS or _asks_settings(code, node)):
        key = code.arguments(node).get(0)
        return _setting(code, key) if key is not None else ""
    return ""


def _asks_settings(code: Code, call: Node) -> bool:
    """``config.get('NAME')`` of a service of settings, as its name says."""
    function = call.child_by_field_name("function")
    return function is not None and _SERVICE.fullmatch(code.text(function)) is not None


def _environment_name(code: Code, node: Node) -> str:
    text = code.text(node)
    return text if text.startswith("import.meta.env") else code.name(node)


def _script_fix(code: Code, either: Node, left: Node, setting: str) -> Fix:
    """Stop where the value is kept in a constant of its own; else only take the fallback away."""
    bare = code.replace(either, code.text(left))
    declarator = either.parent
    statement = declarator.parent if declarator is not None else None
    if (
        declarator is None
        or statement is None
        or declarator.type != "variable_declarator"
        or statement.type not in {"lexical_declaration", "variable_declaration"}
        or statement.named_child_count != 1
        or statement.parent is None
        or statement.parent.type not in {"program", "statement_block"}
    ):
        return Fix("Remove the fallback", "manual", (bare,))
    name = code.text(declarator.child_by_field_name("name"))
    indent = " " * statement.start_point.column
    stop = f'\n{indent}if (!{name}) {{\n{indent}  throw new Error("{setting} is not set");\n{indent}}}'
    return Fix("Stop when the setting is missing", "review", (bare, code.insert(statement.end_byte, stop)))
