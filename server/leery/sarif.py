"""What every SARIF 2.1.0 log of Leery has in common (OASIS standard, plus errata 01): the driver and its rules.

The tags and the `security-severity` of a rule are those that code hosting sites read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import leery
from leery.cwe import cwe_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery_analyzers.model import Level, Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HOME = "https://github.com/leery/leery"
BASE = "SRCROOT"
"""The name of the folder that files are named relative to."""
LEVELS: dict[Level, str] = {"high": "error", "medium": "warning", "low": "note"}
_SCORES: dict[Level, str] = {"high": "8.0", "medium": "5.5", "low": "2.5"}  # within the bands of CVSS 3.1's ratings
_PRECISION: dict[Level, str] = {"high": "high", "medium": "medium", "low": "low"}


def driver(rules: Iterable[Rule]) -> dict[str, Any]:
    """The tool, with the rules in the order in which results number them."""
    return {
        "name": "Leery",
        "version": leery.__version__,
        "semanticVersion": leery.__version__,
        "informationUri": HOME,
        "rules": [_descriptor(rule) for rule in rules],
    }


def _descriptor(rule: Rule) -> dict[str, Any]:
    tags = ["security", *(f"external/cwe/{cwe.lower()}" for cwe in rule.cwe), *rule.owasp]
    descriptor: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.description or rule.summary, "markdown": _help(rule)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "cwe": list(rule.cwe),
            "tags": list(dict.fromkeys(tags)),
            "engine": rule.engine,
            "precision": _PRECISION[rule.confidence],
            "security-severity": _SCORES[rule.severity],
        },
    }
    if rule.cwe:
        descriptor["helpUri"] = cwe_url(rule.cwe[0])
    return descriptor


def _help(rule: Rule) -> str:
    links = [f"- [{cwe}]({cwe_url(cwe)})" for cwe in rule.cwe] + [f"- <{address}>" for address in rule.references]
    return "\n\n".join(part for part in (rule.description or rule.summary, "\n".join(links)) if part)
