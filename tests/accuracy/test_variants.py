"""Variants read like the cases they are made of, keep their marks, and are what their names say."""

import random

import pytest
from benchmarks.accuracy_cases import Case, Kind, load, parses
from benchmarks.accuracy_variants import change_of, origin, variants

KIND = Kind("sql-injection", "CWE-89", frozenset({"CWE-89"}), 0)
SAMPLE = random.Random(7).sample(load(), 240)


@pytest.mark.parametrize("case", SAMPLE, ids=lambda case: case.name)
def test_variants_of_a_case_are_well_formed(case):
    made = variants(case)
    assert [variant.text for variant in made] == [variant.text for variant in variants(case)], "not repeatable"
    for variant in made:
        assert parses(variant), variant.text
        assert variant.text != case.text
        assert [found.cwe for found in variant.expectations] == [found.cwe for found in case.expectations]
        assert (origin(variant), variant.vulnerable, variant.language) == (case.name, case.vulnerable, case.language)


def made(name, text):
    return {change_of(variant): variant.text for variant in variants(Case(name, KIND, text))}


PYTHON = """\
import sqlite3


def load(request):
    term = request.args["term"]
    limit = request.args["limit"]
    conn = sqlite3.connect("x")
    return conn.execute(f"SELECT * FROM t WHERE n = '{term}'", limit)  # expect: CWE-89 @ term
"""


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        ("text-plus", "f\"SELECT * FROM t WHERE n = '{term}'\"", '("SELECT * FROM t WHERE n = \'" + str(term) + "\'")'),
        ("text-format", "f\"SELECT * FROM t WHERE n = '{term}'\"", "\"SELECT * FROM t WHERE n = '{}'\".format(term)"),
        ("text-percent", "f\"SELECT * FROM t WHERE n = '{term}'\"", "(\"SELECT * FROM t WHERE n = '%s'\" % (term,))"),
        ("alias", "import sqlite3\n", "import sqlite3 as sqlite3_alias\n"),
    ],
)
def test_python_texts_and_imports(change, before, after):
    expected = PYTHON.replace(before, after).replace(" @ term", "")
    if change == "alias":
        expected = expected.replace("sqlite3.connect", "sqlite3_alias.connect")
    assert made("python/sql-injection/bad_a.py", PYTHON)[change] == expected


def test_python_code_in_other_places():
    found = made("python/sql-injection/bad_a.py", PYTHON)
    swapped = PYTHON.split("\n")
    swapped[4], swapped[5] = swapped[5], swapped[4]
    assert found["reorder"] == "\n".join(swapped).replace(" @ term", "")
    assert (
        "    step_value = f\"SELECT * FROM t WHERE n = '{term}'\"\n    return conn.execute(step_value, limit)"
        in found["split"]
    )
    assert "def perform_step(conn, limit, term):\n    return conn.execute(f" in found["extract-sink"]
    assert "    return perform_step(conn, limit, term)\n" in found["extract-sink"]
    assert "class LoadSteps:\n    @staticmethod\n    def load(request):\n        term = request" in found["class"]
    assert found["class"].endswith("load = LoadSteps.load\n")
    assert "perform_step(request)\n" in found["extract-source"]


JAVASCRIPT = """\
const { exec } = require('child_process');

function run(req, done) {
  const label = req.query.label;
  exec('echo ' + label, done); // expect: CWE-78
}

module.exports = { run };
"""


def test_javascript():
    found = made("javascript/sql-injection/bad_a.js", JAVASCRIPT)
    assert found["alias"] == JAVASCRIPT.replace("{ exec }", "{ exec: execAlias }").replace("  exec(", "  execAlias(")
    assert found["text-template"] == JAVASCRIPT.replace("'echo ' + label", "`echo ${label}`")
    assert found["rename"] == JAVASCRIPT.replace("const label", "const labelX").replace("+ label", "+ labelX")
    assert "  const stepValue = 'echo ' + label;\n  exec(stepValue, done); // expect" in found["split"]
    assert (
        "function performStep(done, label) {\n  return exec('echo ' + label, done); // expect" in found["extract-sink"]
    )


JAVA = """\
class A {
    void run(Statement statement, String name) throws Exception {
        String text = "SELECT " + name;
        statement.execute(text + ""); // expect: CWE-89
    }
}
"""


def test_java():
    found = made("java/sql-injection/bad_a.java", JAVA)
    assert 'String text = String.format("SELECT %s", name);' in found["text-format"]
    assert 'String text = new StringBuilder().append("SELECT ").append(name).toString();' in found["text-builder"]
    assert 'String textX = "SELECT " + name;' in found["rename"]
    assert 'var stepValue = text + "";\n        statement.execute(stepValue); // expect' in found["split"]
    assert "        int unusedTotal = 1 + 2;\n" in found["dead-code"]
