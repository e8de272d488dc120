"""What Leery judges wrongly of its corpus is what ``known.toml`` lists, with a reason for each, and nothing else.

Not collected by its name, because every new rule changes the answer: ``pytest tests/accuracy/known_check.py``.
``make accuracy ACCEPT=1`` writes the list anew; a case that is new on it needs a reason.
"""

import pytest
from benchmarks.accuracy_cases import load
from benchmarks.accuracy_known import SECTIONS, measured
from benchmarks.accuracy_known import load as known


@pytest.fixture(scope="module")
def now():
    return measured(load())


@pytest.mark.parametrize("section", SECTIONS)
def test_nothing_is_judged_wrongly_that_was_right(now, section):
    assert sorted(now[section] - known()[section].keys()) == []


@pytest.mark.parametrize("section", SECTIONS)
def test_the_list_holds_nothing_that_is_right_by_now(now, section):
    assert sorted(known()[section].keys() - now[section]) == []


@pytest.mark.parametrize("section", SECTIONS)
def test_every_entry_has_a_reason(section):
    assert [name for name, reason in known()[section].items() if not reason.strip()] == []
