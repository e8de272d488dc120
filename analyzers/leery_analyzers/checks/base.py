"""The form of a rule: a `Check` with its metadata, its query and its examples.

Holds no rule and runs none. A rule's file says everything about it: the module's docstring is its page in the
catalogue, the class fields are its metadata, `VALID` and `INVALID` are its documentation and its tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.model import Fix, Level, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.text import TextRange

PYTHON = ("python",)
JAVASCRIPT = ("javascript", "javascriptreact", "typescript", "typescriptreact")
JAVA = ("java",)
CSHARP = ("csharp",)
GO = ("go",)
EVERY_TEXT = ("*",)
"""Languages of a check that looks at characters only, in whatever file."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check found; the analyzer makes a `Finding` of it.

    Attributes:
        at: the smallest expression that a reader would underline, or a range in the coordinates of ``unit.text``.
        message: what is wrong and why here, one or two sentences.
        path: the places a value comes through, each with a word on it, the finding's own place left out.
        fixes: best first.
        severity: when it differs from the rule's.
        confidence: when it differs from the rule's.
    """

    at: Node | TextRange
    message: str
    path: tuple[tuple[Node, str], ...] = ()
    fixes: tuple[Fix, ...] = ()
    severity: Level | None = None
    confidence: Level | None = None


@dataclass(frozen=True, slots=True)
class Valid:
    """Code in which the check must stay silent.

    Attributes:
        code: a whole small file.
        language: language id; empty for the first of the check's languages.
    """

    code: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Invalid:
    """Code in which the check must report exactly one finding.

    Attributes:
        code: a whole small file.
        at: the part of `code` that is marked; it must occur once. Where it does not, text around it is added and the
            part itself set in guillemets: ``execute(«query»)``.
        message: the finding's message.
        fixed: the file after each of the finding's fixes with its imports, best first.
        language: language id; empty for the first of the check's languages.
    """

    code: str
    at: str
    message: str
    fixed: tuple[str, ...] = ()
    language: str = ""


class Check:
    """One rule. A subclass sets the fields and overrides `match`, or `check` when no query helps.

    Attributes:
        id: set from the name of the file, with hyphens.
        page: set from the docstring of the file.
        summary: one sentence without a full stop.
        severity: how bad it is when true.
        confidence: how often it is true.
        cwe: identifiers, the most specific first.
        owasp: entries of OWASP Top 10:2025 and OWASP LLM Top 10:2025.
        references: addresses for further reading.
        languages: language ids, or `EVERY_TEXT`.
        refutable: whether it looks at the shape of code only, so that dataflow may find its values harmless.
        calls: names of what is called, for a check that looks at calls: dotted as imports resolve them
            (``os.system``), or ``.execute`` for a method of anything. `match` then gets the call as ``call``.
        query: tree-sitter query for anything else; a mapping by language id where the grammars differ. Every pattern
            of every rule of a language runs in one pass, and patterns written alike are matched once.
    """

    id: ClassVar[str]
    page: ClassVar[str]
    summary: ClassVar[str]
    severity: ClassVar[Level]
    confidence: ClassVar[Level] = "high"
    cwe: ClassVar[tuple[str, ...]]
    owasp: ClassVar[tuple[str, ...]] = ()
    references: ClassVar[tuple[str, ...]] = ()
    languages: ClassVar[tuple[str, ...]]
    refutable: ClassVar[bool] = False
    calls: ClassVar[frozenset[str]] = frozenset()
    query: ClassVar[str | Mapping[str, str]] = ""
    VALID: ClassVar[tuple[Valid | str, ...]] = ()
    INVALID: ClassVar[tuple[Invalid, ...]] = ()

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterable[Problem]:
        """Problems at one call or at one match of the query.

        Args:
            code: the unit.
            found: the first node of each capture by its name; ``call`` for a call.
        """
        del code, found
        return ()

    def check(self, code: Code) -> Iterable[Problem]:
        """Problems of the whole unit, for a check without calls and query."""
        del code
        return ()

    def query_for(self, language: str) -> str:
        """The query for a language id, empty if there is none."""
        return self.query if isinstance(self.query, str) else self.query.get(language, "")

    def applies_to(self, language: str) -> bool:
        """Whether the check looks at texts of this language id."""
        return language in self.languages or self.languages == EVERY_TEXT

    def rule(self) -> Rule:
        """The rule as plain data."""
        return Rule(
            id=self.id,
            summary=self.summary,
            description=self.page,
            severity=self.severity,
            confidence=self.confidence,
            cwe=self.cwe,
            engine="checks",
            languages=self.languages,
            owasp=self.owasp,
            references=self.references,
        )
