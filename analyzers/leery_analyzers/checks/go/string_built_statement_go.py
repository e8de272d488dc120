"""A SQL statement put together from values, in Go.

Whoever controls a value that becomes part of the statement's text controls the statement. Values belong into the
arguments after the text.

Reported is a text with unknown values in it, built with ``+`` or ``fmt.Sprintf``, that reads like SQL and reaches
`database/sql`, sqlx, pgx or GORM. Left alone: constants, also in local variables, numbers (``%d``), values found among
known ones, and lists of placeholders.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode
from leery_analyzers.checks.go_sql_fix import parameterised
from leery_analyzers.checks.go_web import from_request
from leery_analyzers.checks.origins import from_outside
from leery_analyzers.checks.sql import looks_like_sql
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PLAIN = frozenset(
    {"Query", "QueryRow", "Exec", "Prepare", "Queryx", "QueryRowx", "MustExec", "Raw", "NamedExec", "Preparex"}
)
_WITH_CONTEXT = frozenset(f"{name}Context" for name in ("Query", "QueryRow", "Exec", "Prepare", "Queryx", "QueryRowx"))
_INTO = frozenset({"Get", "Select"})
_CLAUSES = frozenset({"Where", "Having", "Order", "Group", "Joins", "Or", "Not"})
_CLAUSE = re.compile(r"(?i)[\w.\"`]+\s*(?:=|<|>|!=|\blike|\bin)\s*['\"(]?[%]?\0")
_SAFE = re.compile(r"(?i)placeholder|QuoteIdentifier|Sanitize\(|quoteIdent|questionMarks|strings\.Repeat\(\"\?")


class StringBuiltStatementGo(Check):
    """Finds SQL with values in it."""

    summary = "A SQL statement put together from values"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-89",)
    owasp = ("A05:2025",)
    references = ("https://go.dev/doc/database/sql-injection",)
    languages = GO
    calls = frozenset(f".{name}" for name in _PLAIN | _WITH_CONTEXT | _INTO | _CLAUSES)

    VALID = (
        """\
package a

func größe(db *sql.DB, name string) (*sql.Rows, error) {
	return db.Query("SELECT * FROM t WHERE name = ?", name)
}
""",
        """\
package a

const table = "users"

func f(db *sql.DB, id int) (*sql.Rows, error) {
	const columns = "id, name"
	return db.Query(fmt.Sprintf("SELECT %s FROM users WHERE id = %d", columns, id))
}
""",
        """\
package a

func f(db *sql.DB, ids []any) (*sql.Rows, error) {
	placeholders := strings.Repeat("?,", len(ids))
	return db.Query("SELECT * FROM t WHERE id IN ("+placeholders+")", ids...)
}
""",
        """\
package a

func f(queue *Queue, name string) {
	queue.Exec("select the " + name)
	values.Get(ctx, "from "+name)
}
""",
        """\
package a

func f(db *sql.DB, column string) (*sql.Rows, error) {
	if !slices.Contains(allowedColumns, column) {
		return nil, errColumn
	}
	return db.Query("SELECT * FROM t ORDER BY " + column)
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import (
	"database/sql"

	_ "github.com/lib/pq"
)

func größe(db *sql.DB, name string) (*sql.Rows, error) {
	return db.Query("SELECT * FROM t WHERE name = '" + name + "'") // suchen
}
""",
            at='"SELECT * FROM t WHERE name = \'" + name + "\'"',
            message="`name` becomes part of the SQL statement, so whoever controls it controls the statement.",
            fixed=(
                """\
package a

import (
	"database/sql"

	_ "github.com/lib/pq"
)

func größe(db *sql.DB, name string) (*sql.Rows, error) {
	return db.Query("SELECT * FROM t WHERE name = $1", name) // suchen
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import _ "github.com/go-sql-driver/mysql"

func f(ctx context.Context, db *sql.DB, r *http.Request) error {
	query := fmt.Sprintf("DELETE FROM users WHERE mail = '%s'", r.FormValue("mail"))
	_, err := db.ExecContext(ctx, query)
	return err
}
""",
            at="ctx, «query»)",
            message='`r.FormValue("mail")` becomes part of the SQL statement, '
            "so whoever controls it controls the statement.",
            fixed=(
                """\
package a

import _ "github.com/go-sql-driver/mysql"

func f(ctx context.Context, db *sql.DB, r *http.Request) error {
	query := "DELETE FROM users WHERE mail = ?"
	_, err := db.ExecContext(ctx, query, r.FormValue("mail"))
	return err
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "gorm.io/gorm"

func f(db *gorm.DB, name string) {
	db.Where("name = '" + name + "'").Find(&users)
}
""",
            at='"name = \'" + name + "\'"',
            message="`name` becomes part of the SQL statement, so whoever controls it controls the statement.",
            fixed=(
                """\
package a

import "gorm.io/gorm"

func f(db *gorm.DB, name string) {
	db.Where("name = ?", name).Find(&users)
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        method, values = code.method(call), code.arguments(call).positional
        places = (1,) if method in _WITH_CONTEXT | _INTO else (0, 1) if method in _PLAIN else (0,)
        for place in places:
            if place < len(values):
                yield from _built(code, call, values[place], clause=method in _CLAUSES)


def _built(code: GoCode, call: Node, text: Node, *, clause: bool) -> Iterator[Problem]:
    template = code.template(text)
    if template.opaque or template.only_numbers:
        return
    sql = looks_like_sql(template.text) and _of_a_database(code, call)
    if not sql and not (clause and _CLAUSE.search(template.text)):
        return
    found = from_outside(code, (hole for hole in template.holes if not _SAFE.search(code.text(hole.node))))
    if found is None:
        return
    unknown, sure = found
    message = (
        f"`{short(code.text(unknown))}` becomes part of the SQL statement, "
        "so whoever controls it controls the statement."
    )
    sure = "high" if from_request(code, text) else sure
    yield Problem(text, message, fixes=parameterised(code, call, text, template), confidence=sure)


def _of_a_database(code: GoCode, call: Node) -> bool:
    base = code.receiver(call)
    text = f"{code.text(base)} {code.type_of(base) if base is not None else ''}"
    return (
        re.search(r"(?i)db|tx|sql|conn|pool|stmt|database|gorm|session|store|repo|querier|client|orm", text) is not None
    )
