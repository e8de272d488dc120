"""A SQL statement put together from text and values.

A value in a template literal can end the literal it stands in and go on as SQL: whoever controls it reads or changes
what they like. Drivers take values apart from the statement, as parameters; names of tables and columns, which cannot
be parameters, belong into a list of allowed ones.

Left alone: tagged templates (``sql`…```), statements whose parts are all known, values escaped by the driver, and a
statement that comes in whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem, Valid
from leery_analyzers.checks.sql import looks_like_sql, script_styles, slot
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_METHODS = frozenset(
    {
        ".query",
        ".execute",
        ".raw",
        ".run",
        ".all",
        ".get",
        ".each",
        ".prepare",
        ".exec",
        ".queryRaw",
        ".one",
        ".none",
        ".many",
    }
    | {
        ".any",
        ".oneOrNone",
        ".manyOrNone",
        ".$queryRawUnsafe",
        ".$executeRawUnsafe",
        ".unsafe",
        ".whereRaw",
        ".orderByRaw",
    }
)
_TAKES_VALUES = frozenset({"query", "execute", "run", "all", "get", "each"})
_SAFE = frozenset({".escape", ".escapeId", ".literal", ".ident", ".quoteIdent", ".format", "format"})


class SqlTemplate(Check):
    """Finds values put into SQL text."""

    summary = "A SQL statement put together from text and values"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-89",)
    owasp = ("A05:2025",)
    languages = JAVASCRIPT
    calls = _METHODS

    VALID = (
        'db.query("SELECT * FROM users WHERE größe = $1", [größe]);\n',
        "await sql`SELECT * FROM users WHERE name = ${name}`;\nawait prisma.$queryRaw`SELECT ${name} FROM t`;\n",
        'const marks = ids.map(() => "?").join(", ");\ndb.all(`SELECT * FROM t WHERE id IN (${marks})`, ids);\n',
        "const TABLE = 'users';\ndb.query(`SELECT * FROM ${TABLE} LIMIT ${Number(limit)}`);\n",
        (
            "function load(column) {\n  if (!ALLOWED.includes(column)) throw new Error(column);\n"
            "  return db.query(`SELECT id FROM t ORDER BY ${column}`);\n}\n"
        ),
        "search.query(`select ${name}`);\nconst x = client.get(`/from/${id}`);\n",
        Valid("db.query(`SELECT * FROM t WHERE name = ${mysql.escape(name)}`);\n", "typescript"),
    )
    INVALID = (
        Invalid(
            code='const { Pool } = require("pg");\n\nconst größe = (id) =>\n'
            "  pool.query(`SELECT * FROM users WHERE id = ${id} AND name = '${name}'`); // größe\n",
            at="`SELECT * FROM users WHERE id = ${id} AND name = '${name}'`",
            message="The values of `id` and `name` are written into the SQL text, so they can change what the "
            "statement does. Pass them as parameters.",
            fixed=(
                (
                    'const { Pool } = require("pg");\n\nconst größe = (id) =>\n'
                    "  pool.query(`SELECT * FROM users WHERE id = $1 AND name = $2`, [id, name]); // größe\n"
                ),
            ),
        ),
        Invalid(
            code='import mysql from "mysql2/promise";\n\n'
            "export async function find(name: string) {\n"
            "  return db.execute(`SELECT * FROM users WHERE name LIKE '%${name}%'`);\n}\n",
            at="`SELECT * FROM users WHERE name LIKE '%${name}%'`",
            message="The value of `name` is written into the SQL text, so it can change what the statement does. "
            "Pass it as a parameter.",
            fixed=(
                (
                    'import mysql from "mysql2/promise";\n\n'
                    "export async function find(name: string) {\n"
                    "  return db.execute(`SELECT * FROM users WHERE name LIKE ?`, [`%${name}%`]);\n}\n"
                ),
            ),
            language="typescript",
        ),
        Invalid(
            code='function remove(id) {\n  const query = "DELETE FROM t WHERE id = " + id;\n  db.query(query);\n}\n',
            at="db.query(«query»)",
            message="The value of `id` is written into the SQL text, so it can change what the statement does. "
            "Pass it as a parameter.",
        ),
        Invalid(
            code="prisma.$queryRawUnsafe(`SELECT * FROM ${table}`);\n",
            at="`SELECT * FROM ${table}`",
            message="The value of `table` is written into the SQL text, so it can change what the statement does. "
            "Pass it as a parameter.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        call = found["call"]
        statement = code.arguments(call).get(0)
        if statement is None:
            return
        template = code.template(statement, _SAFE)
        if template.constant or template.opaque or not looks_like_sql(template.text):
            return
        inline = statement.type not in code.identifiers
        yield Problem(
            statement,
            _message([short(code.text(hole.node)) for hole in template.holes]),
            path=() if inline else tuple((hole.node, "goes into the SQL text here") for hole in template.holes),
            fixes=tuple(_fixes(code, call, statement)),
            confidence="low" if template.only_numbers else None,
        )


def _message(values: list[str]) -> str:
    names = [f"`{value}`" for value in dict.fromkeys(values)]
    one = len(names) == 1
    shown = names[0] if one else f"{', '.join(names[:-1][:3])} and {names[-1]}"
    of, verb, it = ("value", "is", "it") if one else ("values", "are", "they")
    advice = "Pass it as a parameter." if one else "Pass them as parameters."
    return f"The {of} of {shown} {verb} written into the SQL text, so {it} can change what the statement does. {advice}"


def _fixes(code: Code, call: Node, statement: Node) -> Iterator[Fix]:
    """Placeholders in a template literal, and the values in a list behind it."""
    positional = code.arguments(call).positional
    callback = len(positional) == 2 and positional[1].type in {"arrow_function", "function_expression"}
    if statement.type != "template_string" or code.method(call) not in _TAKES_VALUES:
        return
    if len(positional) != 1 and not callback:
        return
    for style in script_styles(code.import_lines):
        edits = _parameters(code, statement, style)
        if edits is not None:
            yield Fix(f"Pass the values as parameters ({style})", "review", tuple(edits))


def _parameters(code: Code, statement: Node, style: str) -> list[TextEdit] | None:
    text = code.text(statement)
    base = code.range(statement).start
    values: list[str] = []
    edits: list[TextEdit] = []
    before = ""
    holes = [child for child in statement.named_children if child.type == "template_substitution"]
    ends = [*(code.range(hole).start - base for hole in holes[1:]), len(text) - 1]
    at = 1
    for number, (hole, end) in enumerate(zip(holes, ends, strict=True), 1):
        place = code.range(hole)
        low, high = place.start - base, place.end - base
        before += text[at:low]
        here = slot(before, text[high:end])
        inner = hole.named_children
        if here is None or len(inner) != 1 or code.constant(inner[0], _SAFE):
            return None
        mark = f"${number}" if style.startswith("$") else style
        edits.append(TextEdit(place.start - here.cut_before, place.end + here.cut_after, mark))
        value = code.text(inner[0])
        values.append(f"`{here.prefix}${{{value}}}{here.suffix}`" if here.prefix or here.suffix else value)
        before = before[: len(before) - here.cut_before] + mark
        at = high + here.cut_after
    added = code.insert(statement.end_byte, f", [{', '.join(values)}]")
    return [*edits, added] if values else None
