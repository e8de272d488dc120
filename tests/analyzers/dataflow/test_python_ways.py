"""Ways of a value through Python's constructs, as puzzles have them; harmful and harmless twins."""

import pytest
from tests.analyzers.dataflow import flows

CASES = {
    "counter": (
        False,
        """import os
from collections import Counter
from flask import request
def v():
    c = Counter(request.args["x"])
    os.system("head -n %d /etc/motd" % c["a"])
""",
    ),
    "itemgetter": (
        False,
        """import os
from operator import itemgetter
from flask import request
def v():
    r = ("ls", request.args["x"])
    os.system(itemgetter(0)(r))
""",
    ),
    "itemgetter2": (
        True,
        """import os
from operator import itemgetter
from flask import request
def v():
    r = ("ls", request.args["x"])
    os.system(itemgetter(1)(r))
""",
    ),
    "attrgetter": (
        False,
        """import os
from operator import attrgetter
from flask import request
class A:
    def __init__(self, a, b):
        self.a, self.b = a, b
def v():
    os.system(attrgetter("a")(A("ls", request.args["x"])))
""",
    ),
    "closure-late": (
        False,
        """import os
from flask import request
def v():
    cmd = request.args["x"]
    def run():
        os.system(cmd)
    cmd = "ls"
    run()
""",
    ),
    "closure-late2": (
        True,
        """import os
from flask import request
def v():
    cmd = "ls"
    def run():
        os.system(cmd)
    cmd = request.args["x"]
    run()
""",
    ),
    "nonlocal": (
        False,
        """import os
from flask import request
def v():
    cmd = request.args["x"]
    def reset():
        nonlocal cmd
        cmd = "ls"
    reset()
    os.system(cmd)
""",
    ),
    "gen-send": (
        False,
        """import os
from flask import request
def g():
    yield "ls"
    yield request.args["x"]
def v():
    it = g()
    os.system(next(it))
""",
    ),
    "gen-send2": (
        True,
        """import os
from flask import request
def g():
    yield "ls"
    yield request.args["x"]
def v():
    it = g()
    next(it)
    os.system(next(it))
""",
    ),
    "enumerate": (
        False,
        """import os
from flask import request
def v():
    out = ""
    for i, c in enumerate(["ls", request.args["x"]]):
        if i == 0:
            out = c
    os.system(out)
""",
    ),
    "star": (
        False,
        """import os
from flask import request
def v():
    first, *rest = ["ls", request.args["x"], "b"]
    os.system(first)
""",
    ),
    "star2": (
        True,
        """import os
from flask import request
def v():
    first, *rest = ["ls", request.args["x"], "b"]
    os.system(rest[0])
""",
    ),
    "swap": (
        False,
        """import os
from flask import request
def v():
    a, b = "ls", request.args["x"]
    a, b = b, a
    os.system(b)
""",
    ),
    "swap2": (
        True,
        """import os
from flask import request
def v():
    a, b = "ls", request.args["x"]
    a, b = b, a
    os.system(a)
""",
    ),
    "tryfinally": (
        False,
        """import os
from flask import request
def v():
    c = request.args["x"]
    try:
        c = c.strip()
    finally:
        c = "ls"
    os.system(c)
""",
    ),
    "walrus": (
        True,
        """import os
from flask import request
def v():
    if (c := request.args.get("x")) is not None:
        os.system(c)
""",
    ),
    "match1": (
        False,
        """import os
from flask import request
def v():
    match request.args["x"]:
        case "disk" | "mem" as c:
            os.system("show-" + c)
        case _:
            return "no"
""",
    ),
    "match2": (
        True,
        """import os
from flask import request
def v():
    match request.args["x"].split():
        case ["run", cmd]:
            os.system(cmd)
        case _:
            return "no"
""",
    ),
    "setdefault": (
        False,
        """import os
from flask import request
def v():
    d = {"c": "ls"}
    d.setdefault("c", request.args["x"])
    os.system(d["c"])
""",
    ),
    "setdefault2": (
        True,
        """import os
from flask import request
def v():
    d = {}
    d.setdefault("c", request.args["x"])
    os.system(d["c"])
""",
    ),
    "update": (
        False,
        """import os
from flask import request
def v():
    d = {"c": request.args["x"]}
    d.update(c="ls")
    os.system(d["c"])
""",
    ),
    "delkey": (
        False,
        """import os
from flask import request
def v():
    d = {"c": request.args["x"]}
    del d["c"]
    os.system(d.get("c", "ls"))
""",
    ),
    "classattr": (
        False,
        """import os
from flask import request
class C:
    cmd = "ls"
    def __init__(self, x):
        self.note = x
    def run(self):
        os.system(self.cmd)
def v():
    C(request.args["x"]).run()
""",
    ),
    "subclass": (
        False,
        """import os
from flask import request
class B:
    def cmd(self, x):
        return x
    def run(self, x):
        os.system(self.cmd(x))
class D(B):
    def cmd(self, x):
        return "ls"
def v():
    D().run(request.args["x"])
""",
    ),
    "subclass2": (
        True,
        """import os
from flask import request
class B:
    def cmd(self, x):
        return "ls"
    def run(self, x):
        os.system(self.cmd(x))
class D(B):
    def cmd(self, x):
        return x
def v():
    D().run(request.args["x"])
""",
    ),
    "super": (
        False,
        """import os
from flask import request
class B:
    def __init__(self, c):
        self.c = c
class D(B):
    def __init__(self, c, n):
        super().__init__("ls")
        self.n = n
def v():
    os.system(D(request.args["x"], 1).c)
""",
    ),
    "super2": (
        True,
        """import os
from flask import request
class B:
    def __init__(self, c):
        self.c = c
class D(B):
    def __init__(self, c, n):
        super().__init__(c)
        self.n = n
def v():
    os.system(D(request.args["x"], 1).c)
""",
    ),
    "slots": (
        True,
        """import os
from flask import request
class Q:
    def __init__(self):
        self._i = []
    def put(self, x):
        self._i.insert(0, x)
    def get(self):
        return self._i.pop()
def v():
    q = Q()
    q.put(request.args["x"])
    q.put("ls")
    os.system(q.get())
""",
    ),
    "slots2": (
        False,
        """import os
from flask import request
class Q:
    def __init__(self):
        self._i = []
    def put(self, x):
        self._i.append(x)
    def get(self):
        return self._i.pop()
def v():
    q = Q()
    q.put(request.args["x"])
    q.put("ls")
    os.system(q.get())
""",
    ),
    "getitem": (
        True,
        """import os
from flask import request
class Box:
    def __init__(self, d):
        self.d = d
    def __getitem__(self, k):
        return self.d[k]
def v():
    b = Box({"a": "ls", "b": request.args["x"]})
    os.system(b["b"])
""",
    ),
    "getitem2": (
        False,
        """import os
from flask import request
class Box:
    def __init__(self, d):
        self.d = d
    def __getitem__(self, k):
        return self.d[k]
def v():
    b = Box({"a": "ls", "b": request.args["x"]})
    os.system(b["a"])
""",
    ),
    "callobj": (
        False,
        """import os
from flask import request
class F:
    def __call__(self, x):
        return "ls"
def v():
    os.system(F()(request.args["x"]))
""",
    ),
    "callobj2": (
        True,
        """import os
from flask import request
class F:
    def __call__(self, x):
        return "ls " + x
def v():
    os.system(F()(request.args["x"]))
""",
    ),
    "ctx": (
        True,
        """import os
from contextlib import contextmanager
from flask import request
@contextmanager
def cmd(x):
    yield "ls " + x
def v():
    with cmd(request.args["x"]) as c:
        os.system(c)
""",
    ),
    "ctx2": (
        False,
        """import os
from contextlib import contextmanager
from flask import request
@contextmanager
def cmd(x):
    yield "ls"
def v():
    with cmd(request.args["x"]) as c:
        os.system(c)
""",
    ),
    "enterexit": (
        False,
        """import os
from flask import request
class M:
    def __init__(self, x):
        self.x = x
    def __enter__(self):
        return "ls"
    def __exit__(self, *a):
        return False
def v():
    with M(request.args["x"]) as c:
        os.system(c)
""",
    ),
    "enterexit2": (
        True,
        """import os
from flask import request
class M:
    def __init__(self, x):
        self.x = x
    def __enter__(self):
        return self
    def __exit__(self, *a):
        return False
def v():
    with M(request.args["x"]) as c:
        os.system(c.x)
""",
    ),
    "strformatmap": (
        False,
        """import os
from flask import request
def v():
    os.system("ls {d}".format_map({"d": "/srv", "x": request.args["x"]}))
""",
    ),
    "partition": (
        False,
        """import os
from flask import request
def v():
    s = "ls;" + request.args["x"]
    os.system(s.partition(";")[0])
""",
    ),
    "removeprefix": (
        True,
        """import os
from flask import request
def v():
    os.system(request.args["x"].removeprefix("cmd:"))
""",
    ),
    "ord": (
        False,
        """import os
from flask import request
def v():
    os.system("kill -9 " + "".join(str(ord(c)) for c in request.args["x"]))
""",
    ),
    "hexrt": (
        True,
        """import os
from flask import request
def v():
    os.system(bytes.fromhex(request.args["x"].encode().hex()).decode())
""",
    ),
    "jsonrt": (
        True,
        """import os, json
from flask import request
def v():
    os.system(json.loads(json.dumps({"c": request.args["x"]}))["c"])
""",
    ),
    "zipd": (
        False,
        """import os
from flask import request
def v():
    d = dict(zip(["a", "b"], ["ls", request.args["x"]]))
    os.system(d["a"])
""",
    ),
    "sortk": (
        True,
        """import os
from flask import request
def v():
    os.system(sorted(["ls", request.args["x"]], key=len)[0])
""",
    ),
    "reduce": (
        True,
        """import os
from functools import reduce
from flask import request
def v():
    os.system(reduce(lambda a, b: a + " " + b, ["ls", request.args["x"]]))
""",
    ),
    "lru": (
        True,
        """import os
from functools import lru_cache
from flask import request
@lru_cache
def cmd(x):
    return "ls " + x
def v():
    os.system(cmd(request.args["x"]))
""",
    ),
    "wraps": (
        False,
        """import os
from functools import wraps
from flask import request
def fixed(f):
    @wraps(f)
    def w(x):
        return f("ls")
    return w
@fixed
def run(x):
    os.system(x)
def v():
    run(request.args["x"])
""",
    ),
    "arith": (
        False,
        """import os
from flask import request
def v():
    n = 7
    c = "ls" if (n * 42) - 200 > 90 else request.args["x"]
    os.system(c)
""",
    ),
    "bitflag": (
        False,
        """import os
from flask import request
SAFE = 1 << 2
def v():
    flags = 0b110
    c = "ls" if flags & SAFE else request.args["x"]
    os.system(c)
""",
    ),
    "loopconst": (
        False,
        """import os
from flask import request
def v():
    c = request.args["x"]
    for c in ["ls", "pwd"]:
        pass
    os.system(c)
""",
    ),
    "whileelse": (
        True,
        """import os
from flask import request
def v():
    c = "ls"
    i = 0
    while i < 2:
        i += 1
    else:
        c = request.args["x"]
    os.system(c)
""",
    ),
    "typedict": (
        False,
        """import os
from typing import TypedDict
from flask import request
class J(TypedDict):
    cmd: str
    note: str
def v():
    j = J(cmd="ls", note=request.args["x"])
    os.system(j["cmd"])
""",
    ),
    "enumval": (
        False,
        """import os, enum
from flask import request
class C(enum.Enum):
    A = "ls"
    B = "pwd"
def v():
    os.system(C[request.args["x"]].value)
""",
    ),
    "enummem": (
        False,
        """import os, enum
from flask import request
class C(enum.Enum):
    A = "ls"
    B = "pwd"
def v():
    name = request.args["x"]
    if name not in C.__members__:
        return "no"
    os.system("run " + name)
""",
    ),
    "groupdict": (
        False,
        """import os, re
from flask import request
def v():
    m = re.fullmatch(r"(?P<n>[a-z]+)", request.args["x"])
    if not m:
        return "no"
    os.system("ls " + m["n"])
""",
    ),
    "groupdict2": (
        True,
        """import os, re
from flask import request
def v():
    m = re.match(r"(?P<n>[a-z]+)(?P<r>.*)", request.args["x"])
    os.system("ls " + m["r"])
""",
    ),
    "pop2": (
        False,
        """import os
from flask import request
def v():
    a = [request.args["x"], "ls"]
    while len(a) > 1:
        a.pop(0)
    os.system(a[0])
""",
    ),
    "strslice": (
        True,
        """import os
from flask import request
def v():
    os.system(request.args["x"][2:])
""",
    ),
    "translate": (
        True,
        """import os
from flask import request
def v():
    os.system(request.args["x"].translate(str.maketrans("ab", "cd")))
""",
    ),
    "heap": (
        True,
        """import heapq, os
from flask import request
def v():
    h = []
    heapq.heappush(h, (2, "ls"))
    heapq.heappush(h, (1, request.args["x"]))
    os.system(heapq.heappop(h)[1])
""",
    ),
    "stringio": (
        True,
        """import os, io
from flask import request
def v():
    s = io.StringIO()
    s.write("ls ")
    s.write(request.args["x"])
    os.system(s.getvalue())
""",
    ),
    "print-io": (
        True,
        """import os, io
from flask import request
def v():
    s = io.StringIO()
    print("ls", request.args["x"], file=s)
    os.system(s.getvalue())
""",
    ),
    "g1": (
        False,
        """import os, re
from flask import request
def v():
    m = re.fullmatch(r"([a-z]+)", request.args["x"])
    if not m:
        return "no"
    os.system("ls " + m.group(1))
""",
    ),
    "g2": (
        False,
        """import os, re
from flask import request
def v():
    m = re.fullmatch(r"[a-z]+", request.args["x"])
    if not m:
        return "no"
    os.system("ls " + m[0])
""",
    ),
    "g3": (
        False,
        """import os, re
from flask import request
def v():
    m = re.fullmatch(r"(?P<n>[a-z]+)", request.args["x"])
    if not m:
        return "no"
    os.system("ls " + m.group("n"))
""",
    ),
    "g4": (
        False,
        """import os, re
from flask import request
P = re.compile(r"(?P<n>[a-z]+):(?P<k>\\d+)")
def v():
    m = P.fullmatch(request.args["x"])
    if m is None:
        return "no"
    os.system("ls " + m.groupdict()["n"])
""",
    ),
    "m1": (
        False,
        """import os
from flask import request
def v():
    x = request.args["x"]
    match x:
        case "disk" | "mem" as c:
            os.system("show-" + c)
""",
    ),
    "m2": (
        False,
        """import os
from flask import request
def v():
    x = request.args["x"]
    match x:
        case "disk" | "mem":
            os.system("show-" + x)
""",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_way(name):
    harmful, code = CASES[name]
    found = flows.document(code, "shell-command-injection", "python")
    assert any("request" in code[one.path[0].range.start : one.path[0].range.end] for one in found) is harmful


ANNOTATED = """import aiohttp
from flask import request
async def v({parameter}):
{line}    async with session.get(request.args["x"]) as answer:
        return await answer.text()
"""


@pytest.mark.parametrize(
    ("parameter", "line"),
    [
        ("session: aiohttp.ClientSession", ""),
        ('session: "aiohttp.ClientSession | None" = None', ""),
        ("app", '    session: aiohttp.ClientSession = app["http"]\n'),
    ],
)
def test_an_annotation_says_of_which_library_an_object_is(parameter, line):
    code = ANNOTATED.format(parameter=parameter, line=line)
    [found] = flows.document(code, "server-side-request-forgery", "python")
    assert code[found.range.start : found.range.end] == 'request.args["x"]'
    assert flows.document(code.replace("aiohttp.ClientSession", "Cache"), "server-side-request-forgery", "python") == []
