"""The resident engine on ordinary and on awkward code: places, notices, suppressions, turns."""

import asyncio
import os
import stat
import sys
from pathlib import Path

import pytest

from leery_analyzers.analyzer import Unit
from leery_analyzers.model import Report
from leery_analyzers.semgrep import OWN_RULES, SemgrepEngine, load_rules, scan_units
from leery_analyzers.semgrep.languages import language_of
from leery_analyzers.text import TextRange
from leery_analyzers.units import segment

pytestmark = pytest.mark.asyncio(loop_scope="module")


def unit(text, language="python", **more):
    return Unit(language, "function", "f", 0, 0, text, **more)


def texts(report, text):
    return [text[finding.range.start : finding.range.end] for finding in report.findings]


async def one(engine, *arguments, **more):
    (report,) = await engine.analyze([unit(*arguments, **more)])
    return report


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "x = 'é𝒳日'; sink('𝒳日', 1)\n"),
        ("javascript", "let x = 'é𝒳日'; sink('𝒳日', 1)\n"),
        ("javascriptreact", "let x = <b>é𝒳日{sink('𝒳日', 1)}</b>\n"),
        ("typescript", "let x: string = 'é𝒳日'; sink('𝒳日', 1)\n"),
        ("typescriptreact", "let x: any = <b>é𝒳日{sink('𝒳日', 1)}</b>\n"),
        ("java", 'class A { void a() { b("é𝒳日"); sink("𝒳日", 1); } }\n'),
        ("csharp", 'class A { void a() { b("é𝒳日"); sink("𝒳日", 1); } }\n'),
        ("go", 'package a\n\nfunc a() { b("é𝒳日"); sink("𝒳日", 1) }\n'),
    ],
)
async def test_columns_are_code_points_in_every_language(engine, language, text):
    report = await one(engine, text, language)
    assert report.notices == ()
    assert [found.strip(";") for found in texts(report, text)] == [text[text.index("sink") : text.index("1)") + 2]]


async def test_metadata_comes_from_the_rule(engine):
    report = await one(engine, "sink(1)\n")
    (finding,) = report.findings
    assert (finding.rule, finding.range, finding.message) == ("sink-called", TextRange(0, 7), "A sink is called.")
    assert (finding.severity, finding.confidence, finding.cwe) == ("high", "high", ("CWE-95",))
    assert finding.engines == ("semgrep",)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffé = 1\nsink(1)\n",
        "x = 1\rsink(1)\r",
        "# é\rx = 1\r\nsink(1)\r\n",
        "x = 1\n\x0c\nsink(1)\n",
        "x = '\u2028\u0085'; sink(1)\n",
        "x = '\ud800'; sink(1)\n",
        "x = '\0'; sink(1)\n",
        "if 1:\n\tsink(1)",
        "x = [" + "1," * 2_000 + "1]\nsink(1)\n",
    ],
    ids=["bom", "lone-cr", "mixed-ends", "form-feed", "separators", "surrogate", "nul", "tab", "dense"],
)
async def test_places_hold_in_awkward_texts(engine, text):
    report = await one(engine, text)
    assert texts(report, text) == ["sink(1)"]
    assert report == (await scan_units([unit(text)], engine._loaded()))[0]


async def test_minified_code_is_looked_at(engine):
    text = "var a=1;" * 3_000 + "sink(1);"
    report = await one(engine, text, "javascript")
    assert texts(report, text) == ["sink(1)"]


async def test_what_stands_around_the_unit_is_not_reported(engine):
    text = "    def f(self):\n        sink(2)\n"
    report = await one(engine, text, prefix="class A(sink(0)):\n", imports=("import a", "sink(1)"))
    assert texts(report, text) == ["sink(2)"]


async def test_unreadable_code_is_told_with_its_line(engine):
    text = "let a = 1;\nsink(a);\nfunction f( { sink(1) \n"
    report = await one(engine, text, "javascript")
    assert [notice.kind for notice in report.notices] == ["parse"]
    assert "function" not in report.notices[0].message
    assert report == (await scan_units([unit(text, "javascript")], engine._loaded()))[0]


async def test_long_code_is_refused_with_a_notice(engine):
    report = await one(engine, "x = 1\n" * 170_000)
    assert [notice.kind for notice in report.notices] == ["limit"]


async def test_unknown_language_and_empty_text_are_silent(engine):
    assert await engine.analyze([unit("sink(1)", "ruby"), unit("  \n")]) == [Report(), Report()]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("sink(1)  # nosemgrep\n", 0),
        ("sink(1)  # NOSEM\n", 0),
        ("sink(1)  # noqa: S1  # nosemgrep: other, sink-called\n", 0),
        ("sink(1)  # nosemgrep: rules.mine.sink-called\n", 0),
        ("# nosemgrep: sink-called\nsink(1)\n", 0),
        ("sink(1)  # nosemgrep: other\n", 1),
        ("x = 1  # nosemgrep\nsink(1)\n", 1),
        ("sink('# nosemgrep')\n", 1),
        ("nosemgrep = sink(1)\n", 1),
        ("sink(\n    1,  # nosemgrep\n)\n", 1),
    ],
)
async def test_nosemgrep(engine, text, count):
    assert len((await one(engine, text)).findings) == count
    assert len((await scan_units([unit(text)], engine._loaded()))[0].findings) == count


async def test_nosemgrep_in_another_comment_style(engine):
    assert (await one(engine, "sink(1); // nosemgrep: sink-called\n", "javascript")).findings == ()
    assert (await one(engine, "sink(1); /* nosemgrep */\n", "typescript")).findings == ()


async def test_fifty_scans_in_a_row_equal_a_cold_run(pack_engine):
    units = []
    for path in sorted(OWN_RULES.iterdir()):
        if (language := language_of(path)) is not None:
            units += segment(path.read_text("utf-8"), language)
    units = units[::2][:50]
    assert len(units) == 50
    resident = [(await pack_engine.analyze([item]))[0] for item in units]
    assert resident == await scan_units(units, jobs=2)
    assert sum(len(report.findings) for report in resident) > 10


async def test_a_unit_that_no_rule_can_match_needs_no_scan(engine):
    await engine._weighing
    scans = engine._process.scans
    assert await one(engine, "nothing(1)\n") == Report()
    assert engine._process.scans == scans
    assert await one(engine, "nothing(1)  # not a sink\n") == Report()
    assert engine._process.scans > scans


async def test_calls_take_turns_and_keep_their_answers(engine):
    many = [unit(f"x = {number}\nsink({number})\n") for number in range(12)]
    long = asyncio.create_task(engine.analyze(many))
    await asyncio.sleep(0)
    short = await engine.analyze([unit("nothing(1)\n"), unit("y = 0; sink(99)\n")])
    assert [texts(report, "y = 0; sink(99)\n") for report in short] == [[], ["sink(99)"]]
    assert not long.done()
    reports = await long
    assert [texts(report, item.text) for report, item in zip(reports, many, strict=True)] == [
        [f"sink({number})"] for number in range(12)
    ]


async def test_a_cancelled_call_does_no_harm(engine):
    pid = engine.pid
    call = asyncio.create_task(engine.analyze([unit(f"sink({number})\n") for number in range(30)]))
    await asyncio.sleep(0.02)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert texts(await one(engine, "z = 1; sink(z)\n"), "z = 1; sink(z)\n") == ["sink(z)"]
    assert engine.pid == pid


async def test_no_slice_stays_on_the_disk(engine):
    await one(engine, "sink(1)\n")
    assert list(engine._room.path.rglob("s*.py")) == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_the_process_sees_nothing_of_the_user(monkeypatch, sinks):
    monkeypatch.setenv("SEMGREP_APP_TOKEN", "secret-token")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    running = SemgrepEngine([sinks], own_rules=False)
    await running.start()
    process = Path("/proc", str(running.pid))
    environment = process.joinpath("environ").read_bytes()
    assert b"SEMGREP_SEND_METRICS=off" in environment
    assert b"secret-token" not in environment
    assert b"PYTHONPATH" not in environment
    assert os.environ["HOME"].encode() + b"\0" not in environment
    assert process.joinpath("cwd").resolve().is_relative_to(running._room.path)
    assert stat.S_IMODE(running._room.path.stat().st_mode) == 0o700
    await running.close()


async def test_rules_are_those_that_were_loaded(engine, pack_engine):
    assert [rule.id for rule in engine.rules()] == ["sink-called"]
    assert pack_engine.rules() == load_rules().rules()
    assert pack_engine.version != engine.version
