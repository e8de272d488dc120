"""Which units no rule can match, known before semgrep is asked.

Semgrep derives from every rule which words and texts a file must hold for the rule to match, and skips a rule whose
condition a file does not meet (it prints these conditions with ``-prefilter_of_rules``). Most units meet none, so that
asking costs more than the search itself. The same conditions are weighed here, never more strictly than semgrep does:
whatever is not understood counts as met. Must not run a process.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, final

from leery_analyzers.semgrep.languages import LANGUAGES
from leery_analyzers.semgrep.pack import OWN_RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.semgrep.pack import RuleSet, SemgrepRule
    from leery_analyzers.semgrep.slices import Slice

    Condition = Callable[[str], bool]

MAX_CHARACTERS = 10_000
"""Longer texts are not weighed: backtracking in one of them could hold up an event loop."""


@final
class Prefilter:
    """The conditions of a set of rules.

    Args:
        rules: the rules.
        conditions: what semgrep prints, by rule; a rule that is missing may match everything.
    """

    def __init__(self, rules: RuleSet, conditions: Mapping[str, Any]) -> None:
        by_rule = {name: _condition(item, conditions.get(name)) for name, item in rules.by_id.items()}
        self._by_language: dict[str, tuple[Condition, ...]] = {
            language: tuple(
                by_rule[name]
                for name, item in rules.by_id.items()
                if item.textual or not item.rule.languages or language in item.rule.languages
            )
            for language in LANGUAGES
        }

    def may_match(self, piece: Slice) -> bool:
        """Whether semgrep is to be asked; when not, it would find nothing and say nothing."""
        text = piece.text
        return len(text) > MAX_CHARACTERS or any(is_met(text) for is_met in self._by_language[piece.language])


def _condition(item: SemgrepRule, printed: Any) -> Condition:
    """A rule's condition. Only our own rules' expressions are tried: another engine may read the users' otherwise."""
    if item.textual or not (isinstance(printed, list) and len(printed) == 2 and printed[0] == "Some"):
        return _always
    return _formula(printed[1], own=item.source.parent == OWN_RULES)


def _formula(node: Any, *, own: bool) -> Condition:
    """A node is ``["And" | "Or", [node, …]]`` or ``["Pred", ["Idents", [word, …]] | ["Regexp", text]]``."""
    match node:
        case ["And", list(parts)]:
            conditions = _parts(parts, own=own)
            return lambda text: all(is_met(text) for is_met in conditions)
        case ["Or", list(parts)]:
            conditions = _parts(parts, own=own)
            return lambda text: any(is_met(text) for is_met in conditions)
        case ["Pred", ["Idents", list(words)]] if all(isinstance(word, str) for word in words):
            return lambda text: all(word in text for word in words)
        case ["Pred", ["Regexp", str(expression)]] if own:
            return _expression(expression)
    return _always


def _parts(parts: list[Any], *, own: bool) -> list[Condition]:
    """Each part once; expressions last, since words are found faster."""
    different = {repr(part): part for part in parts}
    return [_formula(different[key], own=own) for key in sorted(different, key=lambda key: ("Regexp" in key, len(key)))]


def _expression(expression: str) -> Condition:
    try:
        found = re.compile(expression, re.ASCII).search  # PCRE's classes are ASCII too
    except re.error:
        return _always
    return lambda text: found(text) is not None


def _always(_text: str) -> bool:
    return True
