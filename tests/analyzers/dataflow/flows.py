"""What tests of dataflow share: analysing a small file unit by unit."""

import re
from typing import NamedTuple

from leery_analyzers.analyzer import Unit
from leery_analyzers.dataflow.analyzer import DataflowAnalyzer
from leery_analyzers.dataflow.document import FlowDocuments
from leery_analyzers.syntax import parse_text
from leery_analyzers.units import segment

ENGINE = DataflowAnalyzer()
_MARK = re.compile("[«»]")


class Listed(NamedTuple):
    """A unit where it stands."""

    start: int
    key: str
    unit: Unit


def language_of(code):
    """JavaScript, or TypeScript where that is what it takes."""
    return "typescriptreact" if parse_text("javascript", code).root_node.has_error else "javascript"


def document(code, rule=None, language=None):
    """The findings of a whole file in JavaScript or TypeScript."""
    units = segment(code, language or language_of(code))
    flows = FlowDocuments(ENGINE).follow([Listed(unit.start, unit.key, unit) for unit in units])
    assert flows.report.notices == ()
    return [finding for finding in flows.report.findings if rule is None or finding.rule == rule]


def findings(code, rule=None, engine=ENGINE):
    """The findings of a file, with absolute ranges."""
    found = []
    for unit in segment(code, "python"):
        report = engine.analyze(unit)
        assert report.notices == (), report.notices
        found += [finding.shift(unit.start) for finding in report.findings]
    return [finding for finding in found if rule is None or finding.rule == rule]


def marked(code):
    """The code without guillemets, and the place between them."""
    start = code.index("«")
    end = code.index("»") - 1
    return _MARK.sub("", code), start, end
