"""What a reviewer sees of the small log, and what the page lets happen."""

import re

import pytest
from tests.server.log.story import STORY, write

ROWS = ["src/a.py:2-6", "src/b.py:5-9", "web/c.js:1-5", "src/a.py:1-10"]


def table(page, section):
    """The texts of a section's first table, row by row."""
    rows = page.locator(f"#{section} table").first.locator("tbody tr")
    return [[" ".join(cell.split()) for cell in row.locator("td").all_inner_texts()] for row in rows.all()]


def test_the_figures(report, opened):
    page = opened(report).page
    tiles = [" ".join(text.split()) for text in page.locator(".tile").all_inner_texts()]
    assert tiles[0] == "80 % of the lines are from assistants 20 lines in 3 blocks"
    assert tiles[1] == "3 open findings 2 1 0"
    assert tiles[2] == "4 blocks without review 2 of them with open findings"
    assert tiles[3] == "1 places got worse when rewritten 1 of them still are"
    assert tiles[4].endswith("2 hold")
    assert tiles[5] == "2 gaps in the record the last on 2026-03-11"
    assert table(page, "origins") == [
        ["claude-code", "sonnet", "2", "15", "60 %", "100 %", "2", "0 %"],
        ["copilot", "not told", "1", "5", "20 %", "100 %", "1", "0 %"],
        ["All from assistants", "", "3", "20", "80 %", "100 %", "3", "0 %"],
    ]
    assert table(page, "findings") == [
        ["SQL injection CWE-89", "A05", "", "1", "", "", "1", "2026-03-09"],
        ["Eval injection CWE-95", "A05", "LLM05", "1", "", "", "1", "2026-03-09"],
        ["Weak hash CWE-328", "A04", "", "", "1", "", "1", "2026-03-04"],
    ]
    assert table(page, "rewrites") == [["src/a.py", "02", "claude-code sonnet", "2026-03-09", "2"]]
    assert table(page, "gaps")[1] == [
        "2026-03-10",
        "the client was off",
        "src/b.py",
        "2026-03-09 10:30",
        "2026-03-10 10:00",
        "3",
    ]


def test_the_log_holds(report, opened):
    page = opened(report).page
    assert page.inner_text("#integrity h2") == "The log holds"
    text = page.inner_text("#integrity")
    assert "All 20 entries were recomputed and agree with 1 signed checkpoint." in text
    assert "No checkpoint was kept elsewhere" in text
    page.click("#integrity .proof summary")
    assert "the signed head" in page.inner_text("#integrity .proof")


def test_nothing_is_asked_of_a_network_and_nothing_is_refused(report, opened):
    shown = opened(report)
    shown.page.locator(".row").first.click()
    assert shown.asked == [report.as_uri()]
    assert shown.said == []


def test_the_policy_lets_no_other_script_run_and_nothing_be_fetched(report, opened):
    page = opened(report).page
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            try { script.textContent = 'window.ran = true'; } catch { /* Trusted Types */ }
            document.body.append(script);
            try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran = true">'); } catch { }
        }"""
    )
    fetched = page.evaluate("() => fetch('data:text/plain,x').then(() => 'fetched', () => 'refused')")
    assert (page.evaluate("window.ran"), page.locator("img").count(), fetched) == (None, 0, "refused")


def test_the_blocks_and_their_order(report, opened):
    shown = opened(report)
    assert shown.rows() == ROWS
    assert shown.count() == "4"
    for order, rows in (
        ("newest", [0, 2, 1, 3]),
        ("oldest", [3, 1, 2, 0]),
        ("path", [3, 0, 1, 2]),
    ):
        shown.page.select_option("#order", order)
        assert shown.rows() == [ROWS[row] for row in rows], order


@pytest.mark.parametrize(
    ("field", "value", "rows"),
    [
        ("open", "open", [0, 1]),
        ("open", "high", [0]),
        ("open", "medium", [1]),
        ("open", "low", []),
        ("open", "ever", [0, 1, 2, 3]),
        ("open", "never", []),
        ("open", "worse", [0]),
        ("weakness", "CWE-89", [0, 3]),
        ("weakness", "CWE-400", [2]),
        ("assistant", "claude-code", [0, 3]),
        ("assistant", "paste, not named", [2]),
        ("model", "sonnet", [0, 3]),
        ("kind", "completion", [1]),
        ("state", "lapsed", [3]),
        ("state", "unreviewed", [0, 1, 2]),
        ("state", "waiting", [0, 1, 2, 3]),
    ],
)
def test_a_filter(report, opened, field, value, rows):
    shown = opened(report)
    shown.page.select_option(f"#{field}", value)
    assert shown.rows() == [ROWS[row] for row in rows]
    assert shown.count() == (f"{len(rows)} of 4" if len(rows) < 4 else "4")


@pytest.mark.parametrize(
    ("text", "rows"),
    [("A.PY", [0, 3]), ("cwe-95", [0]), ("llm05", [0]), ("b1", [1]), ("src sonnet", [0, 3]), ("nothing", [])],
)
def test_search(report, opened, text, rows):
    shown = opened(report)
    shown.page.fill("#search", text)
    shown.page.wait_for_function(
        "count => document.getElementById('count').textContent === count", arg=f"{len(rows)} of 4"
    )
    assert shown.rows() == [ROWS[row] for row in rows]


def test_search_in_code_and_prompts(report, opened):
    shown = opened(report)
    shown.page.fill("#search", "write a")
    shown.page.wait_for_function("() => document.getElementById('count').textContent === '0 of 4'")
    shown.page.check("#in-texts")
    assert shown.rows() == ["src/a.py:1-10"]


def test_from_and_until_a_day(report, opened):
    shown = opened(report)
    shown.page.fill("#since", "2026-03-04")
    assert shown.rows() == ROWS[:3]
    shown.page.fill("#until", "2026-03-04")
    assert shown.rows() == ["src/b.py:5-9"]
    shown.page.click("#clear")
    shown.page.wait_for_function("() => document.getElementById('count').textContent === '4'")


def test_a_block_in_full(report, opened):
    page = opened(report).page
    page.locator(".row").nth(3).click()
    detail = page.locator("#detail")
    assert detail.locator("h3").inner_text() == "src/a.py:1-10"
    facts = dict(zip(detail.locator("dt").all_inner_texts(), detail.locator("dd").all_inner_texts(), strict=True))
    assert facts["Origin"] == "agent · claude-code · sonnet"
    assert facts["Evidence"] == "reported: the assistant said so"
    assert (facts["Session"], facts["Prompt reference"], facts["Review"]) == ("s1", "t1", "lapsed")
    code = detail.locator(".code").first
    assert code.locator(".place").all_inner_texts() == [str(number) for number in range(1, 11)]
    assert code.locator(".content").all_inner_texts() == [f"line {number}" for number in range(1, 11)]
    assert code.locator(".found.high .content").all_inner_texts() == ["line 3"]
    assert detail.locator(".code").nth(1).inner_text().strip() == "write a"
    assert detail.locator(".history b").all_inner_texts() == [
        "Inserted",
        "Found: sql-injection",
        "Fix applied: sql-injection",
        "Closed: sql-injection",
        "Approved",
        "The review lapsed",
    ]
    assert "fine · Ana <ana@example.org>" in detail.locator(".history").inner_text()


def test_a_prompt_that_was_not_kept(workspaces, opened):
    made = workspaces("discreet")
    write(made.database, STORY[:1], prompts=False)
    page = opened(made.report()).page
    page.locator(".row").click()
    assert "It was not kept: the log holds a commitment to it only." in page.inner_text("#detail")


def test_from_a_block_to_its_rewrite_and_back(report, opened):
    page = opened(report).page
    page.locator(".row").first.click()
    page.click("#detail .related button")
    assert page.inner_text("#detail h3") == "src/a.py:1-10"
    assert page.inner_text("#detail .related").startswith("Rewritten by")
    page.click("#detail .related button")
    assert page.inner_text("#detail h3") == "src/a.py:2-6"


def test_the_keyboard(report, opened):
    shown = opened(report)
    shown.page.focus("#list")
    for key, row in (("ArrowDown", 0), ("ArrowDown", 1), ("End", 3), ("ArrowUp", 2), ("Home", 0)):
        shown.page.keyboard.press(key)
        assert shown.page.inner_text("#detail h3") == ROWS[row], key
        assert shown.page.get_attribute("#list", "aria-activedescendant") == f"row-{row}"


def test_from_a_figure_to_its_blocks(report, opened):
    shown = opened(report)
    shown.page.click("#findings button:text-is('SQL injection')")
    assert shown.rows() == ["src/a.py:2-6"]
    shown.page.click("#origins button:text-is('copilot')")
    assert shown.rows() == ["src/b.py:5-9"]
    shown.page.click("#reviews button:has-text('c.js')")
    assert shown.rows() == ["web/c.js:1-5"]
    shown.page.click("#rewrites button:has-text('a.py')")
    assert shown.page.inner_text("#detail h3") == "src/a.py:2-6"


def test_light_and_dark(report, opened):
    paper = "() => getComputedStyle(document.body).backgroundColor"
    light, dark = opened(report, color_scheme="light").page, opened(report, color_scheme="dark").page
    colours = [light.evaluate(paper), dark.evaluate(paper)]
    assert colours == ["rgb(251, 250, 248)", "rgb(21, 23, 27)"]
    light.click("#theme")
    dark.click("#theme")
    assert [dark.evaluate(paper), light.evaluate(paper)] == colours


def test_on_paper(report, opened):
    page = opened(report, color_scheme="dark").page
    page.select_option("#open", "open")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert (page.is_visible("#explorer"), page.is_visible("#filters"), page.is_visible(".top")) == (False, False, False)
    rows = page.locator("#printed tbody tr")
    assert [" ".join(text.split()) for text in rows.all_inner_texts()] == [
        "src/a.py:2-6 agent · claude-code · sonnet 2026-03-09 2 high unreviewed",
        "src/b.py:5-9 completion · copilot 2026-03-04 1 medium unreviewed",
    ]
    assert page.pdf()[:5] == b"%PDF-"


def test_without_scripts_the_figures_are_there(report, opened):
    page = opened(report, java_script_enabled=False).page
    assert page.locator(".tile").first.inner_text().startswith("80 %")
    assert page.is_visible("noscript p")
    assert not page.is_visible("#explorer")


def test_without_texts_none_is_in_the_page(small, opened):
    page = small.report("--without-text")
    written = page.read_text(encoding="utf-8")
    assert [
        word for word in ("line 3", "sql-injection here", "internal only", "ana@example.org") if word in written
    ] == []
    shown = opened(page)
    shown.page.locator(".row").first.click()
    assert "There is no code." in shown.page.inner_text("#detail")
    assert shown.page.locator("#in-texts").count() == 0
    assert shown.said == []


def test_the_drawings_say_the_same_as_their_tables(report, opened):
    page = opened(report).page
    titles = page.locator("#origins .chart rect title").all_text_contents()
    assert titles == [
        "02 Mar 2026: claude-code, 10",
        "04 Mar 2026: copilot, 5",
        "09 Mar 2026: claude-code, 5",
    ]
    cells = page.locator("#findings .as-table tbody tr").all_text_contents()
    assert [re.sub(r"\s+", " ", text) for text in cells[:4:2]] == ["02 Mar 202611", "04 Mar 202610"]
