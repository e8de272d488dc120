"""Imports and what stands around them."""

import pytest

from leery_analyzers.analyzer import Unit
from leery_analyzers.checks.analyzer import ChecksAnalyzer
from leery_analyzers.checks.discovery import all_checks

RULES = {"unknown-package", "package-name-one-edit-away"}
ENGINE = ChecksAnalyzer([check for check in all_checks() if check.id in RULES])


def said(code, language="python"):
    report = ENGINE.analyze(Unit(language, "file", "", 0, 0, code))
    assert report.notices == ()
    return [(code[f.range.start : f.range.end], f.confidence) for f in report.findings]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import os, flask_unheard_of_zz as größe, json\n", [("flask_unheard_of_zz", "medium")]),
        ("from flask_unheard_of_zz.a.b import c\n", [("flask_unheard_of_zz", "medium")]),
        ("if TYPE_CHECKING:\n    import flask_unheard_of_zz\n", [("flask_unheard_of_zz", "low")]),
        ("try:\n    import flask_unheard_of_zz\nexcept ImportError:\n    pass\n", []),
        ("try:\n    import flask_unheard_of_zz\nexcept (AttributeError, ModuleNotFoundError):\n    pass\n", []),
        ("try:\n    import json\nexcept ImportError:\n    import flask_unheard_of_zz\n", []),
        ("try:\n    import flask_unheard_of_zz\nexcept ValueError:\n    pass\n", [("flask_unheard_of_zz", "medium")]),
        ("try:\n    import reqeusts\nexcept ImportError:\n    pass\n", [("reqeusts", "low")]),
        (
            "try:\n    def f():\n        import flask_unheard_of_zz\nexcept ImportError:\n    pass\n",
            [("flask_unheard_of_zz", "medium")],
        ),
        ("from .flask_unheard_of_zz import a\nfrom .. import flask_unheard_of_zz\n", []),
        ("x = 'import flask_unheard_of_zz'\n# import flask_unheard_of_zz\n", []),
        ("!pip install flask-unheard-of-zz\n", [("flask-unheard-of-zz", "medium")]),
    ],
)
def test_python(code, expected):
    assert said(code) == expected


NAME = "express-unheard-of-zz"


@pytest.mark.parametrize("language", ["javascript", "javascriptreact", "typescript", "typescriptreact"])
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (f"import a, {{ größe }} from '{NAME}';\n", [(NAME, "medium")]),
        (f'import "{NAME}/register";\n', [(NAME, "medium")]),
        (f"export * from '{NAME}';\n", [(NAME, "medium")]),
        (f"const a = await import('{NAME}');\n", [(NAME, "medium")]),
        (f"const a = require('{NAME}').a;\n", [(NAME, "medium")]),
        (f"import a from 'npm:{NAME}@1.2.3/sub';\n", [(NAME, "medium")]),
        ("import a from '@angular/unheard-of-zz/testing';\n", []),
        ("import a from '@angular/unheard-of-zz';\n", [("@angular/unheard-of-zz", "low")]),
        (f"let a; try {{ a = require('{NAME}'); }} catch (e) {{ }}\n", []),
        (f"load('{NAME}'); const s = '{NAME}';\n", []),
        ("import a from '#internal';\nimport b from '$lib/b';\nimport c from '~/c';\nimport d from '@/d';\n", []),
        ("import a from 'virtual:x-unheard';\nimport b from 'https://a.example/b.js';\nimport './c.css';\n", []),
        ("import fs from 'fs/promises';\nimport t from 'node:test';\nimport { window } from 'vscode';\n", []),
    ],
)
def test_scripts(language, code, expected):
    assert said(code, language) == expected
