"""Whole files by direct calls, and where the program is looked for."""

import os
import sys

import pytest

from leery_analyzers.model import Report
from leery_analyzers.semgrep import binary, find_core, load_rules, scan_files


def test_files_of_several_languages_at_once(tmp_path, sinks):
    texts = {
        "a.py": "x = 'é𝒳'; sink(1)\n",
        "b.js": "sink(1)\n",
        "c.tsx": "let x: any = <b>{sink(1)}</b>\n",
        "d.java": "class A { void a() { sink(1); } }\n",
        "e.cs": "class A { void a() { sink(1); } }\n",
        "f.go": "package a\n\nfunc a() { sink(1) }\n",
        "g.py": "x = 1\n",
        "h.txt": "sink(1)\n",
        "i.js": "function f( { sink(1) \n",
        "j.py": "sink(1)  # nosemgrep\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8", newline="")
    paths = [tmp_path / name for name in texts]
    done = []
    reports = scan_files([*paths, tmp_path / "gone.py"], load_rules([sinks], own=False), 2, on_progress=done.append)
    found = {
        path.name: [texts[path.name][f.range.start : f.range.end].rstrip(";") for f in reports[path].findings]
        for path in paths
    }
    assert found == {name: ["sink(1)"] if name[0] in "abcdef" else [] for name in texts}
    assert [notice.kind for notice in reports[tmp_path / "i.js"].notices] == ["parse"]
    assert [notice.kind for notice in reports[tmp_path / "gone.py"].notices] == ["crash"]
    assert reports[tmp_path / "h.txt"] == Report()
    assert done == [9]


def test_one_file_that_breaks_the_program_spares_the_others(tmp_path, sinks):
    if sys.platform == "win32":
        pytest.skip("the stand-in program is a shell script")
    program = tmp_path / "semgrep-core"
    program.write_text(
        f'#!/bin/sh\nif /bin/grep -q BREAK $(/usr/bin/dirname "$4")/s*; then exit 139; fi\nexec {find_core()} "$@"\n',
        "utf-8",
    )
    program.chmod(0o700)
    paths = [tmp_path / f"{number}.py" for number in range(5)]
    for number, path in enumerate(paths):
        path.write_text("sink(1)\n" + ("# BREAK\n" if number == 3 else ""), "utf-8")
    reports = scan_files(paths, load_rules([sinks], own=False), core=program)
    assert [len(reports[path].findings) for path in paths] == [1, 1, 1, 0, 1]
    assert [[notice.kind for notice in reports[path].notices] for path in paths] == [[], [], [], ["crash"], []]


def test_without_semgrep_every_file_has_a_notice(tmp_path, monkeypatch):
    monkeypatch.setattr(binary, "_package_folders", lambda: iter(()))
    monkeypatch.setenv("PATH", "")
    path = tmp_path / "a.py"
    path.write_text("x = 1\n", "utf-8")
    assert [notice.kind for notice in scan_files([path])[path].notices] == ["missing"]


def test_the_program_is_found_on_the_path_but_never_in_the_current_folder(tmp_path, monkeypatch):
    name = "semgrep-core.exe" if sys.platform == "win32" else "semgrep-core"
    program = tmp_path / name
    program.write_text("", "utf-8")
    program.chmod(0o700)
    monkeypatch.chdir(tmp_path)
    assert find_core(str(tmp_path), installed=False) == program
    assert find_core(os.pathsep.join(["", ".", "bin"]), installed=False) is None


def test_the_program_is_found_behind_a_script_of_another_environment(tmp_path):
    if sys.platform == "win32":
        pytest.skip("other folders there")
    script = tmp_path / "venv" / "bin" / "semgrep"
    program = tmp_path / "venv" / "lib" / "python3.12" / "site-packages" / "semgrep" / "bin" / "semgrep-core"
    for path in (script, program):
        path.parent.mkdir(parents=True)
        path.write_text("", "utf-8")
        path.chmod(0o700)
    links = tmp_path / "links"
    links.mkdir()
    (links / "semgrep").symlink_to(script)
    assert find_core(str(links), installed=False) == program
