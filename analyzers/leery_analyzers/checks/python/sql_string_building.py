"""A SQL statement put together from text and values.

A value that is pasted into a statement can end the literal it stands in and go on as SQL: whoever controls it reads or
changes what they like. Drivers take values apart from the statement, as parameters; names of tables and columns, which
cannot be parameters, belong into a list of allowed ones.

Left alone: statements whose parts are all known (constants, numbers, placeholders, names found in an allowed list),
values quoted by the driver, and a statement that comes in whole from elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.python_sql_fix import parameter_fixes
from leery_analyzers.checks.sql import looks_like_sql
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.templates import Template
    from leery_analyzers.model import Level

_METHODS = frozenset(
    {".execute", ".executemany", ".executescript", ".raw", ".mogrify", ".fetch", ".fetchrow", ".fetchval", ".fetch_all"}
    | {".fetch_one", ".exec_driver_sql", ".read_sql", ".read_sql_query", ".query"}
)
_FUNCTIONS = frozenset(
    {"sqlalchemy.text", "sqlalchemy.sql.text", "sqlalchemy.sql.expression.text", "pandas.read_sql"}
    | {"pandas.read_sql_query", "django.db.models.expressions.RawSQL"}
)
_SAFE = frozenset(
    {"psycopg2.sql.SQL", "psycopg.sql.SQL", "psycopg2.sql.Identifier", "psycopg.sql.Identifier", "sql.SQL"}
    | {"sql.Identifier", "sql.Literal", ".escape", ".escape_string", ".quote_name", ".quote_ident", ".quote"}
    | {"range", ".isoformat", ".timestamp"}
)


class SqlStringBuilding(Check):
    """Finds values put into SQL text."""

    summary = "A SQL statement put together from text and values"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-89",)
    owasp = ("A05:2025",)
    languages = PYTHON
    refutable = True
    calls = _METHODS | _FUNCTIONS

    VALID = (
        'cursor.execute("SELECT * FROM users WHERE name = ?", (name,))\n',
        (
            'def load(cursor, ids):\n    marks = ", ".join("?" for _ in ids)\n'
            '    cursor.execute(f"SELECT * FROM t WHERE id IN ({marks})", ids)\n'
        ),
        'TABLE = "größen"\n\n\ndef load(cursor):\n    cursor.execute(f"SELECT * FROM {TABLE} LIMIT {int(limit)}")\n',
        (
            "def load(cursor, column):\n    if column not in ALLOWED_COLUMNS:\n        raise ValueError(column)\n"
            '    cursor.execute(f"SELECT id FROM users ORDER BY {column}")\n'
        ),
        'def clear(cursor):\n    for table in ("a", "b"):\n        cursor.execute("DELETE FROM %s" % table)\n',
        (
            "from psycopg2 import sql\n\n\ndef load(cursor, table):\n"
            '    cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))\n'
        ),
        "def run(cursor, query):\n    cursor.execute(query)\n",
        'def run(machine, program):\n    machine.execute(f"start {program} now")\n',
        'cursor.execute("SELECT * FROM log WHERE day > %d" % days)\n',
        (
            'def load(cursor, order):\n    direction = "DESC" if order else "ASC"\n'
            '    cursor.execute(f"SELECT id FROM t ORDER BY id {direction}")\n'
        ),
    )
    INVALID = (
        Invalid(
            code="import sqlite3\n\n\ndef load(db, größe):\n"
            "    return db.execute(f\"SELECT * FROM t WHERE größe = '{größe}'\").fetchall()  # alle\n",
            at="f\"SELECT * FROM t WHERE größe = '{größe}'\"",
            message="The value of `größe` is written into the SQL text, so it can change what the statement does. "
            "Pass it as a parameter.",
            fixed=(
                (
                    "import sqlite3\n\n\ndef load(db, größe):\n"
                    '    return db.execute("SELECT * FROM t WHERE größe = ?", (größe,)).fetchall()  # alle\n'
                ),
            ),
        ),
        Invalid(
            code="import psycopg2\n\n\ndef find(cur, name, age):\n"
            "    query = (\n        f\"SELECT * FROM users WHERE name LIKE '%{name}%' \"\n"
            '        f"AND age > {age}"\n    )\n    cur.execute(query)\n',
            at="cur.execute(«query»)",
            message="The values of `name` and `age` are written into the SQL text, so they can change what the "
            "statement does. Pass them as parameters.",
            fixed=(
                (
                    "import psycopg2\n\n\ndef find(cur, name, age):\n"
                    '    query = (\n        "SELECT * FROM users WHERE name LIKE %s "\n'
                    '        "AND age > %s"\n    )\n    cur.execute(query, (f"%{name}%", age))\n'
                ),
            ),
        ),
        Invalid(
            code="import psycopg\n\n\ndef drop(cur, user):\n"
            "    cur.execute(\"DELETE FROM users WHERE name = '%s'\" % user)\n",
            at="\"DELETE FROM users WHERE name = '%s'\" % user",
            message="The value of `user` is written into the SQL text, so it can change what the statement does. "
            "Pass it as a parameter.",
            fixed=(
                (
                    "import psycopg\n\n\ndef drop(cur, user):\n"
                    '    cur.execute("DELETE FROM users WHERE name = %s", (user,))\n'
                ),
            ),
        ),
        Invalid(
            code='def find(cur, uid):\n    cur.execute("SELECT * FROM users WHERE id = " + uid)\n',
            at='"SELECT * FROM users WHERE id = " + uid',
            message="The value of `uid` is written into the SQL text, so it can change what the statement does. "
            "Pass it as a parameter.",
            fixed=(
                'def find(cur, uid):\n    cur.execute("SELECT * FROM users WHERE id = ?", (uid,))\n',
                'def find(cur, uid):\n    cur.execute("SELECT * FROM users WHERE id = %s", (uid,))\n',
            ),
        ),
        Invalid(
            code="import pymysql\n\n\ndef find(cur, name, city):\n"
            "    cur.execute(\"SELECT * FROM t WHERE name = '{}' AND city = {}\".format(name, city))\n",
            at="\"SELECT * FROM t WHERE name = '{}' AND city = {}\".format(name, city)",
            message="The values of `name` and `city` are written into the SQL text, so they can change what the "
            "statement does. Pass them as parameters.",
            fixed=(
                (
                    "import pymysql\n\n\ndef find(cur, name, city):\n"
                    '    cur.execute("SELECT * FROM t WHERE name = %s AND city = %s", (name, city))\n'
                ),
            ),
        ),
        Invalid(
            code="import sqlite3\n\n\ndef find(cur, name):\n"
            '    sql = "SELECT * FROM t WHERE name LIKE \'%" + name + "%\'"\n    cur.execute(sql)\n',
            at="cur.execute(«sql»)",
            message="The value of `name` is written into the SQL text, so it can change what the statement does. "
            "Pass it as a parameter.",
            fixed=(
                (
                    "import sqlite3\n\n\ndef find(cur, name):\n"
                    '    sql = "SELECT * FROM t WHERE name LIKE ?"\n    cur.execute(sql, (f"%{name}%",))\n'
                ),
            ),
        ),
        Invalid(
            code='def load(cur, table):\n    cur.execute("SELECT * FROM {}".format(table))\n',
            at='"SELECT * FROM {}".format(table)',
            message="The value of `table` is written into the SQL text, so it can change what the statement does. "
            "A name cannot be a parameter: take it from a list of allowed names.",
        ),
        Invalid(
            code="from sqlalchemy import text as sql\n\n\ndef load(session, name):\n"
            "    return session.execute(sql(f\"SELECT * FROM users WHERE name = '{name}'\"))\n",
            at="f\"SELECT * FROM users WHERE name = '{name}'\"",
            message="The value of `name` is written into the SQL text, so it can change what the statement does. "
            "Pass it as a parameter.",
        ),
        Invalid(
            code='def find(cur, name):\n    query = "SELECT * FROM users"\n    if name:\n'
            '        query += " WHERE name = \'" + name + "\'"\n    cur.execute(query)\n',
            at="cur.execute(«query»)",
            message="The value of `name` is written into the SQL text, so it can change what the statement does. "
            "Pass it as a parameter.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        call = found["call"]
        is_function = code.callee(call) in _FUNCTIONS
        arguments = code.arguments(call)
        statement = arguments.get(0, "sql") or arguments.named.get("query") or arguments.named.get("statement")
        if statement is None:
            return
        template = code.template(statement, _SAFE)
        if template.constant or template.opaque or not looks_like_sql(template.text):
            return
        fixes = () if is_function else parameter_fixes(code, call, statement)
        inline = statement.type not in code.identifiers
        yield Problem(
            statement,
            _message([short(code.text(hole.node)) for hole in template.holes], template.text),
            path=() if inline else tuple((hole.node, "goes into the SQL text here") for hole in template.holes),
            fixes=fixes,
            confidence="low" if template.only_numbers or _are_own(code, template) else None,
        )


def _are_own(code: Code, template: Template) -> bool:
    """Whether all values are attributes of the object itself, as the name of its table is."""
    return all(code.text(hole.node).startswith(("self.", "cls.")) for hole in template.holes)


def _message(values: list[str], text: str) -> str:
    names = [f"`{value}`" for value in dict.fromkeys(values)]
    one = len(names) == 1
    shown = names[0] if one else f"{', '.join(names[:-1][:3])} and {names[-1]}"
    of, verb, it = ("value", "is", "it") if one else ("values", "are", "they")
    advice = "Pass it as a parameter." if one else "Pass them as parameters."
    if _is_name(text):
        advice = "A name cannot be a parameter: take it from a list of allowed names."
    return f"The {of} of {shown} {verb} written into the SQL text, so {it} can change what the statement does. {advice}"


def _is_name(text: str) -> bool:
    """Whether every hole stands where SQL wants the name of a table or a column."""
    heads = text.split("\0")[:-1]
    words = ("from", "into", "table", "join", "update", "order by", "group by", "select")
    return all(head.rstrip(' "`[').lower().endswith(words) for head in heads)
