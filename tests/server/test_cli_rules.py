"""leery rules: list, show, new, test; and that docs/rules.md is current."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from leery.cli import rules_files, rules_reference
from leery.cli.rules import command
from leery.cli.rules_forms import CHECKED_LANGUAGES, NEW_LANGUAGES
from leery_analyzers.checks.discovery import all_checks

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: object):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_the_catalogue_is_current():
    assert rules_reference.main(["--check", str(ROOT / "docs" / "rules.md")]) == 0


def test_a_stale_catalogue_is_told(tmp_path, capsys):
    page = tmp_path / "rules.md"
    assert rules_reference.main(["--check", str(page)]) == 1
    assert rules_reference.main([str(page)]) == 0
    assert rules_reference.main(["--check", str(page)]) == 0
    page.write_text(page.read_text(encoding="utf-8") + "more\n", encoding="utf-8")
    assert rules_reference.main(["--check", str(page)]) == 1
    assert "is stale" in capsys.readouterr().err
    assert rules_reference.main([]) == 2


def test_the_catalogue_shows_hidden_characters():
    page = rules_reference.page()
    assert "<U+202E>" in page
    assert "\u202e" not in page


def test_list_as_json():
    result = run("list", "--format", "json", "--engine", "checks")
    assert result.exit_code == 0
    listed = json.loads(result.stdout)
    assert [rule["id"] for rule in listed] == [check.id for check in all_checks()]
    assert {"severity", "confidence", "cwe", "languages", "summary", "description"} <= set(listed[0])


def test_list_by_language():
    listed = json.loads(run("list", "--format", "json", "--language", "typescript", "--engine", "checks").stdout)
    assert "sql-template" in {rule["id"] for rule in listed}
    assert "hidden-unicode" in {rule["id"] for rule in listed}
    assert "debug-mode" not in {rule["id"] for rule in listed}


def test_list_as_text():
    result = run("list")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert any(line.startswith("sql-string-building ") and "CWE-89" in line for line in lines)
    assert any(line.startswith("B608 ") and "bandit" in line for line in lines)


def test_show():
    result = run("show", "hidden-unicode")
    assert result.exit_code == 0
    assert "CWE-1007" in result.stdout
    assert "<U+202E>" in result.stdout
    assert "\u202e" not in result.stdout
    assert "B608" in run("show", "B608").stdout


def test_show_of_an_unknown_rule():
    result = run("show", "sql-string-bulding")
    assert result.exit_code == 2
    assert "did you mean sql-string-building" in result.stderr


@pytest.mark.parametrize("language", CHECKED_LANGUAGES)
def test_a_new_check_passes(tmp_path, language):
    result = run("new", "some-new-rule", "--language", language, "--folder", tmp_path)
    assert result.exit_code == 0, result.output
    file = tmp_path / "some_new_rule.py"
    assert "class SomeNewRule(Check):" in file.read_text(encoding="utf-8")
    tested = run("test", file)
    assert (tested.exit_code, tested.stdout) == (0, "1 rules, 2 examples, 0 failures\n")


def test_a_broken_check_fails(tmp_path):
    run("new", "some-new-rule", "--folder", tmp_path)
    file = tmp_path / "some_new_rule.py"
    file.write_text(
        file.read_text(encoding="utf-8").replace('at="example.dangerous"', 'at="example"'), encoding="utf-8"
    )
    result = run("test", tmp_path)
    assert result.exit_code == 1
    assert "some-new-rule INVALID 1: the marked text 'example' must occur once" in result.stdout


@pytest.mark.parametrize(
    "name", ["Upper-case", "single", "under_score", "../up-here", "a--b", "", "sql-string-building"]
)
def test_a_bad_or_taken_id(tmp_path, name):
    assert run("new", name, "--folder", tmp_path).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_never_overwritten(tmp_path):
    (tmp_path / "some_new_rule.py").write_text("mine\n", encoding="utf-8")
    result = run("new", "some-new-rule", "--folder", tmp_path)
    assert result.exit_code == 2
    assert "exists already" in result.stderr
    assert (tmp_path / "some_new_rule.py").read_text(encoding="utf-8") == "mine\n"


def test_an_installed_leery_needs_a_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(rules_files, "CHECKS", tmp_path / "a" / "b" / "c")
    result = run("new", "some-new-rule")
    assert result.exit_code == 2
    assert "--folder" in result.stderr


def test_a_file_that_is_no_check_is_not_run(tmp_path):
    file = tmp_path / "conftest.py"
    mark = tmp_path / "ran"
    file.write_text(f"open({str(mark)!r}, 'w')\n", encoding="utf-8")
    assert run("test", file).exit_code == 2
    assert run("test", tmp_path).exit_code == 2
    assert not mark.exists()


def test_an_annotated_example_is_not_run(tmp_path):
    mark = tmp_path / "ran"
    (tmp_path / "x-y.yaml").write_text("rules: []\n", encoding="utf-8")
    (tmp_path / "x-y.py").write_text(
        f"from leery_analyzers.checks.base import Check\nopen({str(mark)!r}, 'w')\nclass A(Check): ...\n",
        encoding="utf-8",
    )
    run("test", tmp_path)
    assert not mark.exists()


def test_a_check_that_cannot_be_loaded(tmp_path):
    file = tmp_path / "some_rule.py"
    file.write_text(
        "from leery_analyzers.checks.base import Check\nraise ValueError('no')\nclass A(Check): ...\n", encoding="utf-8"
    )
    result = run("test", file)
    assert result.exit_code == 2
    assert "ValueError: no" in result.stderr


def test_a_path_that_is_not_there(tmp_path):
    assert run("test", tmp_path / "none.py").exit_code == 2


@pytest.mark.parametrize("language", NEW_LANGUAGES)
def test_a_new_semgrep_rule_passes(tmp_path, language):
    given = ("--language", language, "--folder", tmp_path)
    assert run("new", "some-new-rule", "--semgrep", *given).exit_code == 0
    result = run("test", tmp_path)
    assert (result.exit_code, result.stdout) == (0, "1 rules, 2 examples, 0 failures\n")


def test_a_wrong_annotation_fails(tmp_path):
    run("new", "some-new-rule", "--semgrep", "--folder", tmp_path)
    example = tmp_path / "some-new-rule.py"
    text = example.read_text(encoding="utf-8")
    swapped = text.replace("ruleid:", "ok_:").replace("ok:", "ruleid:").replace("ok_:", "ok:")
    example.write_text(swapped, encoding="utf-8")
    result = run("test", tmp_path / "some-new-rule.yaml")
    assert result.exit_code == 1
    assert "some-new-rule.py:4: some-new-rule is not expected here" in result.stdout
    assert "some-new-rule.py:7: some-new-rule found nothing here" in result.stdout


def test_a_semgrep_rule_without_an_example_fails(tmp_path):
    run("new", "some-new-rule", "--semgrep", "--folder", tmp_path)
    (tmp_path / "some-new-rule.py").unlink()
    result = run("test", tmp_path)
    assert result.exit_code == 1
    assert "has no annotated example" in result.stdout


def test_without_semgrep_its_rules_are_missing(tmp_path, monkeypatch):
    run("new", "some-new-rule", "--semgrep", "--folder", tmp_path)
    monkeypatch.setattr(rules_files, "find_core", lambda: None)
    result = run("test", tmp_path)
    assert result.exit_code == 3
    assert "pip install 'leery[semgrep]'" in result.stderr


def test_checks_can_be_copied_and_tested(tmp_path):
    for check in all_checks()[:3]:
        module = Path(__import__(type(check).__module__, fromlist=["x"]).__file__)
        shutil.copy(module, tmp_path)
    result = run("test", tmp_path)
    assert result.exit_code == 0, result.stdout
    assert result.stdout.startswith("3 rules, ")
