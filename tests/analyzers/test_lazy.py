import importlib
import pkgutil
import re

import pytest

import leery_analyzers
from leery_analyzers.lazy import _Regex, lazy_regex


def test_it_is_the_pattern_that_was_asked_for():
    regex = lazy_regex(r"(?P<name>gr\w+) SS", re.IGNORECASE)
    assert regex.pattern == r"(?P<name>gr\w+) SS"
    for _ in range(2):  # the second time by the pattern's own methods
        assert regex.search("die Größe ss")["name"] == "Größe"
        assert regex.sub("x", "größe ss, GRÖSSE ss") == "x, x"
        assert regex.match("die Größe ss") is None
        assert dict(regex.groupindex) == {"name": 1}


def test_one_that_is_not_valid_is_told_when_it_is_used():
    regex = lazy_regex("(")
    with pytest.raises(re.error, match="missing \\)"):
        regex.search("")


def test_each_of_ours_is_valid():
    seen = []
    for module in pkgutil.walk_packages(leery_analyzers.__path__, "leery_analyzers."):
        if ".semgrep_rules" in module.name or ".bandit." in module.name:  # the one is not ours to run, the other warns
            continue
        for value in vars(importlib.import_module(module.name)).values():
            held = vars(value).values() if hasattr(value, "__dict__") and not isinstance(value, _Regex) else (value,)
            seen += [one.search("ä") for one in held if isinstance(one, _Regex)]
    assert len(seen) > 100
