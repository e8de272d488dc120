from __future__ import annotations

import os
from pathlib import Path

import pytest

from leery.document import (
    Document,
    canonical_uri,
    document_language,
    filename_to_uri,
    language_of,
    path_to_uri,
    uri_to_filename,
    uri_to_path,
)
from leery_analyzers.text import Text

POSIX = [
    ("file:///home/x/a.py", "/home/x/a.py"),
    ("file:///home/x/a%20b%23%3F.py", "/home/x/a b#?.py"),
    ("file:///w/%C3%BC/%5Bid%5D.ts", "/w/ü/[id].ts"),
    ("file:///w/caf%E9.py", "/w/caf\udce9.py"),
]
WINDOWS = [
    ("file:///c%3A/w/a.py", "c:\\w\\a.py"),
    ("file:///c%3A/w/a%20b.py", "c:\\w\\a b.py"),
    ("file://server/share/a.py", "\\\\server\\share\\a.py"),
]


@pytest.mark.parametrize(("uri", "name"), POSIX)
def test_posix_names(uri, name):
    assert uri_to_filename(uri, windows=False) == name
    assert filename_to_uri(name, windows=False) == uri


@pytest.mark.parametrize(("uri", "name"), WINDOWS)
def test_windows_names(uri, name):
    assert uri_to_filename(uri, windows=True) == name
    assert filename_to_uri(name, windows=True) == uri


@pytest.mark.parametrize("uri", ["file:///C:/w/a.py", "file:///C%3A/w/a.py", "file:///c:/w/a.py", "file:///c|/w/a.py"])
def test_drive_letters_have_one_spelling(uri):
    assert uri_to_filename(uri, windows=True) == "c:\\w\\a.py"


@pytest.mark.parametrize(
    "uri", ["untitled:Untitled-1", "http://x/a.py", "file://host/a.py", "file:", "file:///a%00b", "//["]
)
def test_what_names_no_local_file(uri):
    assert uri_to_filename(uri, windows=False) is None


def test_paths_of_this_system(tmp_path):
    path = tmp_path / "a ü.py"
    assert uri_to_path(path_to_uri(path)) == path
    document = Document(path_to_uri(path), 1, "python", Text("x"))
    assert document.path == path
    assert document.with_text(2, Text("y")).version == 2


@pytest.mark.skipif(os.name == "nt", reason="POSIX spelling")
def test_one_spelling_for_equal_uris():
    assert canonical_uri("file:///w/%61%5bb%5d.py") == canonical_uri("file:///w/a[b].py") == "file:///w/a%5Bb%5D.py"
    assert canonical_uri("untitled:x%61") == "untitled:x%61"
    assert uri_to_path("file:///w/a.py") == Path("/w/a.py")


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("a.py", "python"),
        ("A.PY", "python"),
        ("x/y.tsx", "typescriptreact"),
        ("a.go", "go"),
        ("Makefile", "plaintext"),
        ("x/AGENTS.md", "markdown"),
        (".cursorrules", "markdown"),
        ("a.mdc", "markdown"),
        ("README.md", "markdown"),
        ("x/notes.md", "plaintext"),
        ("requirements-dev.txt", "pip-requirements"),
        ("dev_requirements.in", "pip-requirements"),
        ("notes.txt", "plaintext"),
        ("x/pyproject.toml", "toml"),
        ("Cargo.toml", "plaintext"),
        ("package.json", "json"),
        ("package-lock.json", "plaintext"),
        ("Dockerfile", "dockerfile"),
        ("Dockerfile.dev", "dockerfile"),
        ("web.dockerfile", "dockerfile"),
        ("install.sh", "shellscript"),
    ],
)
def test_languages(name, language):
    assert language_of(name) == language


def test_the_language_of_what_only_looks_like_a_uri():
    assert document_language("http://[", "python") == "python"
