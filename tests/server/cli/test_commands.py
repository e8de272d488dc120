"""The group itself: what there is, how it is documented, how a run ends."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import leery
from leery.cli import COMMANDS, group, reference

ROOT = Path(leery.__file__).parents[2]


def run(*arguments):
    return CliRunner().invoke(group, [*arguments])


def test_the_list_is_what_there_is():
    modules = {path.stem for path in Path(leery.cli.__file__).parent.glob("*.py")}
    packages = {path.parent.name for path in Path(leery.cli.__file__).parent.glob("*/__init__.py")}
    assert set(COMMANDS) <= modules | packages
    for name in sorted(modules | packages):
        has_command = isinstance(getattr(import_module(f"leery.cli.{name}"), "command", None), click.Command)
        assert has_command == (name in COMMANDS), name


def test_a_fault_of_our_own_is_no_finding(monkeypatch, capsys):
    monkeypatch.setattr(group, "main", lambda **_options: {}["nothing"])
    with pytest.raises(SystemExit) as ended:
        leery.cli.main()
    assert ended.value.code == 3
    assert capsys.readouterr().err.endswith("KeyError: 'nothing'\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(name):
    command = group.get_command(click.Context(group), name)
    assert command.name == name
    assert command.help
    assert COMMANDS[name].endswith(".")
    assert len(COMMANDS[name]) <= 80
    assert run(name, "--help").exit_code == 0


@pytest.mark.parametrize("name", ["scan", "blame", "doctor", "completion"])
def test_the_summary_is_the_first_line_of_the_help(name):
    command = group.get_command(click.Context(group), name)
    assert command.help.split("\n\n", 1)[0] == COMMANDS[name]
    assert "Examples:" in command.epilog


def test_the_page_of_the_command_line_is_current():
    page = ROOT / "docs" / "cli.md"
    assert page.read_text(encoding="utf-8") == reference.page(), "run: python -m leery.cli.reference docs/cli.md"


def test_the_page_names_every_command_and_option():
    page = reference.page()
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        section = page.split(f"\n## leery {name}\n", 1)[1].split("\n## leery ", 1)[0]
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                assert max(parameter.opts, key=len) in section


def test_a_stale_page_is_found_and_written_anew(tmp_path, capsys):
    page = tmp_path / "cli.md"
    assert reference.main(["--check", str(page)]) == 1
    assert reference.main([str(page)]) == 0
    assert reference.main(["--check", str(page)]) == 0
    page.write_text("old")
    assert reference.main(["--check", str(page)]) == 1
    assert reference.main([]) == 2
    assert "is stale; run python -m leery.cli.reference" in capsys.readouterr().err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell):
    done = run("completion", shell)
    assert done.exit_code == 0
    assert f"_LEERY_COMPLETE={shell}_complete" in done.stdout


def test_completion_completes():
    from click.shell_completion import ShellComplete  # noqa: PLC0415 - only here

    complete = ShellComplete(group, {}, "leery", "_LEERY_COMPLETE")
    assert [item.value for item in complete.get_completions([], "s")] == ["serve", "scan", "stats"]
    assert [item.value for item in complete.get_completions(["scan", "--format"], "s")] == ["sarif"]


@pytest.mark.parametrize(
    ("arguments", "code"), [((), 2), (("nonsense",), 2), (("scan", "--nonsense"), 2), (("--version",), 0), (("-h",), 0)]
)
def test_exit_codes_of_the_group(arguments, code):
    done = subprocess.run(
        [sys.executable, "-I", "-m", "leery", *arguments], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
@pytest.mark.parametrize(
    ("streams", "code", "said"),
    [
        (">/dev/full", 2, "Error: the output cannot be written: No space left on device\n"),
        (">&-", 0, ""),
        ("<&- >&- 2>&-", 0, ""),
    ],
)
def test_streams_that_take_nothing(streams, code, said):
    command = f'exec "$0" -I -m leery rules list --format json {streams}'
    done = subprocess.run(
        ["/bin/sh", "-c", command, sys.executable], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (code, said)


def test_serving_imports_nothing_that_only_other_commands_need():
    code = (
        "import sys; from leery.cli import group; group.get_command(None, 'serve'); "
        "print(sorted(set(sys.modules) & {'rich', 'bandit', 'tree_sitter', 'leery.batch'}))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_help_needs_no_command_and_lists_them_all():
    code = "import sys; from leery.cli import group; group(['--help'])"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert re.findall(r"^  (\w+)  ", done.stdout.split("Commands:")[1], re.MULTILINE) == list(COMMANDS)
