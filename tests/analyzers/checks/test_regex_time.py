"""Which patterns take exponential or polynomial time, and that any text can be asked about."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leery_analyzers.checks.regex_time import slow_part
from leery_analyzers.checks.regex_tree import UnsupportedPatternError, parse_pattern

EXPONENTIAL = [
    (r"^(a+)+$", "(a+)+"),
    (r"(a*)*b", "(a*)*"),
    (r"^(\w+\s?)*$", r"(\w+\s?)*"),
    (r"(.*,)*x", "(.*,)*"),
    (r"(a|a)*$", "(a|a)*"),
    (r"(a|aa)+$", "(a|aa)+"),
    (r"(\d+|\w+)*!", r"(\d+|\w+)*"),
    (r"((a+)+b)*", "(a+)+"),
    (r"([a-z]{2,4})+$", "([a-z]{2,4})+"),
    (r"^(([a-z])+.)+[A-Z]([a-z])+$", "(([a-z])+.)+"),
    (r"(?:[^a]|b)*c", "(?:[^a]|b)*"),
    (r"(?P<größe>x+x+)+y", "(?P<größe>x+x+)+"),
    (r"(?i:([a-c]|B)+)$", "([a-c]|B)+"),
    (r"^(['\"]?)([a-z0-9]+-?)+\1$", "([a-z0-9]+-?)+"),
    (r"(!)(a+)+\1", "(a+)+"),
]
POLYNOMIAL = [
    (r"\s*\s*$", r"\s*\s*"),
    (r"\d*\d+x", r"\d*\d+"),
    (r"^\w*[a-z]*!", r"\w*[a-z]*"),
    (r"\s+(x?)\s*$", r"\s+(x?)\s*"),
]
HARMLESS = [
    r"(a+)+",
    r'"(?:[^"\\]|\\.)*"',
    r"([\w-]+\.)*[\w-]+$",
    r"^(\w+\s)*$",
    r"(\d{1,3}\.){3}\d{1,3}$",
    r"^[a-z]+(-[a-z]+)*$",
    r"(foo|bar)+$",
    r"""^(['"])\w+\1$""",
    r"(?:\d{3},)*\d$",
    r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$",
    r"(\w+\b)*$",
    r"^(?:\\$|\\.|[^\\])*$",
    r"/\*([^*]|\*[^/])*\*/",
    r"(größe|länge)*$",
    r"[]a]+]$",
    r"\s+x\s*$",
]
UNREADABLE = [r"(", r"(a+)+(?P=a)$", r"a++b", r"(?>a+)+$", r"(?x) (a +) + $", "[", "\\", "*a", r"((a)\2)+"]


@pytest.mark.parametrize(("pattern", "part"), EXPONENTIAL)
def test_exponential(pattern, part):
    found = slow_part(pattern)
    assert found is not None
    assert (found.growth, pattern[found.start : found.end]) == ("exponential", part)


@pytest.mark.parametrize(("pattern", "part"), POLYNOMIAL)
def test_polynomial(pattern, part):
    found = slow_part(pattern)
    assert found is not None
    assert (found.growth, pattern[found.start : found.end]) == ("polynomial", part)


@pytest.mark.parametrize("pattern", HARMLESS)
def test_harmless(pattern):
    re.compile(pattern)
    assert slow_part(pattern) is None


@pytest.mark.parametrize("pattern", UNREADABLE)
def test_what_cannot_be_read_is_not_judged(pattern):
    with pytest.raises(UnsupportedPatternError):
        parse_pattern(pattern)
    assert slow_part(pattern) is None


def test_case_and_whole_texts_matter():
    assert slow_part("([a-z]|[A-Z])+$") is None
    assert slow_part("([a-z]|[A-Z])+$", ignore_case=True) is not None
    assert slow_part("(a|aa)+") is None
    assert slow_part("(a|aa)+", whole=True) is not None


@given(st.text(st.sampled_from("ab(|)*+?[]{}^$\\dws.,-2:é"), max_size=30))
@example("(" * 100)
@example("(a|b" * 50 + ")*" * 50 + "c")
@example("(" + "|".join("abcdefgh" * 8) + ")*" + "!" * 200)
def test_any_text_is_answered(pattern):
    found = slow_part(pattern)
    assert found is None or 0 <= found.start < found.end <= len(pattern)
