"""A SQL statement put together from values, in Java.

Whoever controls a value that becomes part of the statement's text controls the statement. Values belong into
parameters: ``prepareStatement`` with ``?``, named parameters of JPA, arguments of Spring's templates.

Reported is a text with unknown values in it, built with ``+``, ``concat``, ``String.format`` or ``formatted``, that
reads like SQL. Left alone: constants, also in local variables, numbers, and values found among known ones.

The fix turns a `Statement` and the call that runs it into a `PreparedStatement`, where both stand in one method.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.java_sql_fix import prepared
from leery_analyzers.checks.sql import looks_like_sql
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_STATEMENTS = frozenset(
    {"executeQuery", "executeUpdate", "execute", "executeLargeUpdate", "addBatch", "prepareStatement", "prepareCall"}
    | {"createQuery", "createNativeQuery", "createSQLQuery", "nativeSQL", "createStatement"}
)
_TEMPLATES = frozenset(
    {
        "query",
        "queryForObject",
        "queryForList",
        "queryForMap",
        "queryForRowSet",
        "update",
        "batchUpdate",
        "queryForStream",
    }
    | {"sql", "queryForInt", "queryForLong"}
)
_RUNNERS = re.compile(r"(?i)statement|connection|session|manager|template|jdbc|dao|client|query|database|db|handle|sql")
_PLACEHOLDERS = re.compile(r"(?i)placeholder|questionmarks?|\"\?")
_TEMPLATE = re.compile(r"(?i)jdbc|template|dao|client")
_ASKS = re.compile(
    r"(?i:param|header|query|cookie|body|input|read|next|\bargs\b|getenv|getProperty|payload)|\bget[A-Z]\w*\(\)"
)
"""Calls that may give what somebody else wrote."""
_ESCAPED = frozenset({".quoteIdentifier", ".enquoteIdentifier", ".enquoteLiteral", ".encodeForSQL", ".escapeSql"})


class StringBuiltStatementJava(Check):
    """Finds SQL with values in it."""

    summary = "A SQL statement put together from values"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "low"
    cwe = ("CWE-89",)
    owasp = ("A05:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Query_Parameterization_Cheat_Sheet.html",)
    languages = JAVA
    refutable = True
    calls = frozenset(f".{name}" for name in _STATEMENTS | _TEMPLATES)

    VALID = (
        """\
class A {
    ResultSet größe(Connection c, String name) throws SQLException {
        PreparedStatement s = c.prepareStatement("SELECT * FROM t WHERE name = ?");
        s.setString(1, name);
        return s.executeQuery();
    }
}
""",
        """\
class A {
    void f(Statement s) throws SQLException {
        String table = "users";
        s.executeQuery("SELECT * FROM " + table + " WHERE active = 1");
    }
}
""",
        """\
class A {
    void f(Statement s, int id) throws SQLException {
        s.executeQuery("SELECT * FROM t WHERE id = " + id);
        s.executeUpdate("DELETE FROM t WHERE id = " + Integer.parseInt(text));
    }
}
""",
        """\
class A {
    void f(ExecutorService pool, String name) {
        pool.execute("select your " + name + " from the list");
        list.update("please " + name);
    }
}
""",
        """\
class A {
    void f(Statement s, String column) throws SQLException {
        if (!ALLOWED_COLUMNS.contains(column)) {
            throw new IllegalArgumentException(column);
        }
        s.executeQuery("SELECT * FROM t ORDER BY " + column);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
import java.sql.Connection;
import java.sql.Statement;

class A {
    ResultSet größe(Connection verbindung, String name) throws SQLException {
        Statement s = verbindung.createStatement(); // öffnen
        return s.executeQuery("SELECT * FROM t WHERE name = '" + name + "'");
    }
}
""",
            at='"SELECT * FROM t WHERE name = \'" + name + "\'"',
            message="`name` becomes part of the SQL statement, so whoever controls it controls the statement.",
            fixed=(
                """\
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;

class A {
    ResultSet größe(Connection verbindung, String name) throws SQLException {
        PreparedStatement s = verbindung.prepareStatement("SELECT * FROM t WHERE name = ?"); // öffnen
        s.setString(1, name);
        return s.executeQuery();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
import java.sql.PreparedStatement;

class A {
    void f(Connection c, String user, String pass) throws SQLException {
        String sql = "SELECT * FROM users WHERE name='" + user + "' AND pass='" + pass + "'";
        try (Statement statement = c.createStatement()) {
            ResultSet rows = statement.executeQuery(sql);
            read(rows);
        }
    }
}
""",
            at="executeQuery(«sql»)",
            message="`user` becomes part of the SQL statement, so whoever controls it controls the statement.",
            fixed=(
                """\
import java.sql.PreparedStatement;

class A {
    void f(Connection c, String user, String pass) throws SQLException {
        String sql = "SELECT * FROM users WHERE name=? AND pass=?";
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            statement.setString(1, user);
            statement.setString(2, pass);
            ResultSet rows = statement.executeQuery();
            read(rows);
        }
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    List<User> f(EntityManager em, String name) {
        return em.createQuery(String.format("select u from User u where u.name = '%s'", name)).getResultList();
    }
}
""",
            at="String.format(\"select u from User u where u.name = '%s'\", name)",
            message="`name` becomes part of the SQL statement, so whoever controls it controls the statement.",
        ),
        Invalid(
            code="""\
class A {
    Object f(String id) {
        return jdbcTemplate.queryForObject("SELECT name FROM t WHERE id = " + id, String.class);
    }
}
""",
            at='"SELECT name FROM t WHERE id = " + id',
            message="`id` becomes part of the SQL statement, so whoever controls it controls the statement.",
            fixed=(
                """\
class A {
    Object f(String id) {
        return jdbcTemplate.queryForObject("SELECT name FROM t WHERE id = ?", String.class, id);
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        method, base = code.method(call), call.child_by_field_name("object")
        kind, text = code.type_of(base) if base is not None else "", code.arguments(call).get(0)
        if text is None or (kind and kind != "var" and not _RUNNERS.search(kind)):
            return
        if method in _TEMPLATES and not _TEMPLATE.search(f"{code.text(base)} {kind}"):
            return
        template = code.template(text, _ESCAPED)
        if template.opaque or template.only_numbers or not looks_like_sql(template.text):
            return
        unknown = next(
            (
                h
                for h in template.holes
                if not h.number and not _PLACEHOLDERS.search(code.text(h.node)) and not _is_made_here(code, h.node)
            ),
            None,
        )
        if unknown is None:
            return
        message = (
            f"`{short(code.text(unknown.node))}` becomes part of the SQL statement, "
            "so whoever controls it controls the statement."
        )
        yield Problem(text, message, fixes=prepared(code, call, text, template))


def _is_made_here(code: JavaCode, node: Node) -> bool:
    """Whether a value is what a call gave that asks nobody for it: of those dataflow knows more."""
    node = code.bare(node)
    if node.type == "cast_expression":
        return _is_made_here(code, node.child_by_field_name("value") or node.named_children[-1])
    if node.type == "method_invocation":
        return _ASKS.search(code.text(node)) is None
    if node.type == "ternary_expression":
        sides = [node.child_by_field_name(side) for side in ("consequence", "alternative")]
        return all(side is not None and (side.type in code.text_types or _is_made_here(code, side)) for side in sides)
    if node.type != "identifier":
        return False
    values = code.last_values(node)
    return bool(values) and all(
        b.kind == "value" and b.value is not None and b.value != node and _is_made_here(code, b.value) for b in values
    )
