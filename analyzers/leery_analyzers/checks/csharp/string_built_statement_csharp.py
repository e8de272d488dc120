"""A SQL statement put together from values, in C#.

Whoever controls a value that becomes part of the statement's text controls the statement. Values belong into
parameters: ``Parameters.AddWithValue``, the second argument of Dapper's methods, ``FromSqlInterpolated``.

Reported is a text with unknown values in it that reads like SQL, given to ADO.NET, Entity Framework or Dapper. Left
alone: constants, also in local variables, numbers, values found among known ones, and the methods of Entity Framework
that turn an interpolated text into parameters themselves (``FromSqlInterpolated``, ``ExecuteSql``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode, sets
from leery_analyzers.checks.csharp_sql_fix import parameterised
from leery_analyzers.checks.origins import from_outside
from leery_analyzers.checks.sql import looks_like_sql
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_COMMANDS = frozenset(
    f"new {driver}{kind}"
    for driver in ("Sql", "MySql", "Npgsql", "SQLite", "Sqlite", "Oracle", "OleDb", "Odbc", "Db", "SqlCe", "Fb")
    for kind in ("Command", "DataAdapter")
)
_RAW = frozenset(
    {"ExecuteSqlRaw", "ExecuteSqlRawAsync", "FromSqlRaw", "SqlQueryRaw", "ExecuteSqlCommand", "ExecuteSqlCommandAsync"}
    | {
        "SqlQuery",
        "CreateCommand",
        "CreateSQLQuery",
        "CreateQuery",
        "ExecuteRaw",
        "ExecuteStoreCommand",
        "ExecuteStoreQuery",
    }
)
_DAPPER = frozenset(
    f"{name}{end}"
    for name in ("Query", "QueryFirst", "QueryFirstOrDefault", "QuerySingle", "QuerySingleOrDefault", "QueryMultiple")
    for end in ("", "Async")
) | {"Execute", "ExecuteAsync", "ExecuteScalar", "ExecuteScalarAsync", "ExecuteReader", "ExecuteReaderAsync"}
_PLACEHOLDERS = re.compile(r"(?i)placeholder|paramNames|parameterNames|inClause")


class StringBuiltStatementCsharp(Check):
    """Finds SQL with values in it."""

    summary = "A SQL statement put together from values"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-89",)
    owasp = ("A05:2025",)
    references = ("https://learn.microsoft.com/en-us/ef/core/querying/sql-queries",)
    languages = CSHARP
    calls = _COMMANDS | frozenset(f".{name}" for name in _RAW | _DAPPER)
    query = sets("CommandText")

    VALID = (
        """\
class Größe {
    void F(SqlConnection connection, string name) {
        var command = new SqlCommand("SELECT * FROM t WHERE name = @name", connection);
        command.Parameters.AddWithValue("@name", name);
    }
}
""",
        """\
class A {
    object F(Db db, string name) {
        return db.Users.FromSqlInterpolated($"SELECT * FROM users WHERE name = {name}").ToList();
    }
}
""",
        """\
class A {
    void F(SqlConnection connection, int id) {
        const string table = "users";
        var command = new SqlCommand($"SELECT * FROM {table} WHERE id = {id}", connection);
    }
}
""",
        """\
class A {
    void F(Robot robot, string what) {
        robot.Execute("select the " + what + " from the shelf now");
        menu.CommandText = "Open " + what;
    }
}
""",
        """\
class A {
    object F(SqlConnection connection, string column) {
        if (!AllowedColumns.Contains(column)) throw new ArgumentException(column);
        return connection.Query("SELECT * FROM t ORDER BY " + column);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    void F(SqlConnection connection, string name) {
        var command = new SqlCommand("SELECT * FROM t WHERE name = '" + name + "'", connection); // suchen
        command.ExecuteReader();
    }
}
""",
            at='"SELECT * FROM t WHERE name = \'" + name + "\'"',
            message="`name` becomes part of the SQL statement, so whoever controls it controls the statement.",
            fixed=(
                """\
class Größe {
    void F(SqlConnection connection, string name) {
        var command = new SqlCommand("SELECT * FROM t WHERE name = @name", connection); // suchen
        command.Parameters.AddWithValue("@name", name);
        command.ExecuteReader();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    object F(Db db, string name) {
        return db.Users.FromSqlRaw($"SELECT * FROM users WHERE name = '{name}'").ToList();
    }
}
""",
            at="$\"SELECT * FROM users WHERE name = '{name}'\"",
            message="`name` becomes part of the SQL statement, so whoever controls it controls the statement.",
            fixed=(
                """\
class A {
    object F(Db db, string name) {
        return db.Users.FromSqlInterpolated($"SELECT * FROM users WHERE name = {name}").ToList();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void F(SqlConnection connection, string name) {
        string query = "SELECT * FROM t WHERE name LIKE '%" + name + "%'";
        using (SqlCommand command = new SqlCommand(query, connection))
        {
            command.ExecuteReader();
        }
    }
}
""",
            at="SqlCommand(«query»",
            message="`name` becomes part of the SQL statement, so whoever controls it controls the statement.",
            fixed=(
                """\
class A {
    void F(SqlConnection connection, string name) {
        string query = "SELECT * FROM t WHERE name LIKE @name";
        using (SqlCommand command = new SqlCommand(query, connection))
        {
            command.Parameters.AddWithValue("@name", "%" + name + "%");
            command.ExecuteReader();
        }
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    object F(Db db, string name) {
        return db.Users.FromSqlRaw("SELECT * FROM users WHERE name = '" + name + "'").ToList();
    }
}
""",
            at='"SELECT * FROM users WHERE name = \'" + name + "\'"',
            message="`name` becomes part of the SQL statement, so whoever controls it controls the statement.",
            fixed=(
                """\
class A {
    object F(Db db, string name) {
        return db.Users.FromSqlRaw("SELECT * FROM users WHERE name = {0}", name).ToList();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    object F(IDbConnection connection, string mail) {
        var sql = string.Format("DELETE FROM users WHERE mail = '{0}'", mail);
        return connection.ExecuteAsync(sql);
    }
}
""",
            at="ExecuteAsync(«sql»",
            message="`mail` becomes part of the SQL statement, so whoever controls it controls the statement.",
        ),
        Invalid(
            code="""\
class A {
    object F(IDbConnection connection, string mail) {
        return connection.QueryAsync<User>($"SELECT * FROM users WHERE mail = '{mail}'");
    }
}
""",
            at="$\"SELECT * FROM users WHERE mail = '{mail}'\"",
            message="`mail` becomes part of the SQL statement, so whoever controls it controls the statement.",
            fixed=(
                """\
class A {
    object F(IDbConnection connection, string mail) {
        return connection.QueryAsync<User>("SELECT * FROM users WHERE mail = @mail", new { mail });
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void F(DbCommand command, Order order) {
        command.CommandText = $"UPDATE orders SET state = '{order.State}'";
        command.ExecuteNonQuery();
    }
}
""",
            at="$\"UPDATE orders SET state = '{order.State}'\"",
            message="`order.State` becomes part of the SQL statement, so whoever controls it controls the statement.",
            fixed=(
                """\
class A {
    void F(DbCommand command, Order order) {
        command.CommandText = "UPDATE orders SET state = @state";
        command.Parameters.AddWithValue("@state", order.State);
        command.ExecuteNonQuery();
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one property."""
        assert isinstance(code, CSharpCode)
        call = found.get("call")
        text = found.get("value") if call is None else code.arguments(call).get(0, "sql")
        if text is None or (call is not None and not _runs_sql(code, call)):
            return
        template = code.template(text)
        if template.opaque or template.only_numbers or not looks_like_sql(template.text):
            return
        found_outside = from_outside(
            code, (hole for hole in template.holes if not _PLACEHOLDERS.search(code.text(hole.node)))
        )
        if found_outside is None:
            return
        unknown, sure = found_outside
        message = (
            f"`{short(code.text(unknown))}` becomes part of the SQL statement, "
            "so whoever controls it controls the statement."
        )
        yield Problem(text, message, fixes=parameterised(code, call or found["set"], text, template), confidence=sure)


def _runs_sql(code: CSharpCode, call: Node) -> bool:
    """Whether a method of that name runs SQL: the receiver's type or name speaks of a database."""
    if call.type != "invocation_expression" or code.method(call) in _RAW:
        return True
    base = code.receiver(call)
    text = f"{code.text(base)} {code.type_of(base) if base is not None else ''}"
    return (
        re.search(r"(?i)conn|(?:\b|_)db|database|sql|dapper|session|context|command|cmd|transaction|repo|uow", text)
        is not None
    )
