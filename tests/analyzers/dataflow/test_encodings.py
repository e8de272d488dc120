"""What is found out of an encoded text says nothing of what it holds, unless it is one of a few known ones."""

import pytest
from tests.analyzers.dataflow import flows

pytestmark = pytest.mark.portable

PYTHON = """import base64, binascii, html, re, subprocess
from flask import abort, request


def run():
    q = request.args['q']
    {check}
    subprocess.run(«'show ' + {decoded}», shell=True)
"""
JAVASCRIPT = """const {{ execSync }} = require('child_process');
app.get('/', (req, res) => {{
  const q = req.query.q;
  {check}
  execSync(«'show ' + {decoded}»);
}});
"""
JAVA = """import java.util.*;
class Show extends javax.servlet.http.HttpServlet {{
    protected void doGet(javax.servlet.http.HttpServletRequest request, javax.servlet.http.HttpServletResponse r)
            throws java.io.IOException {{
        String q = request.getParameter("q");
        {check}
        Runtime.getRuntime().exec(«new String[] {{"sh", "-c", "show " + {decoded}}}»);
    }}
}}
"""
FORMS = {
    "python": PYTHON,
    "javascript": JAVASCRIPT,
    "java": JAVA,
}
DECODED = [
    ("python", "base64.b64decode(q).decode()"),
    ("python", "bytes.fromhex(q).decode()"),
    ("python", "base64.b32decode(q.encode()).decode('ascii')"),
    ("javascript", "Buffer.from(q, 'base64').toString()"),
    ("javascript", "atob(q)"),
    ("java", "new String(Base64.getDecoder().decode(q))"),
]
PATTERNS = {
    "python": "if not re.fullmatch('[A-Za-z0-9]+', q): abort(400)",
    "javascript": "if (!/^[A-Za-z0-9]+$/.test(q)) return res.sendStatus(400);",
    "java": 'if (!q.matches("[A-Za-z0-9]+")) return;',
}
LISTS = {
    "python": "if q not in ('616263', 'YWJj'): abort(400)",
    "javascript": "if (!['616263', 'YWJj'].includes(q)) return res.sendStatus(400);",
    "java": 'if (!Set.of("616263", "YWJj").contains(q)) return;',
}


def commands(language, check, decoded):
    """The commands that are found, and where one is to be."""
    code, start, end = flows.marked(FORMS[language].format(check=check, decoded=decoded))
    found = flows.document(code, "shell-command-injection", language)
    return [(finding.range.start, finding.range.end) for finding in found], (start, end)


@pytest.mark.parametrize(("language", "decoded"), DECODED)
def test_a_pattern_says_nothing_of_what_is_decoded(language, decoded):
    found, place = commands(language, PATTERNS[language], decoded)
    assert found == [place]
    assert commands(language, PATTERNS[language], "q")[0] == []


@pytest.mark.parametrize(("language", "decoded"), DECODED)
def test_one_of_a_few_known_texts_holds_what_is_known(language, decoded):
    assert commands(language, LISTS[language], decoded)[0] == []
