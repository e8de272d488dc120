"""Bodies of one view, each a way for its parameter ``param`` to reach a shell, or not to."""

VIEW = (
    "from flask import request\nimport os, subprocess, re\n\n"
    "@app.route('/x')\ndef view():\n    param = request.args.get('p')\n"
)

REACHES = {
    "counting recursion with defaults behind": (
        "    def pick(xs, n, acc='', sep='-'):\n"
        "        return xs[0] if n == 0 else pick(xs[1:], n - 1)\n"
        "    os.system('x '+pick(['a', param, 'b'], 1))\n"
    ),
    "every character, a harmful one too": (
        "    if all(c.isalnum() or c in ' ;' for c in param):\n        os.system('x ' + param)\n"
    ),
    "list": (
        "    l=[]\n"
        "    l.append('safe')\n"
        "    l.append(param)\n"
        "    l.append('moresafe')\n"
        "    l.pop(0)\n"
        "    os.system('x '+l[0])\n"
    ),
    "dict": ("    m={}\n    m['a']='x'\n    m['b']=param\n    bar=m['a']\n    bar=m['b']\n    os.system('x '+bar)\n"),
    "match": (
        "    possible='ABC'\n"
        "    guess=possible[2]\n"
        "    match guess:\n"
        "        case 'A': bar=param\n"
        "        case 'B': bar='bob'\n"
        "        case 'C' | 'D': bar=param\n"
        "        case _: bar='x'\n"
        "    os.system('x '+bar)\n"
    ),
    "settings": (
        "    import configparser\n"
        "    conf=configparser.ConfigParser()\n"
        "    conf.add_section('s')\n"
        "    conf.set('s','a','x')\n"
        "    conf.set('s','b',param)\n"
        "    bar=conf.get('s','b')\n"
        "    os.system('x '+bar)\n"
    ),
    "slice": ("    s=param[:-1]\n    os.system('x '+s)\n"),
    "base64": (
        "    import base64\n"
        "    t=base64.b64encode(param.encode())\n"
        "    bar=base64.b64decode(t).decode()\n"
        "    os.system('x '+bar)\n"
    ),
    "helper": ("    def f(a,b):\n        return b\n    os.system('x '+f('a',param))\n"),
    "an object's field": (
        "    class T:\n"
        "        def __init__(self,v):\n"
        "            self.v=v\n"
        "        def get(self):\n"
        "            return self.v\n"
        "    t=T(param)\n"
        "    os.system('x '+t.get())\n"
    ),
    "unpack": ("    a,(b,*c)='x',(1,param,2)\n    os.system('x '+c[0])\n"),
    "closure": ("    def run():\n        os.system('x '+param)\n    run()\n"),
    "lambda": ("    f=lambda v: os.system('x '+v)\n    f(param)\n"),
    "map": "    list(map(lambda v: os.system('x '+v), [param]))\n",
    "thread": (
        "    import threading\n"
        "    def work(v):\n"
        "        os.system('x '+v)\n"
        "    threading.Thread(target=work,args=(param,)).start()\n"
    ),
    "try": (
        "    try:\n"
        "        bar=param\n"
        "        risky()\n"
        "    except ValueError as e:\n"
        "        bar='x'\n"
        "    os.system('x '+bar)\n"
    ),
    "finally": (
        "    bar='x'\n    try:\n        bar=param\n        risky()\n    finally:\n        os.system('x '+bar)\n"
    ),
    "while": ("    bar=''\n    i=0\n    while i<3:\n        bar+=param\n        i+=1\n    os.system('x '+bar)\n"),
    "comprehension": "    os.system(' '.join([x for x in [param,'b']]))\n",
    "conditional": ("    bar = param if len(param)>3 else 'x'\n    os.system('x '+bar)\n"),
    "or": ("    bar = param or 'x'\n    os.system('x '+bar)\n"),
    "strip": ("    bar=param.strip().lower().replace('a','b')\n    os.system('x '+bar)\n"),
    "unknown function": ("    bar=transform(param)\n    os.system('x '+bar)\n"),
    "attribute": ("    obj.cmd=param\n    os.system('x '+obj.cmd)\n"),
    "one forbidden character": ("    if ';' in param:\n        return 'no'\n    os.system('x '+param)\n"),
    "a check for emptiness": ("    if not param:\n        return 'no'\n    os.system('x '+param)\n"),
    "a check for None": ("    if param is None:\n        param = ''\n    os.system('x '+param)\n"),
    "a pattern without an end": ("    if re.match(r'[a-z]+', param):\n        os.system('x '+param)\n"),
    "with": ("    with ctx(param) as c:\n        os.system('x '+c)\n"),
    "a script for a shell": "    subprocess.run(['sh','-c',param])\n",
    "generator": ("    def g():\n        yield param\n    for x in g():\n        os.system('x '+x)\n"),
    "spread arguments": ("    kw={'args':'x '+param,'shell':True}\n    subprocess.run(**kw)\n"),
    "fmtmap": "    os.system('x {p}'.format_map({'p':param}))\n",
    "template": ("    from string import Template\n    os.system(Template('x $p').substitute(p=param))\n"),
    "async": (
        "    async def go():\n        await asyncio.create_subprocess_shell('x '+param)\n    asyncio.run(go())\n"
    ),
    "nonlocal": (
        "    bar=''\n    def s():\n        nonlocal bar\n        bar=param\n    s()\n    os.system('x '+bar)\n"
    ),
    "decorated": (
        "    @functools.wraps(x)\n    def inner(*args):\n        os.system('x '+args[0])\n    inner(param)\n"
    ),
    "buffer": ("    import io\n    b=io.StringIO()\n    b.write(param)\n    os.system('x '+b.getvalue())\n"),
    "walrus": ("    if (p := request.args.get('q')):\n        os.system('x '+p)\n"),
    "enumerate": ("    for i,x in enumerate(param.split(',')):\n        os.system('x '+x)\n"),
    "dictcomp": ("    d={k:v for k,v in request.args.items()}\n    os.system('x '+d['a'])\n"),
    "dictitems": ("    d={'a':param}\n    for k,v in d.items():\n        os.system('x '+v)\n"),
    "getattr": ("    v=getattr(request,'args')['a']\n    os.system('x '+v)\n"),
    "unknown condition": ("    if debug:\n        bar='x'\n    else:\n        bar=param\n    os.system('x '+bar)\n"),
    "broken code after it": ("    os.system('x '+param)\n    def (\n"),
}

STOPS = {
    "counting recursion with defaults behind": (
        "    def pick(xs, n, acc='', sep='-'):\n"
        "        return xs[0] if n == 0 else pick(xs[1:], n - 1)\n"
        "    os.system('x '+pick([param, 'a', 'b'], 1))\n"
    ),
    "every character, two harmless ones too": (
        "    if all(c.isalnum() or c in '_-' for c in param):\n        os.system('x ' + param)\n"
    ),
    "list": (
        "    l=[]\n"
        "    l.append('safe')\n"
        "    l.append(param)\n"
        "    l.append('moresafe')\n"
        "    l.pop(0)\n"
        "    os.system('x '+l[1])\n"
    ),
    "dict": ("    m={}\n    m['a']='x'\n    m['b']=param\n    bar=m['b']\n    bar=m['a']\n    os.system('x '+bar)\n"),
    "match": (
        "    possible='ABC'\n"
        "    guess=possible[1]\n"
        "    match guess:\n"
        "        case 'A': bar=param\n"
        "        case 'B': bar='bob'\n"
        "        case 'C' | 'D': bar=param\n"
        "        case _: bar='x'\n"
        "    os.system('x '+bar)\n"
    ),
    "settings": (
        "    import configparser\n"
        "    conf=configparser.ConfigParser()\n"
        "    conf.add_section('s')\n"
        "    conf.set('s','a','x')\n"
        "    conf.set('s','b',param)\n"
        "    bar=conf.get('s','a')\n"
        "    os.system('x '+bar)\n"
    ),
    "arithmetic in a conditional": ("    num=106\n    bar='c' if 7*18+num>200 else param\n    os.system('x '+bar)\n"),
    "arithmetic in a condition": (
        "    num=86\n    if (7*42)-num>200:\n        bar='c'\n    else:\n        bar=param\n    os.system('x '+bar)\n"
    ),
    "helper": ("    def f(a,b):\n        return a\n    os.system('x '+f('a',param))\n"),
    "an object's field": (
        "    class T:\n"
        "        def __init__(self,v):\n"
        "            self.v=v\n"
        "            self.w='k'\n"
        "        def get(self):\n"
        "            return self.w\n"
        "    t=T(param)\n"
        "    os.system('x '+t.get())\n"
    ),
    "unpack": ("    a,(b,*c)='x',(1,param,2)\n    os.system('x '+a)\n"),
    "closure": ("    def run(v):\n        os.system('x '+v)\n    run('fixed')\n"),
    "while": (
        "    while True:\n"
        "        if param in ('a','b'):\n"
        "            break\n"
        "        return 'no'\n"
        "    os.system('x '+param)\n"
    ),
    "derived": ("    cmd='x '+param\n    if param not in ('a','b'):\n        return 'no'\n    os.system(cmd)\n"),
    "both": ("    if param == 'a' or param == 'b':\n        os.system('x '+param)\n"),
    "helper guard": (
        "    def ok(v):\n"
        "        if v not in ('a','b'):\n"
        "            raise ValueError\n"
        "        return v\n"
        "    os.system('x '+ok(param))\n"
    ),
    "flag": ("    ok = param in ('a','b')\n    if not ok:\n        return 'x'\n    os.system('x '+param)\n"),
    "try int": (
        "    try:\n        n=int(param)\n    except ValueError:\n        return 'x'\n    os.system(f'x {n}')\n"
    ),
    "dictget": ("    cmd={'a':'ls','b':'pwd'}.get(param,'id')\n    os.system(cmd)\n"),
    "a map of constants": ("    T={'a':'ls'}\n    if param in T:\n        os.system(T[param])\n"),
    "all": ("    if not all(c.isalnum() for c in param):\n        return 'x'\n    os.system('x '+param)\n"),
    "the same expression checked": (
        "    if request.args['q'] not in ('a','b'):\n        return 'x'\n    os.system('x '+request.args['q'])\n"
    ),
    "deleted": ("    bar=param\n    del bar\n    bar='x'\n    os.system('x '+bar)\n"),
    "percent d": "    os.system('x %d' % param)\n",
    "compiled": (
        "    P=re.compile(r'^[a-z]+$')\n    if not P.match(param):\n        return 'x'\n    os.system('x '+param)\n"
    ),
    "assert": ("    assert param.isalnum()\n    os.system('x '+param)\n"),
    "loopconst": ("    for c in ['a','b']:\n        os.system('x '+c)\n"),
    "len": "    os.system('x '+str(len(param)))\n",
    "look-alike": ("    c=Color(param)\n    os.system('x '+'y')\n"),
    "constant map by name": "    os.system('x '+ALLOWED[param])\n",
    "boolop": ("    if param and param.isdigit():\n        os.system('x '+param)\n"),
    "conditional": ("    bar = param if param in ('a','b') else 'x'\n    os.system('x '+bar)\n"),
    "next": ("    bar = next((x for x in ('a','b') if x == param), None)\n    os.system('x '+bar)\n"),
    "hash": ("    import hashlib\n    os.system('x '+hashlib.sha256(param.encode()).hexdigest())\n"),
    "false while": ("    bar='x'\n    while False:\n        bar=param\n    os.system(bar)\n"),
    "an empty loop": ("    bar='x'\n    for x in []:\n        bar=param\n    os.system(bar)\n"),
    "spread arguments": ("    kw={'args':'x '+param,'shell':False}\n    subprocess.run(**kw)\n"),
    "continue": (
        "    for x in param.split():\n        if x not in ('a','b'):\n            continue\n        os.system('x '+x)\n"
    ),
    "frozenset": (
        "    OK=frozenset({'a','b'})\n    if param.lower() not in OK: raise ValueError()\n    os.system('x '+param)\n"
    ),
    "format int": "    os.system('x {:d}'.format(param))\n",
    "nested": ("    if param:\n        if param in ('a',):\n            os.system('x '+param)\n"),
}
