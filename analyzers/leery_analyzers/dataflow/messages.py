"""What a finding and the steps of its path say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leery_analyzers.dataflow.rules import FlowRule
    from leery_analyzers.dataflow.sinks import Hit
    from leery_analyzers.dataflow.values import Source

_LIMIT = 40


def message(rule: FlowRule, hit: Hit, text: str) -> str:
    """The message of a finding.

    Args:
        rule: its rule.
        hit: what arrived.
        text: the source as written.
    """
    source = hit.taint.source
    if rule.context == "algorithm":
        return f"This is `{source.text}` here. {rule.harm}"
    shown = text if len(text) <= _LIMIT else f"{text[: _LIMIT - 1]}…"
    if source.origin == "constant":
        said = f"is `{source.text}` here" if rule.context == "name" else "holds a constant of the program"
        return f"`{shown}` {said}. {rule.harm}"
    if source.origin == "parameter":
        name = source.text if len(source.text) <= _LIMIT else shown
        return (
            f"Whatever is passed as `{name}` reaches {rule.noun}{_place(hit)}, and nothing here limits it. {rule.harm}"
        )
    if source.origin == "error":
        return f"{source.title.capitalize()} (`{shown}`) is sent to whoever asks. {rule.harm}"
    return f"Data from {source.title} (`{shown}`) reaches {rule.noun}{_place(hit)} unchecked. {rule.harm}"


def source_step(source: Source) -> str:
    """What the first step says."""
    if source.origin == "constant":
        return "is known here"
    if source.origin == "parameter":
        return f"`{source.text}` is {source.title}"
    if source.origin == "error":
        return f"holds {source.title}"
    return f"comes from {source.title} here"


def sink_step(rule: FlowRule, hit: Hit) -> str:
    """What the last step says."""
    return f"reaches {rule.noun}{_place(hit)} here"


def _place(hit: Hit) -> str:
    return f" {hit.place}" if hit.place else ""
