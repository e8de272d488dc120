"""bandit itself, loaded once, and a visitor that runs its tests at a fraction of the stock visitor's cost.

The only module that imports bandit at its top. It knows Python source and bandit's numbering (lines from 1, columns in
UTF-8 bytes); units, offsets and findings belong to its callers.

What the stock visitor and tester spend most of their time on is left out, without a change in what is found: they
compute the line range of every node, copy the context for every test, walk names and operators that no test looks at,
and add up scores. Line ranges matter only where a ``nosec`` comment could hide a result, so they are computed there.
One thing is not kept: the qualified name of a function definition lacks its module, which a unit does not know and no
test of bandit's reads.
"""

from __future__ import annotations

import ast
import contextlib
import io
import logging
import re
import tokenize
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from leery_analyzers.text import split_lines

_format_warning = warnings.formatwarning
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # bandit's way of loading its tests is deprecated
    from bandit.core import (
        blacklisting,
        config,
        context,
        extension_loader,
        manager,
        metrics,
        node_visitor,
        test_set,
        tester,
        utils,
    )
warnings.formatwarning = _format_warning  # bandit replaces it for the whole process

# Its warnings quote comments of the analysed text, and a server's log holds no document text.
logging.getLogger("bandit").setLevel(logging.CRITICAL + 1)

EXTENSIONS = extension_loader.MANAGER
_TESTS = test_set.BanditTestSet(config.BanditConfig())
_IMPORTERS = frozenset({"importlib.import_module", "importlib.__import__"})
_NONE: frozenset[str] = frozenset()
_FILE_NAME = "./unit.py"
_LEAVES = frozenset({"ctx", "op", "ops"})  # fields whose nodes carry neither a place nor, in bandit, a test
_TROJAN_SOURCE = "B613"
_GUARD = b"\n\n"  # an encoding comment counts on the first two lines only, and ours are always UTF-8
_ODD_LINE_END = re.compile("[\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_NO_LINE_ENDS = dict.fromkeys(
    map(ord, "\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " "
)  # for Python; `str.splitlines` disagrees


@dataclass(frozen=True, slots=True)
class Hit:
    """One issue of bandit's.

    Attributes:
        issue: bandit's own object; its `lineno` is the line bandit reports, from 1.
        node: the syntax node the test looked at; None for a test of the whole file, whose column is in code points
            and from 1.
    """

    issue: Any
    node: ast.AST | None


@dataclass(frozen=True, slots=True)
class Crash:
    """A test that raised, the error, and the node it looked at."""

    test: str
    error: Exception
    node: ast.AST | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gave, in the order bandit gives it."""

    hits: tuple[Hit, ...]
    crashes: tuple[Crash, ...]


def run(
    source: str, own: slice, imports: tuple[str, ...], *, whole_file: bool, without: frozenset[str] = _NONE
) -> Outcome:
    """Run the tests over a text.

    Args:
        source: the text to parse.
        own: the part of it that tests of the whole file read.
        imports: statements that count as visited before `source`.
        whole_file: `source` starts where the file starts, so a ``nosec`` on its first line holds for the whole file,
            as it does in bandit.
        without: numbers of tests that need not be run; some may be all the same.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: `source` cannot be parsed by this Python.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes and the like: the warning would quote the document
        tree = ast.parse(source)
        nosec = _nosec_lines(source) if "nosec" in source else {}
        visitor = _Visitor(nosec, imports, source[own], _selected(without))
        visitor.walk(tree)
        visitor.read_file(len(split_lines(source[: own.start])) - 1, whole_file=whole_file)
    return Outcome(tuple(visitor.tester.hits), tuple(visitor.tester.crashes))


def _nosec_lines(source: str) -> dict[int, set[str]]:
    """Lines with a ``nosec`` comment and the tests it names; an empty set means all."""
    lines = iter([line.rstrip("\r\n") + "\n" for line in split_lines(source)])
    found: dict[int, set[str]] = {}
    with contextlib.suppress(tokenize.TokenError, SyntaxError):  # as bandit: comments up to there count
        for token in tokenize.generate_tokens(lambda: next(lines, "")):
            if token.type == tokenize.COMMENT and "nosec" in token.string:
                names = manager._parse_nosec_comment(token.string)  # noqa: SLF001 - the rule itself, not a copy of it
                if names is not None:
                    found[token.start[0]] = names
    return found


@lru_cache(maxsize=64)
def _seed(imports: tuple[str, ...]) -> tuple[frozenset[str], dict[str, str]]:
    """Modules and aliases that a visitor knows after visiting `imports`."""
    modules: set[str] = set()
    aliases: dict[str, str] = {}
    for statement in imports:
        more, named = _imported(statement)
        modules |= more
        aliases |= named
    return frozenset(modules), aliases


@lru_cache(maxsize=4096)
def _imported(statement: str) -> tuple[frozenset[str], dict[str, str]]:
    """What one statement adds; nothing if it does not parse."""
    visitor = node_visitor.BanditNodeVisitor(_FILE_NAME, None, None, _NoTests(), False, {}, None)  # noqa: FBT003 - theirs
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        visitor.generic_visit(ast.parse(statement.strip()))
    return frozenset(visitor.imports), visitor.import_aliases


def _id(test: Any) -> str:
    name: str = test._test_id  # noqa: SLF001 - how bandit names a test
    return name


class _NoTests:
    """A test set without tests."""

    def get_tests(self, _kind: str) -> list[Any]:
        return []


class _Selection:
    """Bandit's tests without some, and what is to be done at each type of node.

    Args:
        without: numbers of tests.
    """

    def __init__(self, without: frozenset[str]) -> None:
        self._without = without
        self._tests: dict[str, tuple[Any, ...]] = {}
        self._visits: dict[type, _Visit | None] = {}
        listed = (entry["qualnames"] for entry in EXTENSIONS.blacklist["Call"] if entry["id"] not in without)
        self.listed = _IMPORTERS.union(*listed)

    def get_tests(self, kind: str) -> tuple[Any, ...]:
        """The tests of a type of node."""
        found = self._tests.get(kind)
        if found is None:
            found = self._tests[kind] = tuple(test for test in _TESTS.get_tests(kind) if self._is_wanted(test, kind))
        return found

    def _is_wanted(self, test: Any, kind: str) -> bool:
        if test is blacklisting.blacklist:
            return not all(entry["id"] in self._without for entry in EXTENSIONS.blacklist[kind])
        return _id(test) not in self._without

    def visit_of(self, kind: type[ast.AST]) -> _Visit | None:
        """What to do at a node of this type; None where the stock visitor would find no test to run."""
        if kind not in self._visits:
            self._visits[kind] = self._visit(kind.__name__)
        return self._visits[kind]

    def _visit(self, name: str) -> _Visit | None:
        known: _Visit | None = getattr(_Visitor, f"visit_{name}", None)
        if name in {"Import", "ImportFrom"} or (
            name == "Constant" and (self.get_tests("Str") or self.get_tests("Bytes"))
        ):
            return known
        if not self.get_tests(name):
            return None
        return known or (lambda visitor, _: visitor.tester.run_tests(visitor.context, name))


@lru_cache(maxsize=8)
def _selected(without: frozenset[str]) -> _Selection:
    return _Selection(without)


class _Context(context.Context):  # type: ignore[misc]  # bandit has no types
    """bandit's view of a node that computes the arguments of a call once and not once a test."""

    def __init__(self, raw: dict[str, Any]) -> None:
        super().__init__(raw)
        self._args: list[Any] | None = None
        self._keywords: dict[str | None, Any] | None = None

    @property
    def call_args(self) -> list[Any]:
        if self._args is None:
            self._args = super().call_args
        return list(self._args)

    @property
    def call_keywords(self) -> dict[str | None, Any] | None:
        if self._keywords is None:
            self._keywords = super().call_keywords
        return self._keywords


_MOST_CRASHES = 20
"""How often one test may fail in a unit before it is left out there."""


class _Tester(tester.BanditTester):  # type: ignore[misc]  # bandit has no types
    """Runs the tests of one node on one shared context and keeps what they say."""

    def __init__(self, nosec_lines: dict[int, set[str]], tests: _Selection) -> None:
        super().__init__(tests, debug=False, nosec_lines=nosec_lines, metrics=metrics.Metrics())
        self.hits: list[Hit] = []
        self.crashes: list[Crash] = []
        self.moved = 0
        self._broken: Counter[str] = Counter()

    def run_tests(self, raw_context: dict[str, Any], checktype: str) -> None:
        shared = _Context(raw_context)
        node = raw_context.get("node")
        for test in self.testset.get_tests(checktype):
            if test is blacklisting.blacklist and checktype == "Call" and not self._may_be_listed(raw_context):
                continue
            if self._broken and self._broken[_id(test)] >= _MOST_CRASHES:
                continue
            try:
                options = getattr(test, "_config", None)
                issue = test(shared) if options is None else test(shared, options)
            except Exception as error:  # noqa: BLE001 - one broken test must not silence the others
                self._crashed(_id(test), error, node)
                continue
            if issue is None:
                continue
            if issue.lineno is not None:
                issue.lineno += self.moved
            hidden = self._hidden_by(raw_context, issue)
            if issue.lineno is None:
                issue.lineno = raw_context["lineno"]
            if issue.test_id == "":
                issue.test_id = _id(test)
            if hidden is None or (hidden and issue.test_id not in hidden):
                self.hits.append(Hit(issue, node))

    def _may_be_listed(self, raw: dict[str, Any]) -> bool:
        """Whether a call can be one that bandit lists; comparing its name with every listed one is the dearest test."""
        return raw["qualname"] in self.testset.listed or getattr(raw["call"].func, "id", "") == "__import__"

    def _crashed(self, test: str, error: Exception, node: Any) -> None:
        """Keep a crash without its frames, which may hold a great deal; one that goes on is not tried for ever."""
        self._broken[test] += 1
        self.crashes.append(Crash(test, error.with_traceback(None), node))

    def _hidden_by(self, raw: dict[str, Any], issue: Any) -> set[str] | None:
        """Tests that comments hide here: None for no comment, an empty set for all tests."""
        if not self.nosec_lines:
            return None
        if "linerange" not in raw:
            node = raw["node"]
            string = "str" in raw or "bytes" in raw
            raw["linerange"] = utils.linerange(node._bandit_parent if string else node)  # noqa: SLF001 - theirs
        hidden: set[str] | None = self._get_nosecs_from_contexts(raw, test_result=issue)
        return hidden


class _Visitor(node_visitor.BanditNodeVisitor):  # type: ignore[misc]  # bandit has no types
    """bandit's visitor, iterative, with a context only for the nodes that a test or the import table wants."""

    def __init__(self, nosec_lines: dict[int, set[str]], imports: tuple[str, ...], own: str, tests: _Selection) -> None:
        modules, aliases = _seed(imports)
        self.tester = _Tester(nosec_lines, tests)
        self.imports = set(modules)
        self.import_aliases = dict(aliases)
        self.namespace = ""
        self.context: dict[str, Any] = {}
        self._ascii = own.isascii()
        text = own.translate(_NO_LINE_ENDS) if _ODD_LINE_END.search(own) else own
        self._data = io.BytesIO(_GUARD + text.encode("utf-8"))

    def walk(self, tree: ast.Module) -> None:
        """Visit every node below `tree` in bandit's order: parents first, fields in the grammar's order."""
        stack, visit_of = _children(tree), self.tester.testset.visit_of
        while stack:
            node = stack.pop()
            visit = visit_of(type(node))
            if visit is not None:
                self.context = {
                    "imports": self.imports,
                    "import_aliases": self.import_aliases,
                    "lineno": getattr(node, "lineno", 0),
                    "col_offset": getattr(node, "col_offset", -1),
                    "end_col_offset": getattr(node, "end_col_offset", 0),
                    "node": node,
                    "filename": _FILE_NAME,
                    "file_data": self._data,
                }
                visit(self, node)
            stack.extend(_children(node))

    def read_file(self, first: int, *, whole_file: bool) -> None:
        """Run the tests that read bytes and no tree; `first` lines of the source stand before those bytes."""
        tests = self.tester.testset.get_tests("File")
        if self._ascii and all(_id(test) == _TROJAN_SOURCE for test in tests):
            return  # that test looks for characters beyond ASCII only
        self.tester.moved = first - len(_GUARD)
        self.tester.run_tests(
            {
                "file_data": self._data,
                "filename": _FILE_NAME,
                "lineno": 0,
                "linerange": [0, 1] if whole_file else [],
                "col_offset": 0,
            },
            "File",
        )

    def update_scores(self, scores: None) -> None:
        """Nothing: nobody reads scores."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:  # noqa: N802 - bandit's name
        """As bandit, but for the name of the module."""
        self.context |= {"function": node, "qualname": node.name, "name": node.name}
        self.tester.run_tests(self.context, "FunctionDef")

    def visit_Str(self, node: ast.Constant) -> None:  # noqa: N802 - bandit's name
        """As bandit, but for the parent's line range, which the tester computes when it is needed."""
        self._visit_literal(node, "str", "Str")

    def visit_Bytes(self, node: ast.Constant) -> None:  # noqa: N802 - bandit's name
        """As `visit_Str`."""
        self._visit_literal(node, "bytes", "Bytes")

    def _visit_literal(self, node: Any, key: str, kind: str) -> None:
        self.context[key] = node.value
        if not isinstance(node._bandit_parent, ast.Expr):  # noqa: SLF001 - set by `_children`, read by the tests
            self.tester.run_tests(self.context, kind)


def _children(node: ast.AST) -> list[ast.AST]:
    """The nodes right below, last first, each told its parent."""
    found: list[Any] = []
    for name in _inner_fields(type(node)):
        value = getattr(node, name, None)
        if isinstance(value, list):
            found.extend(item for item in value if isinstance(item, ast.AST))
        elif isinstance(value, ast.AST):
            found.append(value)
    for child in found:
        child._bandit_parent = node  # noqa: SLF001 - the name the tests read
    found.reverse()
    return found


def _inner_fields(kind: type[ast.AST]) -> tuple[str, ...]:
    fields = _FIELDS.get(kind)
    if fields is None:
        fields = _FIELDS[kind] = tuple(name for name in kind._fields if name not in _LEAVES)
    return fields


_Visit = Callable[[_Visitor, Any], None]
_FIELDS: dict[type, tuple[str, ...]] = {}
