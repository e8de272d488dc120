"""Bandit's tests that tell of a module, a call or a word and not of a defect; Leery asks better questions there.

They make up most of what bandit says about good code. Each is here because another engine looks at the same class with
more knowledge: where data comes from, what a value is for, or what the text really is.
"""

from __future__ import annotations

HINTS: frozenset[str] = frozenset({
    "B101",  # any assert; an assert that guards access is a check of ours
    "B103",  # any mode that lets others execute; ours looks at who may write
    "B104",  # any text that reads 0.0.0.0; ours looks at what is bound
    "B105", "B106", "B107",  # any text near the word password; ours tells secrets from placeholders
    "B108",  # any text that starts with /tmp; ours looks at what is opened
    "B110", "B112",  # any handler that goes on; ours looks at what is let through
    "B113",  # any request without a timeout of its own; ours knows sessions and other clients
    "B303", "B324",  # any call of a broken digest, also in tables of what exists; ours looks at what it is for
    "B310",  # any opened address; dataflow knows whose address it is
    "B311",  # any use of `random`; ours looks at what the value is for
    "B313", "B314", "B315", "B316", "B317", "B318", "B319",  # any XML parser, whatever its configuration
    "B402", "B403", "B404", "B405", "B406", "B407", "B408", "B409", "B411", "B413",  # any import of a module
    "B701",  # any environment that is not told to escape in so many words; ours follows what it is told
    "B603", "B606", "B607",  # any process that starts without a shell, or by its name
})  # fmt: skip
"""By bandit's number."""

DOUBTED: frozenset[str] = frozenset({"B308", "B610", "B703", "B704"})
"""By bandit's number: any text that is marked as safe, whosever it is; any method that is called `extra`. Of little
weight where dataflow says nothing."""
