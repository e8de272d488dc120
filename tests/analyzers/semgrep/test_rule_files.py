"""The user's rule files: what is read, what is refused, and that one bad file silences no other."""

import json
import os
import sys
from pathlib import Path

import pytest

from leery_analyzers.analyzer import Unit
from leery_analyzers.semgrep import SemgrepEngine, load_rules
from leery_analyzers.semgrep.pack import fingerprint
from leery_analyzers.text import TextEdit

GOOD = """
rules:
  - id: {id}
    languages: [python]
    severity: WARNING
    message: {id} found
    pattern: {id}(...)
"""

# Each name stands for nine of the one before.
BOMB = "".join(
    f"{name}: &{name} [{', '.join([old] * 9)}]\n"
    for old, name in zip(["1", "*a", "*b", "*c", "*d", "*e"], "abcdef", strict=True)
)
BOMB += "rules: [*f]\n"


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def load(folder):
    return load_rules([folder], own=False)


def unit(text):
    return Unit("python", "function", "f", 0, 0, text)


async def test_broken_rules_are_named_and_the_rest_applies(tmp_path):
    write(
        tmp_path,
        a_good=GOOD.format(id="good"),
        b_yaml="rules: [",
        c_pattern=GOOD.format(id="bad").replace("bad(...)", '"f((( :"')
        + GOOD.format(id="other").partition("rules:")[2],
        d_language=GOOD.format(id="tongue").replace("python", "klingon"),
        e_list="- 1\n",
        f_mode=GOOD.format(id="joined") + "    mode: join\n",
    )
    told = []
    engine = SemgrepEngine([tmp_path], own_rules=False, on_state=lambda notice: notice and told.append(notice))
    await engine.start()
    assert engine.state.name == "ready"
    assert sorted(rule.id for rule in engine.rules()) == ["good", "other"]
    (report,) = await engine.analyze([unit("good(1)\nother(2)\n")])
    assert [finding.rule for finding in report.findings] == ["good", "other"]
    for name in ("b_yaml", "c_pattern", "d_language", "e_list", "f_mode"):
        (notice,) = (notice for notice in engine.notices if f"{name}.yaml" in notice.message)
        assert notice.kind == "parse"
        assert notice in told
    assert len(engine.notices) == 5
    await engine.close()


async def test_a_fix_with_metavariables_takes_the_text_as_written(tmp_path):
    write(tmp_path, fix=GOOD.format(id="old").replace("old(...)", "old($A, $B)") + "    fix: new($B, a=$A)\n")
    engine = SemgrepEngine([tmp_path], own_rules=False)
    await engine.start()
    (report,) = await engine.analyze([unit("é = old( '日' + x , y )\n")])
    (finding,) = report.findings
    assert [fix.edits for fix in finding.fixes] == [(TextEdit(4, 22, "new(y, a='日' + x)"),)]
    assert finding.fixes[0].applicability == "review"
    await engine.close()


async def test_textual_rules_hold_for_every_language(tmp_path):
    text = GOOD.format(id="marked").replace("[python]", "[regex]").replace("pattern: marked(...)", "pattern-regex: XX+")
    engine = SemgrepEngine([write(tmp_path, text=text)], own_rules=False)
    await engine.start()
    units = [unit("# é XXX\n"), Unit("go", "file", "", 0, 0, "package a // é XX\n")]
    reports = await engine.analyze(units)
    assert [[(f.range.start, f.range.end) for f in report.findings] for report in reports] == [[(4, 7)], [(15, 17)]]
    await engine.close()


def test_the_registry_and_addresses_are_refused():
    names = [Path("p/python"), Path("r/python.lang"), Path("auto"), Path("https://example.com/rules.yaml")]
    rules = load_rules(names, own=False)
    assert rules.by_id == {}
    assert len(rules.notices) == 4
    assert all("no folder on this machine" in notice.message for notice in rules.notices)


def test_of_two_rules_with_one_id_the_first_is_kept(tmp_path):
    write(tmp_path, a=GOOD.format(id="same"), b=GOOD.format(id="same").replace("WARNING", "ERROR"))
    rules = load(tmp_path)
    assert rules.by_id["same"].rule.severity == "medium"
    (notice,) = rules.notices
    assert "b.yaml" in notice.message
    assert "a.yaml" in notice.message


def test_metadata_is_read_in_its_usual_forms(tmp_path):
    metadata = """
    metadata:
      cwe: ["CWE-89: SQL Injection", "cwe-564: more"]
      owasp: ["A05:2025 - Injection"]
      confidence: LOW
      references: [https://example.com/a]
"""
    write(tmp_path, a=GOOD.format(id="one").replace("[python]", "[py, ts, c#]").rstrip() + metadata)
    rule = load(tmp_path).by_id["one"].rule
    assert (rule.cwe, rule.owasp, rule.confidence) == (("CWE-89", "CWE-564"), ("A05:2025",), "low")
    assert rule.languages == ("python", "typescript", "typescriptreact", "csharp")
    assert rule.references == ("https://example.com/a",)
    assert (rule.engine, rule.summary) == ("semgrep", "one found")


def test_scalars_are_those_of_json(tmp_path):
    write(tmp_path, a=GOOD.format(id="one").replace("one(...)", "on").replace("one found", "12:30:45"))
    rule = load(tmp_path).by_id["one"]
    assert (rule.raw["pattern"], rule.message) == ("on", "12:30:45")


def test_what_would_not_work_here_is_said(tmp_path):
    write(
        tmp_path,
        a=GOOD.format(id="one") + "    paths: {include: [src]}\n",
        b=GOOD.format(id="two") + "    validators: [{http: {}}]\n",
        c=GOOD.format(id="leery-mine"),
    )
    rules = load(tmp_path)
    assert list(rules.by_id) == ["one"]
    rules.write(tmp_path / "rules.json")
    assert "paths" not in json.loads((tmp_path / "rules.json").read_text(encoding="utf-8"))["rules"][0]
    assert ["paths" in n.message or "network" in n.message or "Leery's own" in n.message for n in rules.notices] == [
        True
    ] * 3


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "rules: &r [*r]\n",
        "rules: " + "[" * 5000 + "]" * 5000,
        "rules: !!python/object/apply:os.system [id]\n",
        "rules: []\n" + "#" * 1_000_001,
    ],
    ids=["bomb", "loop", "nested", "object", "long"],
)
def test_hostile_files_are_refused(tmp_path, text):
    write(tmp_path, a_good=GOOD.format(id="good"), b_bad=text)
    rules = load(tmp_path)
    assert list(rules.by_id) == ["good"]
    assert ["b_bad.yaml" in notice.message for notice in rules.notices] == [True]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_out_of_the_folder_are_not_followed(tmp_path):
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    write(outside, secret=GOOD.format(id="secret"))
    (inside / "link.yaml").symlink_to(outside / "secret.yaml")
    (inside / "folder").symlink_to(outside)
    rules = load(inside)
    assert rules.by_id == {}
    assert ["link.yaml" in notice.message for notice in rules.notices] == [True]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_what_is_no_regular_file_is_not_read(tmp_path):
    write(tmp_path, good=GOOD.format(id="good"))
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "self.yml").symlink_to("self.yml")
    (tmp_path / "folder.yaml").mkdir()
    rules = load(tmp_path)
    assert list(rules.by_id) == ["good"]
    assert sorted(notice.message.rpartition("/")[2] for notice in rules.notices) == [
        "pipe.yaml: this is no regular file and is not read.",
        "self.yml: this is no regular file and is not read.",
    ]
    assert fingerprint([tmp_path]) == fingerprint([tmp_path])


def test_the_fingerprint_follows_the_files(tmp_path):
    write(tmp_path, a=GOOD.format(id="one"))
    before = fingerprint([tmp_path])
    assert fingerprint([tmp_path]) == before
    write(tmp_path, a=GOOD.format(id="two"))
    assert fingerprint([tmp_path]) != before
