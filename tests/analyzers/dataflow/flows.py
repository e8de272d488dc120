"""What tests of dataflow share: analysing a small file unit by unit."""

import re

from leery_analyzers.dataflow.analyzer import DataflowAnalyzer
from leery_analyzers.units import segment

ENGINE = DataflowAnalyzer()
_MARK = re.compile("[«»]")


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
