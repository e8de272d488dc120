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
_MOST_OPERANDS = 50
_VALUES = frozenset({"identifier", "member_expression", "subscript_expression", "call_expression"})
_SAFE = frozenset({".escape", ".escapeId", ".literal", ".ident", ".quoteIdent", ".format", "format"})


class SqlTemplate(Check):
    """Finds values put into SQL text."""

    summary = "A SQL statement put together from text and values"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-89",)
    owasp = ("A05:2025",)
    languages = JAVASCRIPT
    refutable = True
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
            code='db.query("SELECT * FROM users WHERE name = \'" + req.query.name + "\'", (e, rows) => show(rows));\n',
            at='"SELECT * FROM users WHERE name = \'" + req.query.name + "\'"',
            message="The value of `req.query.name` is written into the SQL text, so it can change what the statement "
            "does. Pass it as a parameter.",
            fixed=(
                'db.query("SELECT * FROM users WHERE name = $1", [req.query.name], (e, rows) => show(rows));\n',
                'db.query("SELECT * FROM users WHERE name = ?", [req.query.name], (e, rows) => show(rows));\n',
            ),
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
    """Placeholders in a template literal or a sum of strings, and the values in a list behind it."""
    positional = code.arguments(call).positional
    callback = len(positional) == 2 and positional[1].type in {"arrow_function", "function_expression"}
    if code.method(call) not in _TAKES_VALUES or (len(positional) != 1 and not callback):
        return
    function = call.child_by_field_name("function")
    if "sequelize" in code.text(function).lower():  # it takes an object with `replacements`
        return
    pieces = _pieces(code, statement)
    for style in script_styles(code.import_lines) if pieces is not None else ():
        written = _parameters(code, pieces or [], style)
        if written is not None:
            quote = code.text(statement)[0] if statement.type == "template_string" else '"'
            text, values = written
            edit = code.replace(statement, f"{quote}{text}{quote}, [{', '.join(values)}]")
            yield Fix(f"Pass the values as parameters ({style})", "review", (edit,))


def _pieces(code: Code, statement: Node) -> list[str | Node] | None:
    """The text and the values of a template literal, or of a sum of strings without quotes and escapes in them."""
    if statement.type == "template_string":
        return [
            code.text(child) if child.type != "template_substitution" else child.named_children[0]
            for child in statement.named_children
            if child.type != "template_substitution" or child.named_child_count == 1
        ]
    pieces: list[str | Node] = []
    node: Node | None = statement
    while node is not None and node.type == "binary_expression" and len(pieces) < _MOST_OPERANDS:
        right = node.child_by_field_name("right")
        if right is None or code.text(node.child_by_field_name("operator")) != "+":
            return None
        pieces.append(code.text(right)[1:-1] if right.type == "string" else right)
        node = node.child_by_field_name("left")
    if node is None or node.type != "string":
        return None
    pieces.append(code.text(node)[1:-1])
    plain = all(isinstance(piece, str) or piece.type in _VALUES for piece in pieces)
    return pieces[::-1] if plain and not any('"' in p or "\\" in p for p in pieces if isinstance(p, str)) else None


def _parameters(code: Code, pieces: list[str | Node], style: str) -> tuple[str, list[str]] | None:
    text, skip = "", 0
    values: list[str] = []
    for index, piece in enumerate(pieces):
        if isinstance(piece, str):
            text += piece[skip:]
            skip = 0
            continue
        following = pieces[index + 1] if index + 1 < len(pieces) else ""
        here = slot(text, following if isinstance(following, str) else "")
        if here is None:
            return None
        value = code.text(piece)
        values.append(f"`{here.prefix}${{{value}}}{here.suffix}`" if here.prefix or here.suffix else value)
        text = text[: len(text) - here.cut_before] + (f"${len(values)}" if style.startswith("$") else style)
        skip = here.cut_after
    return (text, values) if values else None
