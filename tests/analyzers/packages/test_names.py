"""The shipped lists of package names, and the script that packs them."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.package_names import pack
from hypothesis import given
from hypothesis import strategies as st

from leery_analyzers.packages.names import DATA, normalized, package_names, read_names

ROOT = Path(__file__).parents[3]
ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789-"


def test_the_data_is_small_and_dated():
    files = sorted(path.name for path in DATA.iterdir())
    assert files == ["npm.names", "pypi.names"]
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 3_000_000
    for ecosystem in ("pypi", "npm"):
        names = package_names(ecosystem)
        year, month = names.date.split("-")
        assert int(year) >= 2026
        assert 1 <= int(month) <= 12
        assert names.month.endswith(year)
    assert package_names("pypi").count > 800_000
    assert package_names("npm").count > 200_000


@pytest.mark.parametrize("ecosystem", ["pypi", "npm"])
def test_popular_names_are_ranked_and_spelled_as_they_are_asked_for(ecosystem):
    popular = package_names(ecosystem).popular
    assert len(popular) > 10_000
    assert sorted(popular.values()) == list(range(len(popular)))
    assert all(normalized(ecosystem, name) == name for name in popular)


@given(st.text(ALPHABET, min_size=18, max_size=30))
def test_a_long_random_name_is_hardly_ever_known(name):
    names = package_names("pypi")
    # The filter lies once in about 830: not for a name and two more that follow from it.
    assert not all(f"{name}{end}" in names for end in ("", "-q9z", "-zq8"))


def test_the_filter_is_as_good_as_it_says(rng):
    names = package_names("pypi")
    wrong = sum("".join(rng.choices(ALPHABET, k=24)) in names for _ in range(20_000))
    assert wrong < 20_000 / 300


@pytest.fixture
def rng():
    return random.Random(7)


@given(st.sets(st.text(ALPHABET, min_size=1, max_size=12).filter(lambda name: normalized("pypi", name) == name)))
def test_packed_names_are_found_again(tmp_path_factory, known):
    path = tmp_path_factory.mktemp("names") / "pypi.names"
    path.write_bytes(pack("pypi", "2026-11", known, sorted(known)[:2]))
    names = read_names(path)
    assert all(name in names for name in known)
    assert list(names.popular) == [name for name in sorted(known)[:2] if name]
    assert names.count == len(known)


def test_the_script_gives_the_same_file_for_the_same_list(tmp_path):
    (tmp_path / "all.txt").write_text("Flask\nrequests\nzope.interface\n", "utf-8")
    (tmp_path / "top.txt").write_text("requests\nFlask\n", "utf-8")
    contents = []
    for name in ("one", "two"):
        output = tmp_path / name
        arguments = ["pypi", "2026-02", "all.txt", "--popular", "top.txt", "--output", str(output)]
        command = [sys.executable, str(ROOT / "benchmarks" / "package_names.py"), *arguments]
        subprocess.run(command, cwd=tmp_path, check=True)
        contents.append(output.read_bytes())
    assert contents[0] == contents[1]
    names = read_names(tmp_path / "one")
    assert names.month == "February 2026"
    assert list(names.popular) == ["requests", "flask"]
    assert "zope-interface" in names
    assert "zope-event" not in names


def test_scopes_of_npm_are_known():
    npm = package_names("npm")
    assert "@angular/" in npm
    assert "@nobody-has-this-scope/" not in npm
