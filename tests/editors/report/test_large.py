"""50,000 blocks in the page: only the rows in sight exist, and filters, scrolling and chunks give the right ones."""

from datetime import datetime, timedelta, timezone
from itertools import islice

import pytest

from leery.log.body import FindingOpened, Insertion, LoggedOrigin
from leery.log.database import LogDatabase
from leery.log.entry import Entry, format_time, new_id, seal

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

BLOCKS = 50_000
ASSISTANTS = ("claude-code", "codex", "copilot", "cursor")
FLAWS = (("sql-injection", "CWE-89", "high"), ("weak-digest", "CWE-328", "medium"), ("log-injection", "CWE-117", "low"))
BATCH = 5_000


def story():
    """Blocks, of which each ninth has a finding."""
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    for number in range(BLOCKS):
        time = format_time(start + timedelta(minutes=5 * number))
        file = f"src/part{number % 70}/module{number % 1_300}.py"
        origin = LoggedOrigin(kind="agent", evidence="reported", assistant=ASSISTANTS[number % 4])
        lines = 1 + number % 17
        code = "".join(f"value_{number} = {line}\n" for line in range(lines))
        yield time, Insertion(file=file, block=f"b{number}", origin=origin, lines=((3, 2 + lines),), code=code)
        if number % 9 == 0:
            rule, cwe, level = FLAWS[number // 9 % 3]
            yield time, FindingOpened(
                fingerprint=f"f{number}", rule=rule, cwe=(cwe,), engines=("checks",), severity=level, confidence="high",
                file=file, line=3, block=f"b{number}", message=rule,
            )  # fmt: skip


@pytest.fixture(scope="module")
def shown(workspaces, browser):
    made = workspaces("large")
    log, run, entries = LogDatabase(made.database, new_id()), new_id(), story()
    while batch := list(islice(entries, BATCH)):
        log.append([seal(Entry(new_id(), run, time, body)) for time, body in batch])
    log.close()
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(120_000)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(made.report().as_uri(), timeout=120_000)
    yield page
    assert errors == []
    page.close()


def test_few_rows_exist_and_scrolling_brings_the_others(shown):
    assert shown.inner_text("#count") == "50,000"
    assert 10 < shown.locator(".row").count() < 40
    shown.evaluate("() => { list.scrollTop = list.scrollHeight / 2; }")
    shown.wait_for_function("() => Number(document.querySelector('.row').dataset.at) > 20000")
    places = shown.evaluate("() => [...document.querySelectorAll('.row')].map((row) => Number(row.dataset.at))")
    assert 10 < len(places) < 40
    assert sorted(places) == list(range(min(places), max(places) + 1))


@pytest.mark.parametrize(("place", "assistant"), list(enumerate(ASSISTANTS)))
def test_a_filter_finds_what_the_log_holds(shown, place, assistant):
    shown.click("#clear")
    shown.select_option("#weakness", "CWE-89")
    shown.select_option("#assistant", assistant)
    wanted = [number for number in range(0, BLOCKS, 27) if number % 4 == place]
    assert shown.inner_text("#count") == f"{len(wanted)} of 50,000"
    assert shown.evaluate("() => rows.map((row) => columns.id[row])") == [f"b{number}" for number in reversed(wanted)]


def test_search(shown):
    shown.click("#clear")
    shown.fill("#search", "part7/ weak-digest")
    shown.wait_for_function("() => document.getElementById('count').textContent.endsWith(' of 50,000')")
    wanted = [number for number in range(9, BLOCKS, 27) if number % 70 == 7]
    assert shown.evaluate("() => rows.map((row) => columns.id[row])") == [f"b{number}" for number in reversed(wanted)]


@pytest.mark.parametrize("place", [0, 12_345, 49_999])
def test_each_row_has_its_own_details(shown, place):
    shown.click("#clear")
    shown.evaluate("place => choose(place)", place)
    block = shown.evaluate("place => columns.id[rows[place]]", place)
    number = int(block[1:])
    code = shown.locator("#detail .code").first.locator(".content").all_inner_texts()
    assert code == [f"value_{number} = {line}" for line in range(1 + number % 17)]
    assert shown.get_attribute("#list", "aria-activedescendant") == f"row-{place}"


def test_the_most_urgent_come_first(shown):
    shown.click("#clear")
    first = shown.evaluate("() => rows.slice(0, 6000).map((row) => openCounts(row).join())")
    counts = [len(range(start, BLOCKS, 27)) for start in (0, 9, 18)]
    expected = ["1,0,0"] * counts[0] + ["0,1,0"] * counts[1] + ["0,0,1"] * counts[2]
    assert first == expected + ["0,0,0"] * (6_000 - len(expected))
