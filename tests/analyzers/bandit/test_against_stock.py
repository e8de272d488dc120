"""Small texts that are hard to get right, each compared with what bandit's own manager says about the same file."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leery_analyzers.units import segment

_TEXTS = {
    "aliases": "import subprocess as s\nfrom os import system as run\nrun(x)\ns.Popen(x, shell=True)\n",
    "alias_in_a_function_holds_after_it": "def f():\n    import pickle as p\ndef g(x):\n    return p.loads(x)\n",
    "used_before_its_import": "def g(x):\n    return p.loads(x)\nimport pickle as p\n",
    "relative_import": "from . import subprocess\nfrom .. import pickle as p\np.loads(x)\n",
    "dynamic_imports": (
        "import importlib\nfrom importlib import import_module as im\n__import__('pickle')\n__import__(x)\n"
        "__import__()\nimportlib.import_module('telnetlib')\nim('ftplib')\nim(name='subprocess')\n"
    ),
    "shell_on_a_later_line": "import subprocess\nsubprocess.run(\n    cmd,\n    shell=True,\n)\n",
    "password_argument_on_a_later_line": "f(\n  a,\n  password='hunter2')\n",
    "password_default": "def f(a, password='hunter2',\n      token=None):\n    pass\n",
    "async_definitions_are_not_looked_at": "async def f(password='hunter2'):\n    assert password\n",
    "docstrings_are_not_looked_at": "def f():\n    'SELECT a FROM b WHERE c = %s'\n    '/tmp/x'\n",
    "strings_everywhere": (
        "x = {'password': 'a', 'token': b'b'}\nif password == 'a': pass\nself.secret = 'a'\nd['pwd'] = 'c'\n"
        "y = ['/tmp/a' for z in '/var/tmp' if z in '/dev/shm']\ndef f(a='/tmp/b', *, b='0.0.0.0'): pass\n"
        "class C(metaclass=M, x='/tmp/c'): y: '/tmp/d' = 1\nlambda q='/tmp/e': '/tmp/f'\n"
    ),
    "f_strings": "c.execute(f'SELECT {a} FROM {b} WHERE c')\nx = f'''\n{os.system(a)}\n{'/tmp/x'}'''\n",
    "sql_in_pieces": "c.execute('SELECT a FROM b ' + x + ' WHERE c = ' + y)\n'DELETE FROM a WHERE {}'.format(x)\n",
    "swallowed_errors": "for i in x:\n  try: y()\n  except Exception: continue\n  try: y()\n  except: pass\n",
    "mark_safe": (
        "from django.utils import safestring\na = 'x'\nb = safestring.mark_safe(a)\ndef f(c):\n    d = 'y'\n"
        "    return safestring.mark_safe(d), safestring.mark_safe(c), safestring.mark_safe('%s' % d)\n"
    ),
    "match_statement": "match x:\n  case '/tmp/a':\n    assert y\n  case {'password': '/tmp/b'}:\n    exec(z)\n",
    "bidirectional_character": "a = 1\nb = '\u202e' # \u2066\n",
    "encoding_comment": "# -*- coding: utf-8 -*-\nb = 'é\u202e'\n",
    "byte_order_mark": "\ufeffassert x\nb = '\u202e'\n",
    "windows_line_ends": "import os\r\nos.system(\r\n  x)  \r\nassert x # nosec\r\n",
    "form_feed": "import os\n\f\nos.system(x)\n\fassert y\n",
    "wrong_escapes": "x = '\\d/tmp'\nassert '/tmp/\\d'\n",
    "nosec_all": "import os\nos.system(x)  # nosec\nassert x  #nosec: because\n",
    "nosec_by_id": "import os\nos.system(x)  # nosec B605\nos.system(x)  # nosec B1, B605\nos.system(x)  #nosec B602\n",
    "nosec_by_name": "assert x  # nosec assert_used\nassert x  # nosec exec_used\nassert x  # nosec nonsense\n",
    "nosec_on_the_first_line_of_a_call": "import subprocess\nsubprocess.run(  # nosec\n  x,\n  shell=True)\n",
    "nosec_on_another_line_of_a_call": "import subprocess\nsubprocess.run(\n  x,  # nosec B602\n  shell=True)\n",
    "nosec_inside_a_definition": "def f(password='x'):\n    a = 1\n    # nosec B107\n    assert a\n",
    "nosec_in_a_default": "def f(a='/tmp/x',  # nosec\n      b='/tmp/y'):\n    pass\n",
    "nosec_twice": "import subprocess\nsubprocess.run(  # nosec B101\n  x,\n  shell=True)  # nosec B602\n",
    "nosec_in_a_string_is_none": "assert x, '# nosec'\n",
    "nosec_and_a_bidirectional_character": "x = 1\ny = '\u202e'  # nosec B613\n",
    "nosec_on_line_one_and_a_bidirectional_character": "x = 1  # nosec\ny = '\u202e'\n",
    "nosec_in_a_comprehension": "x = [y for y in\n  ('/tmp/a',  # nosec\n   '/tmp/b')]\n",
    "nothing": "",
    "many_libraries": (
        "import flask, requests, yaml, tarfile, torch, paramiko, ssl, jinja2, hashlib, random, os, logging.config\n"
        "import xml.etree.ElementTree as E\nfrom Crypto.Cipher import DES\nfrom Crypto.PublicKey import RSA\n"
        "flask.Flask(n).run(debug=True)\nrequests.get(u,\n  verify=False)\nyaml.load(x)\ntorch.load(x)\n"
        "tarfile.open(x).extractall(members=y)\nparamiko.SSHClient().exec_command(x)\nE.parse(x)\nDES.new(k)\n"
        "c.set_missing_host_key_policy(\n  paramiko.AutoAddPolicy)\nssl.wrap_socket(ssl_version=ssl.PROTOCOL_SSLv3)\n"
        "def f(v=ssl.PROTOCOL_SSLv2): pass\njinja2.Environment(autoescape=False)\nhashlib.new('md5')\n"
        "random.random()\nos.chmod(x, 0o777)\nlogging.config.listen(1)\nRSA.generate(1024)\nos.popen('tar *')\n"
        "os.execl(x)\nos.tempnam()\neval(x)\nssl._create_unverified_context()\n"
    ),
}


@pytest.mark.parametrize("name", _TEXTS)
def test_a_hard_text_gives_what_bandit_gives(name, stock, issues, whole):
    assert issues(whole(_TEXTS[name])) == stock(_TEXTS[name])


def test_the_hard_texts_reach_many_tests(stock):
    reached = {issue[0] for text in _TEXTS.values() for issue in stock(text)}

    assert len(reached) >= 25


# The differences that the package's docstring names: (text, only bandit says, only the units say).
_DIFFERENCES = {
    "B613 once a unit": ("x = '\u202e'\n\ny = '\u202e'\n", [], [("B613", 3, "high", "medium")]),
    "B613 under a nosec on line one": ("x = 1  # nosec\n\ny = '\u202e'\n", [], [("B613", 3, "high", "medium")]),
    "B613 below a form feed": (
        "x = 1\f\ny = '\u202e'\n",
        [("B613", 3, "high", "medium")],
        [("B613", 2, "high", "medium")],
    ),
    "B703 of a name from another statement": (
        "from django.utils.safestring import mark_safe\na = 'x'\n\nb = mark_safe(a)\n",
        [],
        [("B703", 4, "medium", "high")],
    ),
}


@pytest.mark.parametrize("name", _DIFFERENCES)
def test_units_differ_from_the_file_as_documented(name, stock, issues):
    text, only_bandit, only_units = _DIFFERENCES[name]
    expected, found = stock(text), Counter()
    for unit in segment(text, "python"):
        found += issues(unit)

    assert list((expected - found).elements()) == only_bandit
    assert list((found - expected).elements()) == only_units


def test_a_broken_function_does_not_silence_the_others(analyzer):
    text = "import os\n\ndef f():\n    os.system(\n\ndef g(x):\n    os.system(x)\n"

    reports = {unit.name: analyzer.analyze(unit) for unit in segment(text, "python")}

    assert [notice.kind for notice in reports["f"].notices] == ["parse"]
    assert [finding.rule for finding in reports["g"].findings] == ["B605"]


_LINES = st.sampled_from(
    [
        "import subprocess",
        "import subprocess as sp, pickle",
        "from os import system, popen as p",
        "import flask, requests, yaml, tarfile, torch, paramiko, django.utils.safestring",
        "subprocess.run(x, shell=True)",
        "sp.call(['ls'])",
        "system('rm *')",
        "p(f'ls {x}')",
        "pickle.loads(x)",
        "requests.get(u, verify=False)",
        "yaml.load(x)",
        "app.run(debug=True)",
        "tarfile.open(x).extractall()",
        "password = 'é' + '/tmp/x'",
        "connect(a, password='x')",
        "cursor.execute('SELECT a FROM b WHERE c = ' + x)",
        "assert x",
        "x = [\n    '/tmp/a',\n    eval(y),\n]",
        "try:\n    x()\nexcept Exception:\n    pass",
        "def f(password='x', b=exec):\n    return eval(password)",
        "class C:\n    token = 'x'\n    def m(self):\n        import telnetlib as t\n        return t.Telnet(x)",
    ]
)
_COMMENTS = st.sampled_from(["", "", "", "  # nosec", "  # nosec B101, B105", "  #nosec:B602 B605", "  # note"])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_LINES, st.integers(0, 4), _COMMENTS), max_size=8))
def test_any_mixture_gives_what_bandit_gives(stock, issues, whole, mixture):
    source = ""
    for statement, line, comment in mixture:
        lines = statement.split("\n")
        lines[min(line, len(lines) - 1)] += comment
        source += "\n".join(lines) + "\n"

    assert issues(whole(source)) == stock(source)
