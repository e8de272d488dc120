"""Which errors of Python tell of the program: by the classes that a handler names, or by who hands them over.

Errors whose texts are written for whoever caused them (validation, the program's own classes) are left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.values import Source, Taint
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.state import Closure
    from leery_analyzers.model import Level

_BROAD = frozenset({"Exception", "BaseException", "500", "InternalServerError"})
_INNER = lazy_regex(
    r"(?:SQLAlchemy|Database|Operational|Integrity|Programming|Interface|Data|Internal|Postgres|MySQL|PyMongo|Redis|"
    r"Psycopg|Client|BotoCore|Connection|Connect|Subprocess|System|Attribute|Import|ModuleNotFound|URL|SSL|Transport|"
    r"NameResolution|Assertion|Type|DBAPI|Statement|ServerSelectionTimeout|Docker|SSH)(?:Error|Exception)|"
    r"CalledProcessError|RequestException|ProcessExecutionError|error"
)
"""Errors of what the program stands on: databases, services, its own mistakes."""
_FILES = lazy_regex(r"OSError|IOError|EnvironmentError|FileNotFoundError|PermissionError|RuntimeError|HTTPError")
_DRIVERS = lazy_regex(
    r"(?:^|\.)(?:sqlite3|psycopg2?|pymysql|MySQLdb|connector|pyodbc|asyncpg|oracledb|duckdb|db)\.Error"
)
_HANDLERS = frozenset({"errorhandler", "app_errorhandler", "exception_handler", "exception", "error", "error_handler"})
_HANDED = frozenset({"Exception", "BaseException"})
_NAMES = frozenset({"exc", "exception"})
_AROUND = frozenset({"request", "req", "context", "_request", "_"})
_DEBUG = lazy_regex(
    r"debug|verbose|dev(?<!\wdev)(?:elopment|_mode)?\b|is_dev(?<!\wis_dev)(?:elopment|_mode)?\b|testing|is_local"
)
"""In lower case, each alternative with a letter of its own first: that is quick to look for."""
_TITLE = "an error"
PLAIN = frozenset(
    {"code", "status_code", "errno", "returncode", "__class__", "name", "status", "sqlstate", "pgcode", "description"}
    | {"messages", "user_message", "public_message", "args_count", "detail", "headers"}
)
"""Members of errors that tell nothing of the program."""


def caught(engine: Engine, handler: ir.Handler) -> tuple[Taint, ...]:
    """What an error that is handled tells."""
    if handler.caught is None:
        return ()
    text = engine.text(handler.caught.start, handler.caught.end)
    level = level_of(text.rpartition(" as ")[0])
    if level is None:
        return ()
    return (Taint(Source(handler.caught.start, handler.caught.end, text, "error", _TITLE, level), exact=True),)


def handed(closure: Closure, parameter: ir.Parameter) -> tuple[Taint, ...]:
    """What a parameter tells in which a framework hands over an error."""
    kind = parameter.annotation.strip("'\" ")
    others = {other.name for other in closure.function.parameters} - {parameter.name}
    level: Level | None = None
    decorated = [_handles(decorator) for decorator in closure.function.decorators]
    if any(decorated):
        is_error = kind in _HANDED or (not kind and parameter.name in _NAMES | {"e", "err", "error", "ex"})
        level = level_of(" ".join(decorated)) if is_error or kind.endswith(("Error", "Exception")) else None
    elif others & _AROUND:
        level = "medium" if kind in _HANDED or (not kind and parameter.name in _NAMES) else None
    if level is None:
        return ()
    source = Source(parameter.start, parameter.end, parameter.name, "error", _TITLE, level)
    return (Taint(source, exact=True),)


def is_handler(closure: Closure) -> bool:
    """Whether a framework sends what a function gives: it handles errors, or it is a function of AWS Lambda."""
    names = [parameter.name for parameter in closure.function.parameters[:2]]
    return names in (["event", "context"], ["event", "_context"], ["event", "_"]) or any(
        _handles(decorator) for decorator in closure.function.decorators
    )


def is_debugging(engine: Engine, test: ir.Expression) -> bool:
    """Whether a condition holds only while the program is debugged."""
    if isinstance(test, ir.Bool):
        return test.op == "and" and any(is_debugging(engine, operand) for operand in test.operands)
    plain = isinstance(test, (ir.Name, ir.Attribute, ir.Index, ir.Call, ir.Compare))
    return plain and _speaks_of_debugging(engine.text(test.start, test.end))


@lru_cache(maxsize=4_096)
def _speaks_of_debugging(text: str) -> bool:
    return _DEBUG.search(text.lower()) is not None


def _handles(decorator: ir.Expression) -> str:
    """What a decorator of a handler of errors names; empty for any other."""
    if not isinstance(decorator, ir.Call) or not isinstance(decorator.callee, ir.Attribute):
        return ""
    if decorator.callee.name not in _HANDLERS or not decorator.arguments:
        return ""
    value = decorator.arguments[0].value
    if isinstance(value, ir.Const):
        return str(value.value)
    return value.name if isinstance(value, ir.Attribute) else getattr(value, "id", "?")


def level_of(kinds: str) -> Level | None:
    """How much the errors of some classes tell; None for those whose texts are for people."""
    if _DRIVERS.search(kinds):
        return "medium"
    names = {name.rpartition(".")[2] for name in re.findall(r"[\w.]+", kinds)}
    if names & _BROAD or any(_INNER.fullmatch(name) for name in names):
        return "medium"
    return "low" if any(_FILES.fullmatch(name) for name in names) else None
