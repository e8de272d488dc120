"""Bodies in which something that was known stops to hold, by what it is, beside twins in which it still does.

In each, ``q`` is data from outside, and so is ``ask('y')``; ``run`` hands a text to a shell.
"""

import re

HEADS = {
    "python": (
        "import os, re, subprocess\nfrom string import Template\nfrom flask import Flask, request\n"
        "app = Flask(__name__)\nA = ('a', 'b')\n{beside}\n@app.get('/größe')\ndef view():\n    q = request.args['q']\n"
    ),
    "javascript": (
        "const {{ exec }} = require('child_process');\nconst A = ['a', 'b'];\n{beside}\n"
        "app.get('/größe', (req, res) => {{\n  let q = String(req.query.q);\n"
    ),
    "java": (
        "import java.util.*;\nimport java.util.regex.*;\nimport javax.servlet.http.*;\n"
        'public class Größe extends HttpServlet {{\n  static final Set<String> A = Set.of("a", "b");\n  {beside}\n'
        "  public void doGet(HttpServletRequest request, HttpServletResponse answer) throws Exception {{\n"
        '    String q = request.getParameter("q");\n'
    ),
}  # fmt: skip
ENDS = {"python": "", "javascript": "});\n", "java": "  }\n}\n"}
CALLS = {
    "python": ("os.system(", "request.args['y']"),
    "javascript": ("exec(", "String(req.query.y)"),
    "java": ("Runtime.getRuntime().exec(", 'request.getParameter("y")'),
}
INDENTED = {"python": "    ", "javascript": "  ", "java": "    "}


def program(language, body, beside=""):
    """A whole file."""
    lines = "".join(f"{INDENTED[language]}{line}\n" for line in body.split("\n"))
    run, ask = CALLS[language]
    code = HEADS[language].format(beside=beside) + lines + ENDS[language]
    return re.sub(r"(?<![\w.])run\(", run, code).replace("ask('y')", ask)


PATTERNS = {
    ("python", "a length that no sample has", "git"): (r"^[\w.-]{12,}$", r"^\w[\w.-]{12,}$"),
    ("python", "a form that no sample has", "git"): (r"^[\w.-]+@[\w.-]+$", r"^\w[\w.-]*@[\w.-]+$"),
    ("python", "what must not come first", "git"): (r"^(?!\.)[\w.-]+$", r"^(?!-)[\w.-]+$"),
    ("python", "an alternative without a start", "git"): ("^https://|github", "^https://|^git@"),
    ("python", "an alternative without an end", "run"): ("^(a|b)|[0-9]$", "^(a|b)$|^[0-9]$"),
    ("python", "escapes of a set", "git"): (r"^[^\x00-\x1f]+$", r"^[^\s-]+$"),
    ("python", "what is there no time", "git"): ("^a{0}-?x$", "^a{1}-?x$"),
    ("python", "each line", "run"): ("(?m)^[a-z]+$", "(?i)^[a-z]+$"),
    ("javascript", "an alternative without an end", "run"): ("^(a|b)|[0-9]$", "^(?:(a|b)|[0-9])$"),
    ("javascript", "an alternative without a start", "redirect"): (r"^\/(?!\/)|home", r"^\/(?!\/)"),
    ("javascript", "an address of a length that no sample has", "redirect"): (r"^\/[\w\/]{12,}$", r"^\/\w{12,}$"),
    ("java", "an alternative without an end", "run"): ("^(a|b)|[0-9]$", "^(?:(a|b)|[0-9])$"),
}
"""By language, what is wrong with the first of two patterns, and where the text goes that it lets pass."""
PASSED = {
    ("python", "git"): "if not re.search(r'{}', q): return\nsubprocess.run(['git', 'clone', q])",
    ("python", "run"): "if re.search(r'{}', q): run(q)",
    ("javascript", "run"): "if (/{}/.test(q)) run(q);",
    ("javascript", "redirect"): "if (/{}/.test(q)) res.redirect(q);",
    ("java", "run"): 'if (Pattern.compile("{}").matcher(q).find()) run(q);',
}
FLAGS = {
    "python": ("if re.compile(r'^[a-z]+$'{}).search(q): run(q)", ", re.I | re.M", ", re.I"),
    "python, with a name": ("if re.match(r'[a-z]+$', q{}): run(q)", ", flags=re.MULTILINE", ", flags=re.ASCII"),
    "java": (
        'if (Pattern.compile("^[a-z]+$"{}).matcher(q).find()) run(q);',
        ", Pattern.MULTILINE",
        ", Pattern.CASE_INSENSITIVE",
    ),
}

BODIES = {
    ("python", "a flag that the same branch sets again"): (
        "ok = True\nif not q.isalnum():\n    ok = False\n    ok = bool(sys.argv[2])\nif ok: run(q)",
        "ok = True\nif not q.isalnum():\n    ok = False\n    if sys.argv[2]:\n        ok = False\nif ok: run(q)",
    ),
    ("python", "a flag of two branches that is set again"): (
        "if q.isalnum():\n    ok = True\nelse:\n    ok = False\n    if sys.argv[2]:\n        ok = True\nif ok: run(q)",
        "if q.isalnum():\n    ok = True\nelse:\n    ok = False\nif ok: run(q)",
    ),
    ("javascript", "a flag that the same branch sets again"): (
        "let ok = true;\nif (!/^[a-z]+$/.test(q)) { ok = false; if (force) { ok = true; } }\nif (ok) run(q);",
        "let ok = true;\nif (!/^[a-z]+$/.test(q)) { ok = false; if (force) { ok = false; } }\nif (ok) run(q);",
    ),
    ("javascript", "a place that is no answer"): (
        "if (['a', 'b'].findIndex((one) => one === q)) run(q);",
        "if (['a', 'b'].findIndex((one) => one === q) >= 0) run(q);",
    ),
    ("python", "the end of a list that is longer than is known"): (
        "xs = [q]\nxs.extend(os.listdir('/srv'))\ndel xs[-1]\nrun(xs[0])",
        "xs = [q, 'b']\nxs.extend(os.listdir('/srv'))\ndel xs[0]\nrun(xs[0])",
    ),
    ("python", "a stretch at its end"): (
        "xs = [q]\nxs.extend(os.listdir('/srv'))\ndel xs[-1:]\nrun(xs[0])",
        "xs = ['a', q]\ndel xs[-1:]\nrun(xs[0])",
    ),
    ("python", "quotes around a command in a command"): (
        "q = re.sub(r'[\"$`\\\\]', '', q)\nrun('echo \"$(ls ' + q + ')\"')",
        "q = re.sub(r'[\"$`\\\\]', '', q)\nrun('echo \"ls ' + q + '\"')",
    ),
    ("python", "a name that a template finds in what is spread"): (
        "d = {'a': '1', **request.args}\nrun(Template('ls $q').substitute(**d))",
        "d = {**request.args, 'a': '1'}\nrun(Template('ls $a').substitute(**d))",
    ),
    ("python", "a name beside what is spread"): (
        "d = {'a': '1', **request.args}\nrun(Template('ls $q').substitute({'q': 'b'}, **d))",
        "run(Template('ls $q').substitute({'q': 'b', 'c': q}, a=q))",
    ),
    ("python", "a key that is overwritten"): (
        "d = {'a': '1'}\nd.update(request.args)\nrun(d['a'])",
        "d = {**request.args}\nd.update({'a': '1'})\nrun(d['a'])",
    ),
    ("python", "an object that is another one on another path"): (
        "d = {'a': '1'}\nif q: d = request.args\nrun(d['a'])",
        "d = {'a': '1', 'b': q}\nif q: d = {'a': '2'}\nrun(d['a'])",
    ),
    ("javascript", "an object that is another one on another path"): (
        "let d = { a: '1' };\nif (q) d = req.query;\nrun(d.a);",
        "let d = { a: '1', b: q };\nif (q) d = { a: '2' };\nrun(d.a);",
    ),
    ("javascript", "a variable that an operand changes"): (
        "let x = 'ls';\nq && (x = q);\nrun(x);",
        "let x = q;\n(x = 'ls') && q;\nrun(x);",
    ),
    ("javascript", "a list that an operand changes"): (
        "const xs = ['ls'];\nq.length > 2 && xs.push(q);\nrun(xs.join(' '));",
        "const xs = ['ls'], ys = [];\nq.length > 2 && ys.push(q);\nrun(xs.join(' '));",
    ),
    ("javascript", "what an operand says of a variable around"): (
        "const go = () => { const ok = A.includes(q) && 1; run(q); };\ngo();",
        "const go = () => { if (A.includes(q) && 1) run(q); };\ngo();",
    ),
    ("java", "a line that an operand reads"): (
        'String x = "";\nif (q != null && (x = request.getParameter(q)) != null) { A.size(); }\nrun(x);',
        'String x = q;\nif ((x = "a") != null && q != null) { A.size(); }\nrun(x);',
    ),
    ("python", "a variable that an operand changes"): (
        "x = 'ls'\nok = q and (x := q)\nrun(x)",
        "x = q\nok = (x := 'ls') and q\nrun(x)",
    ),
    ("python", "a variable that a loop in an expression changes"): (
        "x = 'ls'\nys = [x := y for y in request.args.getlist('q')]\nrun(x)",
        "x = 'ls'\nys = [x for x in request.args.getlist('q')]\nrun(x)",
    ),
    ("python", "a list that a loop in an expression fills"): (
        "xs = []\n[xs.append(y) for y in ('a', q)]\nrun(' '.join(xs))",
        "xs, ys = ['b'], []\n[ys.append(y) for y in ('a', q)]\nrun(' '.join(xs))",
    ),
    ("python", "an element at a place that is not known"): (
        "xs = ['a', 'b']\nxs[int(ask('y'))] = q\nrun(xs[1])",
        "xs = ['a', 'b']\nxs[int(ask('y'))] = 'c'\nrun(xs[1])",
    ),
    ("python", "an entry under a key that is not known"): (
        "d = {'a': '1'}\nd[ask('y')] = q\nrun(d['a'])",
        "d = {'a': '1'}\nd[ask('y')] = q\nd['a'] = 'b'\nrun(d['a'])",
    ),
    ("python", "a stretch that something else is put in place of"): (
        "xs = ['a', 'b']\nxs[0:1] = [q, 'c']\nrun(xs[0])",
        "xs, ys = ['a', 'b'], ['c']\nys[0:1] = [q]\nrun(xs[0])",
    ),
    ("javascript", "an element at a place that is not known"): (
        "const xs = ['a', 'b']; xs[ask('y')] = q; run(xs[1]);",
        "const xs = ['a', 'b']; xs[0] = q; run(xs[1]);",
    ),
    ("javascript", "an entry under a key that is not known"): (
        "const m = new Map([['a', '1']]); m.set(ask('y'), q); run(m.get('a'));",
        "const m = new Map([['a', '1']]); m.set(ask('y'), q); m.set('a', 'b'); run(m.get('a'));",
    ),
    ("java", "an entry under a key that is not known"): (
        'Map<String, String> m = new HashMap<>(); m.put("a", "1"); m.put(ask(\'y\'), q); run(m.get("a"));',
        'Map<String, String> m = new HashMap<>(); m.put(ask(\'y\'), q); m.put("a", "1"); run(m.get("a"));',
    ),
    ("java", "entries that are put in under keys that are not known"): (
        (
            'Map<String, String> m = new HashMap<>(Map.of("a", "1")), n = new HashMap<>(); n.put(ask(\'y\'), q);\n'
            'm.putAll(n); run(m.get("a"));'
        ),
        (
            'Map<String, String> m = new HashMap<>(Map.of("a", "1")), n = new HashMap<>(); n.put("b", q);\n'
            'm.putAll(n); run(m.get("a"));'
        ),
    ),
    ("python", "data that is read under another key"): (
        "k = 'a'\nif request.args[k] not in A: return\nk = 'b'\nrun(request.args[k])",
        "k = 'a'\nif request.args[k] not in A: return\nrun(request.args[k])",
    ),
    ("python", "data that is read under another key in each round"): (
        "for k in A:\n    if request.args[k] in A: break\nfor k in ('c', 'd'): run(request.args[k])",
        "for k in A:\n    if request.args[k] in A: run(request.args[k])",
    ),
    ("javascript", "data that is read under another key"): (
        "let k = 'a'; if (!A.includes(req.query[k])) return; k = 'b'; run(req.query[k]);",
        "let k = 'a'; if (!A.includes(req.query[k])) return; run(req.query[k]);",
    ),
    ("python", "what is read again"): (
        "x = input()\nif x not in A: return\nrun(input())",
        "x = input()\nif x not in A: return\nrun(x)",
    ),
    ("python", "an error before something else is assigned"): (
        "x = 'a'\ntry:\n    x = q\n"
        + "    go()\n" * 9
        + "    x = 'b'\n"
        + "    go()\n" * 9
        + "except ValueError: pass\nrun(x)",
        "x = 'a'\ntry:\n" + "    go()\n" * 9 + "    x = 'b'\n" + "    go()\n" * 9 + "except ValueError: pass\nrun(x)",
    ),
    ("python", "what is always done, after an error, too"): (
        "x = 'a'\ntry:\n    x = q\n    go()\n    x = 'b'\nfinally: run(x)",
        "x = 'a'\ntry:\n    go()\n    x = 'b'\nfinally: run(x)",
    ),
    ("javascript", "what is always done, after an error, too"): (
        "let x = 'a'; try { x = q; go(); x = 'b'; } finally { run(x); }",
        "let x = 'a'; try { go(); x = 'b'; } finally { run(x); }",
    ),
    ("python", "a quoted word between quotes"): (
        "import shlex\nrun('echo \"' + shlex.quote(q) + '\"')",
        "import shlex\nrun('echo \"größe\" ' + shlex.quote(q))",
    ),
    ("python", "a quoted word that is a line of another shell"): (
        "import shlex\nrun('bash -lc ' + shlex.quote(q))",
        "import shlex\nrun(\"bash -lc 'ls' \" + shlex.quote(q))",
    ),
    ("javascript", "a quoted word between quotes"): (
        "const { quote } = require('shell-quote'); run(`ls '${quote([q])}'`);",
        "const { quote } = require('shell-quote'); run(`ls 'größe' ${quote([q])}`);",
    ),
    ("python", "an entry that is there on one path only"): (
        "d = {}\nif q: d['a'] = 'b'\nif d: return\nrun(q)",
        "d = {}\nd['a'] = 'b'\nif d: return\nrun(q)",
    ),
    ("python", "an entry that is there on one path only, read with a default"): (
        "d = {}\nif q: d['a'] = 'b'\nrun(d.get('a', q))",
        "d = {}\nd['a'] = 'b'\nrun(d.get('a', q))",
    ),
    ("python", "entries that are there on one path only, in a loop"): (
        "d = {}\nif q: d['a'] = 'b'\nfor k, v in d.items(): return\nrun(q)",
        "d = {}\nd['a'] = 'b'\nfor k, v in d.items(): return\nrun(q)",
    ),
    ("javascript", "an entry that is there on one path only"): (
        "const o = {}; if (q) o.a = 'b'; if (Object.keys(o).length) return; run(q);",
        "const o = {}; o.a = 'b'; if (Object.keys(o).length) return; run(q);",
    ),
    ("java", "an entry that is there on one path only"): (
        'Map<String, String> m = new HashMap<>(); if (q != null) m.put("a", "b"); if (!m.isEmpty()) return; run(q);',
        'Map<String, String> m = new HashMap<>(); m.put("a", "b"); if (!m.isEmpty()) { return; } run(q);',
    ),
    ("javascript", "one harmful character that is taken out"): (
        "run(q.replace(/[^a-z]/, ''));",
        "run(q.replace(/[^a-z]/g, ''));",
    ),
    ("python", "a set that is filled from outside"): (
        "known = {'a'}\nknown.update(request.args.getlist('y'))\nif q in known: run(q)",
        "known = {'a'}\nknown.update(A)\nif q in known: run(q)",
    ),
}
"""By language, what stops to hold: a body in which something reaches a shell, and one in which nothing does."""
FLAGS_OF_TESTS = {
    "python": (
        ("ok = q in A", "if ok: run(q)"),
        {
            "": True,
            "q = ask('y')": False,
            "q += ask('y')": False,
            "q, z = ask('y'), 1": False,
            "(q := ask('y'))": False,
            "q = q.strip()": True,
            "ok |= bool(ask('y'))": False,
            "ok &= bool(ask('y'))": True,
            "ok = ok and bool(ask('y'))": True,
            "ok = ok or bool(ask('y'))": False,
            "if ask('y'): ok = True": False,
            "if ask('y'): ok = False": True,
            "if ask('y'): q = ask('y')": False,
            "if ask('y'): ok = q in ('c', 'd')": True,
            "for q in request.args.getlist('y'): pass": False,
            "for z in request.args.getlist('y'):\n    if z > 'c':\n        q = z\n        break": False,
            "try: q = ask('y')\nexcept ValueError: pass": False,
            "try: int(q)\nexcept ValueError: q = ask('y')": False,
            "try: ok = q in ('c', 'd')\nexcept TypeError: ok = False": True,
            "try: ok = q in ('c', 'd')\nexcept TypeError: ok = True": False,
            "def go():\n    nonlocal q\n    q = ask('y')\ngo()": False,
            "def go(q):\n    q = ask('y')\ngo(q)": True,
            "del ok; ok = bool(q)": False,
        },
    ),
    "javascript": (
        ("let ok = A.includes(q);", "if (!ok) return;\n  run(q);"),
        {
            "": True,
            "q = ask('y');": False,
            "({ y: q } = req.query);": False,
            "[q] = [ask('y')];": False,
            "q = q.trim();": True,
            "ok = ok && ask('y') === '1';": True,
            "ok = ok || ask('y') === '1';": False,
            "if (ask('y')) ok = true;": False,
            "if (ask('y')) ok = false;": True,
            "switch (ask('y')) { case 'a': ok = true; break; default: break; }": False,
            "try { q = ask('y'); parse(q); } catch (error) { }": False,
            "const go = () => { q = ask('y'); };\n  go();": False,
            "['a'].forEach(() => { q = ask('y'); });": False,
            "for (const z of req.query.z) { if (z > 'c') { q = z; break; } }": False,
            "ok = ask('y') ? A.includes(q) : false;": True,
            "ok = ask('y') ? A.includes(q) : true;": False,
            "let sure; if (ok) { sure = true; } else { sure = false; } ok = sure;": True,
            "if (A.includes(ask('y'))) { ok = true; } else { ok = false; }": False,
            "if (A.includes(q)) { ok = true; } else { ok = false; }": True,
            "if (A.includes(q)) { ok = true; q = ask('y'); } else { ok = false; }": False,
        },
    ),
    "javascript, of a part": (
        ("const o = { q, n: 1 };\n  const ok = A.includes(o.q);", "if (!ok) return;\n  run(o.q);"),
        {
            "": True,
            "o.n = ask('y');": True,
            "o['n'] = ask('y');": True,
            "o.q = ask('y');": False,
            "o['q'] = ask('y');": False,
            "o[ask('z')] = ask('y');": False,
            "Object.assign(o, req.body);": False,
        },
    ),
    "java": (
        ("boolean ok = A.contains(q);", "if (ok) { run(q); }"),
        {
            "": True,
            "q = ask('y');": False,
            "q = q.trim();": True,
            "if (ask('y') != null) { ok = true; }": False,
            "if (ask('y') != null) { ok = false; }": True,
            "ok &= ask('y') != null;": True,
            "ok |= ask('y') != null;": False,
            "for (String z : request.getParameterValues(q)) { if (z.length() > 3) { q = z; break; } }": False,
            "try { q = ask('y'); Integer.parseInt(q); } catch (NumberFormatException error) { A.size(); }": False,
        },
    ),
}
"""By language, a test and where it is asked for, and what between them leaves it as it was, or does not."""
LISTS = {
    "python": (
        ("errors = []\nif q not in A: errors.append('q')", "if errors: return\nrun(q)"),
        {
            "": True,
            "errors.append('b') if ask('y') else None": True,
            "print(errors)": True,
            "ok = errors == []\nsure = ok": True,
            "errors.pop()": False,
            "errors = []": False,
            "errors[:] = []": False,
            "del errors[0]": False,
            "errors -= [1]": False,
            "more = errors\nmore.clear()": False,
            "def go(them): them.clear()\ngo(errors)": False,
            "def go(them): print(them)\ngo(errors)": True,
        },
    ),
    "python, asked for its length": (
        ("errors = []\nif q not in A: errors.append('q')", "if len(errors) > 0: return\nrun(q)"),
        {"": True, "errors.pop()": False},
    ),
    "python, compared": (
        ("errors = []\nif q not in A: errors.append('q')", "if errors == []: run(q)"),
        {"": True, "errors.pop()": False},
    ),
    "javascript": (
        ("let errors = [];\n  if (!A.includes(q)) errors.push('q');", "if (errors.length) return;\n  run(q);"),
        {
            "": True,
            "console.log(errors);": True,
            "errors.length = 0;": False,
            "errors.length--;": False,
            "errors = [];": False,
            "const more = errors;\n  more.pop();": False,
            "const go = (them) => { them.splice(0); };\n  go(errors);": False,
        },
    ),
    "java": (
        (
            'List<String> errors = new ArrayList<>();\nif (!A.contains(q)) { errors.add("q"); }',
            "if (!errors.isEmpty()) { return; }\nrun(q);",
        ),
        {"": True, "errors.clear();": False, "List<String> more = errors;\nmore.clear();": False},
    ),
    "java, asked for its length": (
        (
            'List<String> errors = new ArrayList<>();\nif (!A.contains(q)) { errors.add("q"); }',
            "if (errors.size() > 0) { throw new IllegalStateException(); }\nrun(q);",
        ),
        {"": True, "errors.remove(0);": False},
    ),
}
"""Likewise, with a list of faults."""
BESIDE = {
    ("python", "an argument that is spread"): (
        "def go(a, b):\n    run(b)",
        "go(**{'a': '1', **request.args})",
        "go(**{**request.args, 'b': '1'})",
    ),
    ("python", "an argument that is spread and collected"): (
        "def go(**more):\n    run(more['b'])",
        "go(**{'a': '1', **request.args})",
        "go(**{'a': q, 'b': '1'})",
    ),
    ("python", "a list that a function fills"): (
        "def go(xs, x):\n    xs.append(x)",
        "xs = []\ngo(xs, q)\nrun(xs[0])",
        "xs = []\ngo([*xs], q)\nrun(' '.join(xs))",
    ),
    ("python", "a map that a function changes"): (
        "def go(d, **more):\n    d.update(more)",
        "d = {'a': '1'}\ngo(d, a=q)\nrun(d['a'])",
        "d = {'a': '1'}\ngo(d, b=q)\nrun(d['a'])",
    ),
    ("python", "a variable of the module that a function changes"): (
        "kept = 'a'\n\n\ndef go(x):\n    global kept\n    kept = x\n\n",
        "go(q)\nrun(kept)",
        "go('b')\nrun(kept)",
    ),
    ("javascript", "a variable of the module that a function changes"): (
        "let kept = 'a';\n\nfunction go(x) {\n  kept = x;\n}\n",
        "go(q);\nrun(kept);",
        "go('b');\nrun(kept);",
    ),
}  # fmt: skip
"""Likewise, with a function beside it."""
