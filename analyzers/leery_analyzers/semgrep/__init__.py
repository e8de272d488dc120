"""The semgrep tier: a resident process for single units, direct calls for many, and rules from files.

Everything here speaks of semgrep, the program; nothing imports its Python package, which need not be installed.
"""

from leery_analyzers.semgrep.batch import scan_files, scan_units
from leery_analyzers.semgrep.binary import find_core
from leery_analyzers.semgrep.engine import EngineLimits, EngineState, SemgrepEngine
from leery_analyzers.semgrep.pack import OWN_RULES, RuleSet, SemgrepRule, load_rules

__all__ = [
    "OWN_RULES",
    "EngineLimits",
    "EngineState",
    "RuleSet",
    "SemgrepEngine",
    "SemgrepRule",
    "find_core",
    "load_rules",
    "scan_files",
    "scan_units",
]
