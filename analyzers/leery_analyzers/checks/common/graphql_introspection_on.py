"""A GraphQL server that tells everybody its whole schema.

Introspection and the playground list every query, mutation and field, those that no page uses among them. They belong
to development.

Left alone: values that depend on the environment, and servers that say nothing of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import is_python
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SERVER = re.compile(r"(?i)graphql|apollo|yoga|mercurius|graphene|strawberry|ariadne")
_MESSAGE = "Everybody can list all queries, mutations and fields of this server."


class GraphqlIntrospectionOn(Check):
    """Finds introspection switched on by a constant."""

    summary = "A GraphQL server that tells its whole schema"
    severity: ClassVar[Level] = "low"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-200", "CWE-489")
    owasp = ("A02:2025",)
    languages = PYTHON + JAVASCRIPT
    query: ClassVar[Mapping[str, str]] = {
        "python": """
        (keyword_argument name: (identifier) @key value: (true) @value
          (#any-of? @key "graphiql" "introspection" "playground")) @setting
        """,
        **dict.fromkeys(
            JAVASCRIPT,
            '(pair key: (_) @key value: (true) @value (#any-of? @key "graphiql" "introspection" '
            '"playground")) @setting',
        ),
    }

    VALID = (
        "view = GraphQLView.as_view(schema=größe, graphiql=DEBUG)\n",
        "app.start(introspection=True)\n",
        "view = GraphQLView.as_view(graphiql=False)\n",
        Valid(
            'new ApolloServer({ typeDefs, introspection: process.env.NODE_ENV !== "production" }); // größe\n',
            "javascript",
        ),
        Valid("const school = { playground: true, name: größe };\n", "typescript"),
    )
    INVALID = (
        Invalid(
            code="größe = GraphQLView.as_view(schema=schema, graphiql=True)\n",
            at="graphiql=True",
            message=_MESSAGE,
            fixed=("größe = GraphQLView.as_view(schema=schema, graphiql=False)\n",),
        ),
        Invalid(
            code="const größe = new ApolloServer({ typeDefs, introspection: true });\n",
            at="introspection: true",
            message=_MESSAGE,
            fixed=("const größe = new ApolloServer({ typeDefs, introspection: false });\n",),
            language="javascript",
        ),
        Invalid(
            code='app.use("/graphql", graphqlHTTP({ schema, graphiql: true }));\n',
            at="graphiql: true",
            message=_MESSAGE,
            fixed=('app.use("/graphql", graphqlHTTP({ schema, graphiql: false }));\n',),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one setting."""
        setting, value = found["setting"], found["value"]
        holder = setting.parent.parent if setting.parent is not None else None
        around = holder.parent if holder is not None and holder.type == "arguments" else holder
        if around is None or not _SERVER.search(code.text(around)):
            return
        fix = Fix("Switch it off", "review", (code.replace(value, "False" if is_python(code) else "false"),))
        yield Problem(setting, _MESSAGE, fixes=(fix,))
