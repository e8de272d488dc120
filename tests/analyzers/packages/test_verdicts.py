"""What is said of single names."""

import random

import pytest

from leery_analyzers.packages.names import normalized, package_names
from leery_analyzers.packages.python_imports import DISTRIBUTION_OF
from leery_analyzers.packages.verdicts import judge_import, judge_install

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize("ecosystem", ["pypi", "npm"])
def test_nothing_is_said_of_popular_names(ecosystem):
    popular = list(package_names(ecosystem).popular)
    spoken = [name for name in popular[::7] if judge_install(ecosystem, name) is not None]
    assert spoken == []
    imported = popular[::7] if ecosystem == "npm" else [name.replace("-", "_") for name in popular[::7]]
    assert [name for name in imported if judge_import(ecosystem, name) is not None] == []


def test_nothing_is_said_of_imports_in_the_table():
    assert [name for name in DISTRIBUTION_OF if judge_import("pypi", name) is not None] == []
    packages = sorted({*DISTRIBUTION_OF.values()} - {"detectron2", "odoo", "erpnext", "python-apt"})  # not on PyPI
    assert [name for name in packages if judge_install("pypi", name) is not None] == []


def test_mutations_of_popular_names_are_known_or_reported():
    rng = random.Random(11)
    names = package_names("pypi")
    popular = [name for name in list(names.popular)[:400] if len(name) > 6]
    reported = 0
    for name in popular:
        at = rng.randrange(1, len(name) - 1)
        mutant = name[:at] + rng.choice(ALPHABET) + name[at + rng.choice((0, 1)) :]
        verdict = judge_install("pypi", mutant)
        if mutant in names:
            assert verdict is None or verdict.listed
        else:
            assert verdict is not None
            assert verdict.kind == "near" or mutant.startswith("python")
            reported += verdict.kind == "near"
    assert reported > len(popular) / 2


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("reqeusts", "requests"),
        ("djangoo", "django"),
        ("flsk", "flask"),
        ("nupmy", "numpy"),
        ("skleran", "sklearn"),
        ("matplotlb", "matplotlib"),
        ("tenserflow", "tensorflow"),
    ],
)
def test_slips_in_imports(name, near):
    verdict = judge_import("pypi", name)
    assert verdict is not None
    assert (verdict.kind, verdict.near, verdict.confidence) == ("near", near, "medium")


@pytest.mark.parametrize(
    ("name", "near"), [("lodahs", "lodash"), ("axois", "axios"), ("reactt", "react"), ("electorn", "electron")]
)
def test_slips_in_npm(name, near):
    verdict = judge_import("npm", name)
    assert verdict is not None
    assert (verdict.kind, verdict.near) == ("near", near)


@pytest.mark.parametrize(
    ("ecosystem", "name", "confidence"),
    [
        ("pypi", "flask_secure_uploads_validator", "medium"),
        ("pypi", "zzunheardofzz", "low"),
        ("npm", "express-mongoose-request-guardian", "medium"),
        ("npm", "zzunheardofzz", "low"),
        ("npm", "@angular/zz-unheard-of", "low"),
    ],
)
def test_unknown_imports_are_never_certain(ecosystem, name, confidence):
    verdict = judge_import(ecosystem, name)
    assert verdict is not None
    assert (verdict.kind, verdict.confidence) == ("unknown", confidence)


@pytest.mark.parametrize(
    "name",
    [
        "os",
        "tomllib",
        "distutils",
        "urllib2",
        "imp",
        "_private",
        "my_helpers",
        "your_app",
        "src",
        "core",
        "main",
        "database",
        "db_utils",
        "app_settings",
        "billing_models",
        "orders_pb2",
        "orders_pb2_grpc",
        "bpy",
        "gdb",
        "machine",
        "backports",
        "sitecustomize",
        "Größe",
        "größe",
        "MyClass",
        "importlinter",
        "pysqlite3",
        "markdown_it",
        "google",
        "azure",
    ],
)
def test_own_modules_hosts_and_the_standard_library_are_left_alone(name):
    assert judge_import("pypi", name) is None


@pytest.mark.parametrize("name", ["fs", "vscode", "components", "src", "my-lib", "@acme-corp-x/whatever", "electron"])
def test_built_in_modules_aliases_and_unknown_scopes_are_left_alone(name):
    assert judge_import("npm", name) is None


@pytest.mark.parametrize("name", ["package-name", "my-package", "your_package", "example-pkg", "."])
def test_placeholders_are_not_installed(name):
    assert judge_install("pypi", name) is None
    assert judge_install("npm", name) is None


def test_spelling_does_not_matter():
    assert normalized("pypi", "Zope.Interface__x") == "zope-interface-x"
    assert judge_install("pypi", "PyYAML") is None
    assert judge_install("pypi", "python_dateutil") is None
