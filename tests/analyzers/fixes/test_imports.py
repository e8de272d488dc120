"""Where a required import goes, and when it is there already."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leery_analyzers.fixes.imports import adds_import, import_edit, import_edits
from leery_analyzers.text import Text, TextEdit


def applied(code: str, language: str, *statements: str) -> str:
    text = Text(code)
    return str(text.apply(import_edits(text, language, statements)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "import os\n"),
        ("x = 1\n", "import os\n\nx = 1\n"),
        ("import abc\nimport sys\n", "import abc\nimport os\nimport sys\n"),
        ("import abc\n", "import abc\nimport os\n"),
        ("import abc", "import abc\nimport os\n"),
        ("from abc import x\n", "import os\nfrom abc import x\n"),
        ("import flask\n\nx = 1\n", "import os\n\nimport flask\n\nx = 1\n"),
        ("import abc\n\nimport flask\n", "import abc\nimport os\n\nimport flask\n"),
        ('"""Größe."""\n\nimport abc\n', '"""Größe."""\n\nimport abc\nimport os\n'),
        ('"""Größe.\n\nimport x\n"""\nx = 1\n', '"""Größe.\n\nimport x\n"""\n\nimport os\n\nx = 1\n'),
        ("#!/usr/bin/python\n# größe\nx = 1\n", "#!/usr/bin/python\n# größe\n\nimport os\n\nx = 1\n"),
        ("from __future__ import annotations\n\nx = 1\n", "from __future__ import annotations\n\nimport os\n\nx = 1\n"),
        (
            "from __future__ import annotations\n\nimport abc\n",
            "from __future__ import annotations\n\nimport abc\nimport os\n",
        ),
        ("import abc\r\nx = 1\r\n", "import abc\r\nimport os\r\nx = 1\r\n"),
        ("from typing import (\n    A,\n    B,\n)\n", "import os\nfrom typing import (\n    A,\n    B,\n)\n"),
        ("import abc, \\\n    sys\nx = 1\n", "import abc, \\\n    sys\nimport os\nx = 1\n"),
        ("import os\n", "import os\n"),
        ("import abc, os  # größe\n", "import abc, os  # größe\n"),
        ("import os.path\n", "import os\nimport os.path\n"),
        ("import os as o\n", "import os\nimport os as o\n"),
        ("if test:\n    import os\n", "import os\n\nif test:\n    import os\n"),
    ],
)
def test_python(before, after):
    assert applied(before, "python", "import os") == after


def test_python_names_of_a_module():
    assert applied("from html import escape as e, unescape\n", "python", "from html import unescape") == (
        "from html import escape as e, unescape\n"
    )
    assert applied("from html import (\n    escape,  # größe\n)\n", "python", "from html import escape") == (
        "from html import (\n    escape,  # größe\n)\n"
    )
    assert applied("import abc\nimport html\n", "python", "from html import escape") == (
        "import abc\nimport html\nfrom html import escape\n"
    )


NEEDED = 'import { execFile } from "node:child_process"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'import { execFile } from "node:child_process";\n'),
        ("run();\n", 'import { execFile } from "node:child_process";\n\nrun();\n'),
        (
            "// größe\n'use strict';\n\nrun();\n",
            "// größe\n'use strict';\nimport { execFile } from \"node:child_process\";\n\nrun();\n",
        ),
        (
            "import fs from 'fs'\nrun()\n",
            "import fs from 'fs'\nimport { execFile } from 'node:child_process'\nrun()\n",
        ),
        (
            'const fs = require("fs");\nrun();\n',
            'const fs = require("fs");\nconst { execFile } = require("node:child_process");\nrun();\n',
        ),
        (
            'import { exec } from "child_process";\n',
            'import { exec, execFile } from "child_process";\n',
        ),
        (
            'import {\n  exec,\n  spawn,\n} from "node:child_process";\n',
            'import {\n  exec,\n  spawn, execFile,\n} from "node:child_process";\n',
        ),
        (
            'const { exec } = require("child_process");\r\n',
            'const { exec, execFile } = require("child_process");\r\n',
        ),
        ('import { execFile } from "child_process";\n', 'import { execFile } from "child_process";\n'),
        (
            'import * as cp from "child_process";\n',
            'import * as cp from "child_process";\nimport { execFile } from "node:child_process";\n',
        ),
        (
            'const limit = 1;\nconst { exec } = require("child_process");\n',
            (
                'import { execFile } from "node:child_process";\n\nconst limit = 1;\n'
                'const { exec } = require("child_process");\n'
            ),
        ),
    ],
)
def test_javascript(before, after):
    assert applied(before, "javascript", NEEDED) == after
    assert applied(before, "typescript", NEEDED) == after


def test_a_language_without_imports_here():
    assert import_edit(Text("package x\n"), "go", "import os") is None


@given(
    st.text(st.sampled_from("import osfm(){}\\\"'#/*\n\r;,.= "), max_size=80), st.sampled_from(["python", "javascript"])
)
def test_any_head(code, language):
    statement = "import os" if language == "python" else NEEDED
    once = applied(code, language, statement)
    assert len(once) >= len(code)


@pytest.mark.parametrize(
    ("language", "statement", "code", "is_new"),
    [
        ("python", "import shlex", "import os\nos.system(x)\n", True),
        ("python", "import shlex", "import os\n\n\ndef f(shlex):\n    return shlex\n", False),
        ("python", "from flask import abort", "import flask\n", True),
        ("python", "from flask import abort", "def abort():\n    pass\n", False),
        ("javascript", 'import { execFile } from "child_process"', "import { a } from 'fs';\n", True),
        ("typescript", 'import { execFile } from "child_process"', "execFile('größe');\n", False),
        ("java", "import java.nio.file.Files;", "import java.nio.file.Path;\nclass A {}\n", True),
        ("java", "import java.nio.file.Files;", "class A { Files größe; }\n", False),
    ],
)
def test_an_import_of_a_name_that_nothing_spoke_of(language, statement, code, is_new):
    text = Text(code)
    edits = import_edits(text, language, [statement])
    assert edits != ()
    assert [adds_import(text, language, edit) for edit in edits] == [is_new] * len(edits)


@pytest.mark.parametrize("edit", [TextEdit(0, 0, "x = 1\n"), TextEdit(0, 2, "import shlex\n"), TextEdit(0, 0, "")])
def test_what_is_no_new_import(edit):
    assert not adds_import(Text("y = 1\n"), "python", edit)
