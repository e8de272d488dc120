"""Several fixes in one file, one after the other and all that may be at once, until nothing is left to fix."""

import pytest

from leery_analyzers.analyzer import Unit
from leery_analyzers.checks.analyzer import ChecksAnalyzer
from leery_analyzers.checks.examples import apply_fix

ENGINE = ChecksAnalyzer()
PYTHON = '''"""Größe."""

import hashlib
import requests
import jwt
from jinja2 import Environment

# the keys
SECRET_KEY = "hard to guess 42"
page = Environment(autoescape=False)  # Seite


def load(url, token, password):
    # keep this comment
    answer = requests.get(url, verify=False)
    claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_signature": False})
    digest = hashlib.md5(password.encode()).hexdigest()
    response.set_cookie("session", digest)
    app.run(debug=True, host="0.0.0.0")
    return answer, claims, digest
'''
SCRIPT = """import jwt from "jsonwebtoken";
import helmet from "helmet";

// the keys
const jwtSecret = "hard-to-guess-42";
app.use(helmet({ hsts: false, größe: 1 }));

export function login(req, res, password) {
  // keep this comment
  const token = jwt.sign({ id: 1 }, "geheim 1");
  const resetToken = Math.random().toString(36).slice(2);
  const agent = new https.Agent({ rejectUnauthorized: false });
  res.cookie("token", token, { maxAge: 1 });
  fs.chmodSync("größe", 0o777);
  console.log(`login ${password}`);
}
"""


def unit(code: str, language: str) -> Unit:
    return Unit(language, "file", "", 0, 0, code)


@pytest.mark.parametrize(("code", "language"), [(PYTHON, "python"), (SCRIPT, "javascript")])
def test_one_fix_after_the_other_leaves_nothing_to_fix(code, language):
    comments = [line for line in code.splitlines() if line.strip().startswith(("#", "//"))]
    first = {finding.rule for finding in ENGINE.analyze(unit(code, language)).findings if finding.fixes}
    assert len(first) >= 7
    for _ in range(30):
        fixable = [finding for finding in ENGINE.analyze(unit(code, language)).findings if finding.fixes]
        if not fixable:
            break
        code = apply_fix(code, language, fixable[0].fixes[0])
        assert not ENGINE.has_syntax_error(unit(code, language))
    assert fixable == []
    assert all(line in code.splitlines() for line in comments)
    assert len([line for line in code.splitlines() if line.startswith("import os")]) <= 1
