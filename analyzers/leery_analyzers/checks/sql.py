"""What SQL rules share: telling SQL from other text, and turning values put into it into parameters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leery_analyzers.lazy import lazy_regex

_SQL = lazy_regex(
    r"(?is)(?<![.#-])\b(select\b(?![-.:=]).*\bfrom\b(?!\s+(?:the|your|our|an?|this|that|these|all)\b)|select\s+\*|insert\s+(or\s+\w+\s+)?into\b|update\b.+\bset\b|delete\s+from\b"
    r"|replace\s+into\b|(create|drop|alter|truncate)\s+(temp\w*\s+)?(table|database|index|view|user|role|schema)\b|truncate\s+\0"
    r"|merge\s+into\b|union\s+(all\s+)?select\b|where\b.+(=|\blike\b|\bin\b)|order\s+by\b|grant\b.+\bto\b|pragma\s)"
)
_LOOKED_AT = 4000  # characters: the search may go through the text once for every word in it
_VALUE_BEFORE = lazy_regex(
    r"(?is)(=|<|>|\blike|\bilike|\bin\s*\(|\bbetween|\band|\blimit|\boffset|\bvalues\s*\(|,|\bthen|\belse)\s*\Z"
)
_LIST_BEFORE = lazy_regex(r"(?is)\b(select|from|join|order\s+by|group\s+by|into|table|set|update)\b[^=<>()]*\Z")
_VALUE_AFTER = lazy_regex(r"(?is)\s*([\s,;)]|\Z)")
_QUOTED_BEFORE = lazy_regex(r"'([%_]*)\Z")
_QUOTED_AFTER = lazy_regex(r"\A([%_]*)'")


def looks_like_sql(text: str) -> bool:
    """Whether a text, its holes written as NUL, is a SQL statement or a part of one."""
    return _SQL.search(text[:_LOOKED_AT]) is not None


@dataclass(frozen=True, slots=True)
class Slot:
    """How a value in a SQL text becomes a parameter.

    Attributes:
        cut_before: characters before the hole that go (an opening quote and wildcards).
        cut_after: characters after it that go.
        prefix: what to put before the value in the parameter.
        suffix: what to put after it.
    """

    cut_before: int = 0
    cut_after: int = 0
    prefix: str = ""
    suffix: str = ""


def slot(before: str, after: str) -> Slot | None:
    """The slot between two stretches of a SQL text; None where no value can stand, as after ``FROM``.

    Args:
        before: the whole statement up to the hole.
        after: the text from the hole to the next hole or the end.
    """
    opened, closed = _QUOTED_BEFORE.search(before), _QUOTED_AFTER.search(after)
    if opened is not None and closed is not None:
        return Slot(opened.end() - opened.start(), closed.end(), opened.group(1), closed.group(1))
    if before.count("'") % 2 or before.count('"') % 2 or before.count("`") % 2:
        return None
    if _VALUE_BEFORE.search(before) is None or _VALUE_AFTER.match(after) is None:
        return None
    if before.rstrip().endswith(",") and _LIST_BEFORE.search(before):
        return None
    return Slot()


def python_styles(modules: str) -> tuple[str, ...]:
    """Placeholders of the database drivers that a Python file imports; both usual ones if it names none."""
    question = re.search(r"\b(sqlite3|aiosqlite|pyodbc|duckdb)\b", modules)
    percent = re.search(r"\b(psycopg\w*|pymysql|MySQLdb|mysql|aiomysql|django|pg8000|mariadb|snowflake)\b", modules)
    if question and not percent:
        return ("?",)
    return ("%s",) if percent and not question else ("?", "%s")


def script_styles(modules: str) -> tuple[str, ...]:
    """Placeholders of the database drivers that a JavaScript file imports; both usual ones if it names none."""
    numbered = re.search(r"""["'](pg|pg-promise|postgres|@neondatabase/serverless)["']""", modules)
    question = re.search(r"""["'](mysql2?(/promise)?|mariadb|sqlite3?|better-sqlite3|node:sqlite)["']""", modules)
    if numbered and not question:
        return ("$1",)
    return ("?",) if question and not numbered else ("$1", "?")
