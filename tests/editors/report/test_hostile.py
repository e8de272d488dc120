"""What strangers put into a log is text in the page, wherever it stands: nothing of it runs, hides or is fetched."""

import sqlite3

import pytest
from tests.server.log.story import at, write

from leery.log.body import FindingOpened, Gap, Insertion, LoggedOrigin, Review, Suppression
from leery.log.entry import KEPT_BYTES

RUN = "window.ran=true"
MARKUP = f"</script><script>{RUN}</script><img src=x onerror={RUN}><svg onload={RUN}>--><!--<script>\"'><b>"
ESCAPES = "\x1b]0;title\x07\x1b[2J\x9b31m\x00\r"
HIDDEN = "a\u202eb\u2066c\u200bd\ufeffe\u2028f\udc80g"
EVIL = MARKUP + ESCAPES + HIDDEN
LONG = "x" * (KEPT_BYTES - 100)
UNSEEN = r"text => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text.replace(/[\n\t]/g, ''))"


def name(number):
    return f"{number}/{EVIL}"


ORIGIN = LoggedOrigin(kind=EVIL, evidence=EVIL, assistant="other", model=EVIL, session=EVIL, prompt=EVIL)
AGENT = LoggedOrigin(kind="agent", evidence="reported", assistant=EVIL, model=EVIL)
ONE = "one" + EVIL


def inserted(block, file, origin, last, code, **more):
    return Insertion(file=file, block=block, origin=origin, language=EVIL, lines=((1, last),), code=code, **more)


def found(fingerprint, rule, word, file, line, block, message):
    return FindingOpened(
        fingerprint=fingerprint, rule=rule, cwe=(word,), engines=(word,), severity=word, confidence=word, file=file,
        line=line, block=block, versions={word: word}, message=message,
    )  # fmt: skip


STORY = [
    (at(1), inserted(ONE, name(1), AGENT, 2, EVIL, prompt=EVIL)),
    (at(1, 1), found(EVIL, EVIL, EVIL, name(1), 1, ONE, EVIL)),
    (at(1, 2), Review(file=name(1), block=ONE, decision=EVIL, note=EVIL, by=EVIL)),
    (at(1, 3), Suppression(fingerprint=EVIL, rule=EVIL, file=name(1), expires="2026-01-01", reason=EVIL, by=EVIL)),
    (at(1, 4), Gap(what=EVIL, file=name(1), since=EVIL, until=EVIL, detail=EVIL)),
    (at(2), inserted("long", "long.py", ORIGIN, 1, LONG, prompt=LONG)),
    (at(3), inserted("many", "many.py", AGENT, 100_000, "a\n" * 50_000, replaces=(ONE,))),
    (at(3, 1), found("constructor", "toString", "constructor", "many.py", 3, "many", LONG)),
]


@pytest.fixture(scope="module")
def hostile(workspaces):
    made = workspaces("evil<script>")
    write(made.database, STORY)
    return made.report()


def test_nothing_of_it_runs_or_becomes_an_element(hostile, opened):
    shown = opened(hostile)
    page = shown.page
    for row in range(page.locator(".row").count()):
        page.locator(".row").nth(row).click()
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("window.ran") is None
    assert [tag for tag in ("img", "svg[onload]", "iframe", "script[src]") if page.locator(tag).count()] == []
    scripts = "() => [...document.scripts].filter((script) => !script.type).length"
    assert page.evaluate(scripts) == 1
    assert shown.said == []
    assert shown.asked == [hostile.as_uri()]


def test_what_hides_is_shown_by_its_code_point(hostile, opened):
    page = opened(hostile).page
    page.locator(".row", has_text="1/").click()
    text = page.evaluate("() => document.body.innerText")
    assert page.evaluate(UNSEEN, text) is False
    for place in (
        "#detail .code",
        "#detail .history",
        "#detail h3",
        "#suppressions table",
        "#gaps table",
        ".row[aria-selected=true] .where",
    ):
        marks = page.locator(place).first.locator(".hidden-char").all_inner_texts()
        assert [mark for mark in ("U+001B", "U+0000", "U+202E", "U+2066", "U+200B") if mark not in marks] == [], place


def test_markup_in_code_is_code(hostile, opened):
    page = opened(hostile).page
    page.locator(".row", has_text="1/").click()
    assert page.locator("#detail .code .content").first.inner_text().startswith(MARKUP)


def test_a_line_of_a_megabyte_is_cut_and_says_so(hostile, opened):
    page = opened(hostile).page
    page.locator(".row", has_text="long.py").click()
    code = page.locator("#detail .code").first
    assert len(code.locator(".content").inner_text()) < 2_000
    assert code.locator(".cut").inner_text() == "… 99,000 more characters"
    assert code.locator(".note").inner_text() == "The page holds the first 100,000 of 1,048,476 characters."


def test_many_lines_come_piece_by_piece(hostile, opened):
    page = opened(hostile).page
    page.locator(".row", has_text="many.py").click()
    code = page.locator("#detail .code").first
    assert code.locator(".line").count() == 400
    code.locator(".more-lines").click()
    assert code.locator(".line").count() == 800
    assert code.locator(".place").last.inner_text() == "800"


def test_filters_hold_hostile_names(hostile, opened):
    shown = opened(hostile)
    shown.page.locator("#origins button.link").first.click()
    assert len(shown.rows()) == 2
    shown.page.locator("#findings button.link").last.click()
    assert len(shown.rows()) == 1


def test_a_log_that_was_changed_is_told_so(workspaces, opened):
    made = workspaces("changed")
    write(made.database)
    connection = sqlite3.connect(made.database)
    connection.execute("DROP TRIGGER entries_are_final")
    connection.execute("UPDATE entries SET leaf = replace(leaf, 'src/b.py', 'src/z.py') WHERE idx = 6")
    connection.commit()
    connection.close()
    page = opened(made.report(code=1)).page
    assert page.inner_text("#integrity h2") == "The log does not hold"
    assert "entry 6: it is not the one whose hash the tree keeps" in page.inner_text("#integrity")


def test_a_log_that_can_be_read_in_part_is_shown_in_part(workspaces, opened):
    made = workspaces("damaged")
    write(made.database)
    connection = sqlite3.connect(made.database)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    for (index,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql NOT NULL"
    ).fetchall():
        connection.execute(f"DROP INDEX {index}")
    connection.execute("UPDATE entries SET leaf = 'nonsense' WHERE idx = 9")
    connection.commit()
    connection.close()
    page = opened(made.report(code=1)).page
    assert "The log could be read in part only: 9 entries, then:" in page.inner_text("#integrity")
    assert page.locator(".row").count() == 3
