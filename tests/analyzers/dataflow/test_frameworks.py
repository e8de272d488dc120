"""Frameworks and libraries as people use them: how sure a flow is there, or that there is none."""

import pytest
from tests.analyzers.dataflow import flows

# name: the rule, the code, the confidence it is reported with; empty for none.
CODE = {
    "celery delay": (
        "server-side-request-forgery",
        (
            "import requests\nfrom celery import shared_task\nfrom flask import request\n\n"
            "def start():\n    @shared_task(max_retries=3)\n    def fetch(url, user):\n        requests.get(url)\n\n"
            "    fetch.delay(request.form['url'], 3)\n"
        ),
        "high",
    ),
    "an own class that is called as a framework's": (
        "log-injection",
        (
            "import logging\nfrom ._models import Request\n\n"
            "def sent(request: Request):\n    logging.info('größe %s', request.url)\n"
        ),
        "",
    ),
    "a framework's class that no model knows": (
        "log-injection",
        (
            "import logging\nfrom webkit.http import Request\n\n"
            "def sent(request: Request):\n    logging.info('größe %s', request.url)\n"
        ),
        "high",
    ),
    "celery apply_async": (
        "server-side-request-forgery",
        (
            "import requests\nfrom celery import shared_task\nfrom flask import request\n\n"
            "def start():\n    @shared_task\n    def fetch(user, url):\n        requests.get(url, timeout=3)\n\n"
            "    fetch.apply_async(args=[3], kwargs={'url': request.form['url']}, countdown=9)\n"
        ),
        "high",
    ),
    "celery constant": (
        "server-side-request-forgery",
        (
            "import requests\nfrom celery import shared_task\nfrom flask import request\n\n"
            "def start():\n    @shared_task\n    def fetch(user, url):\n        requests.get(url, timeout=3)\n\n"
            "    fetch.apply_async(args=[request.form['user'], 'https://a.example/'])\n"
        ),
        "",
    ),
    "session update": (
        "trust-boundary-violation",
        ("from flask import request, session\n\ndef keep():\n    session.update(request.get_json())\n"),
        "high",
    ),
    "fastapi param": (
        "sql-injection",
        (
            "from fastapi import FastAPI\n"
            "app=FastAPI()\n"
            "@app.get('/u')\n"
            "async def u(name: str):\n"
            "    cur.execute(f\"SELECT * FROM u WHERE n='{name}'\")\n"
        ),
        "high",
    ),
    "fastapi body": (
        "shell-command-injection",
        ("import os\n@app.post('/u')\ndef u(item: Item):\n    os.system('x '+item.name)\n"),
        "high",
    ),
    "fastapi int": (
        "sql-injection",
        ("@app.get('/u')\ndef u(n: int):\n    cur.execute(f\"SELECT * FROM u WHERE n={n}\")\n"),
        "",
    ),
    "fastapi path": (
        "path-traversal",
        ("@app.get('/f/{name}')\nasync def f(name: str):\n    return FileResponse('/data/'+name)\n"),
        "high",
    ),
    "fastapi html": (
        "cross-site-scripting",
        ("@app.get('/f')\nasync def f(name: str):\n    return HTMLResponse(f'<p>{name}</p>')\n"),
        "high",
    ),
    "fastapi json": (
        "cross-site-scripting",
        ("from fastapi import FastAPI\n@app.get('/f')\nasync def f(name: str):\n    return f'<p>{name}</p>'\n"),
        "",
    ),
    "fastapi upload": (
        "unrestricted-upload",
        (
            "@app.post('/f')\n"
            "async def f(file: UploadFile):\n"
            "    with open('/up/'+file.filename,'wb') as o: o.write(await file.read())\n"
        ),
        "",
    ),
    "fastapi upload path": (
        "path-traversal",
        (
            "@app.post('/f')\n"
            "async def f(file: UploadFile = File(...)):\n"
            "    with open(f'/up/{file.filename}','wb') as o: o.write(await file.read())\n"
        ),
        "high",
    ),
    "django view": (
        "sql-injection",
        (
            "from django.db import connection\n"
            "def v(request):\n"
            "    q=request.GET.get('q','')\n"
            "    with connection.cursor() as c:\n"
            "        c.execute('SELECT * FROM t WHERE n = \\'%s\\'' % q)\n"
        ),
        "high",
    ),
    "django raw": (
        "sql-injection",
        ("def v(request, name):\n    return User.objects.raw(f\"SELECT * FROM u WHERE n='{request.POST['n']}'\")\n"),
        "high",
    ),
    "django cbv": (
        "sql-injection",
        (
            "class V(View):\n"
            "    def get(self, request, *args, **kwargs):\n"
            "        x = request.GET['x']\n"
            "        User.objects.raw('SELECT * FROM t WHERE a=' + x)\n"
        ),
        "high",
    ),
    "django self.request": (
        "shell-command-injection",
        ("import os\nclass V(View):\n    def run(self):\n        os.system('x '+self.request.GET['x'])\n"),
        "high",
    ),
    "aiohttp": (
        "shell-command-injection",
        ("import os\nasync def h(request):\n    data = await request.post()\n    os.system('x '+data['a'])\n"),
        "high",
    ),
    "aiohttp q": (
        "server-side-request-forgery",
        (
            "import aiohttp\n"
            "async def h(request):\n"
            "    url = request.query['u']\n"
            "    async with aiohttp.ClientSession() as s:\n"
            "        async with s.get(url) as r:\n"
            "            return web.Response(text=await r.text())\n"
        ),
        "high",
    ),
    "tornado": (
        "shell-command-injection",
        (
            "import os\n"
            "class H(tornado.web.RequestHandler):\n"
            "    def get(self):\n"
            "        os.system('x '+self.get_argument('a'))\n"
        ),
        "high",
    ),
    "cloud function": (
        "sql-injection",
        ("def lambda_handler(event, context):\n    cur.execute('SELECT * FROM t WHERE a='+event['a'])\n"),
        "high",
    ),
    "argparse": (
        "shell-command-injection",
        (
            "import argparse, os\n"
            "p=argparse.ArgumentParser()\n"
            "p.add_argument('x')\n"
            "a=p.parse_args()\n"
            "os.system('ping '+a.x)\n"
        ),
        "medium",
    ),
    "socket": (
        "code-eval",
        (
            "import socket\n"
            "def serve():\n"
            "    s=socket.socket()\n"
            "    c,a=s.accept()\n"
            "    d=c.recv(1024)\n"
            "    exec(d.decode())\n"
        ),
        "medium",
    ),
    "llm exec": (
        "shell-command-injection",
        (
            "import subprocess\n"
            "from openai import OpenAI\n"
            "client=OpenAI()\n"
            "def go(t):\n"
            "    r=client.chat.completions.create(model='x',messages=[])\n"
            "    subprocess.run(r.choices[0].message.content, shell=True)\n"
        ),
        "high",
    ),
    "tool": (
        "shell-command-injection",
        ("import subprocess\n@mcp.tool()\ndef run(cmd: str):\n    return subprocess.run(cmd, shell=True)\n"),
        "high",
    ),
    "pickle file param": (
        "unsafe-deserialization",
        ("import pickle\ndef load(path):\n    with open(path,'rb') as f:\n        return pickle.load(f)\n"),
        "low",
    ),
    "yaml": (
        "unsafe-deserialization",
        ("import yaml\ndef load(s):\n    return yaml.load(s, Loader=yaml.FullLoader)\n"),
        "medium",
    ),
    "method of a class": (
        "sql-injection",
        (
            "class Repo:\n"
            "    def find(self, name):\n"
            '        sql = "SELECT * FROM t WHERE n=\'" + name + "\'"\n'
            "        return self.conn.execute(sql).fetchall()\n"
        ),
        "medium",
    ),
    "sqlalchemy": (
        "sql-injection",
        (
            "from sqlalchemy import text\n"
            "def f(session, n):\n"
            "    q = text(f\"SELECT * FROM t WHERE n='{n}'\")\n"
            "    return session.execute(q)\n"
        ),
        "medium",
    ),
    "os.path.join param": (
        "path-traversal",
        ("import os\ndef read(name):\n    with open(os.path.join(BASE, name)) as f: return f.read()\n"),
        "low",
    ),
    "zip slip": (
        "path-traversal",
        (
            "import zipfile, os\n"
            "def un(path, dest):\n"
            "    with zipfile.ZipFile(path) as z:\n"
            "        for n in z.namelist():\n"
            "            t = os.path.join(dest, n)\n"
            "            with open(t,'wb') as f: f.write(z.read(n))\n"
        ),
        "low",
    ),
    "mongo": (
        "nosql-injection",
        (
            "def login():\n"
            "    u = request.json.get('u')\n"
            "    return db.users.find_one({'u': u, 'p': request.json['p']})\n"
        ),
        "high",
    ),
    "redirect": (
        "open-redirect",
        ("@app.route('/go')\ndef go():\n    url = request.args.get('url', '/')\n    return redirect(url)\n"),
        "high",
    ),
    "jinja env": (
        "template-injection",
        ("def r(request):\n    t = request.GET['t']\n    return Environment().from_string(t).render()\n"),
        "high",
    ),
    "joinedlist": (
        "shell-command-injection",
        (
            "import subprocess\n"
            "def f(files):\n"
            "    cmd = ['tar','czf','x'] + files\n"
            "    subprocess.run(' '.join(cmd), shell=True)\n"
        ),
        "medium",
    ),
    "log sanitised": (
        "log-injection",
        (
            "@app.route('/x')\n"
            "def v():\n"
            "    n=request.args['n'].replace('\\n','').replace('\\r','')\n"
            "    logging.info(n)\n"
        ),
        "",
    ),
    "ssrf startswith": (
        "server-side-request-forgery",
        (
            "@app.route('/x')\n"
            "def v():\n"
            "    u=request.args['u']\n"
            "    if not u.startswith('https://api.example.com/'):\n"
            "        abort(400)\n"
            "    requests.get(u)\n"
        ),
        "",
    ),
    "redirect startswith": (
        "open-redirect",
        (
            "@app.route('/x')\n"
            "def v():\n"
            "    u=request.args['u']\n"
            "    if not u.startswith('/') or u.startswith('//'):\n"
            "        u='/'\n"
            "    return redirect(u)\n"
        ),
        "",
    ),
    "address without a host": (
        "open-redirect",
        (
            "@app.route('/x')\n"
            "def v():\n"
            "    u=request.args['u']\n"
            "    if urlparse(u).netloc:\n"
            "        return redirect('/')\n"
            "    return redirect(u)\n"
        ),
        "",
    ),
    "path without dots": (
        "path-traversal",
        (
            "@app.route('/x')\n"
            "def v():\n"
            "    f=request.args['f']\n"
            "    if '..' in f or f.startswith('/'):\n"
            "        abort(400)\n"
            "    return {'x':open('/d/'+f).read()}\n"
        ),
        "",
    ),
    "helper allowed_file": (
        "path-traversal",
        (
            "@app.route('/x')\n"
            "def v():\n"
            "    f=request.args['f']\n"
            "    if not allowed_file(f):\n"
            "        abort(400)\n"
            "    return {'x':open('/d/'+f).read()}\n"
        ),
        "",
    ),
    "send_from_directory": (
        "path-traversal",
        ("@app.route('/x')\ndef v():\n    return send_from_directory('/d', request.args['f'])\n"),
        "",
    ),
}


@pytest.mark.parametrize("name", CODE)
def test_a_framework(name):
    rule, code, confidence = CODE[name]
    found = flows.findings(code, rule)
    assert [finding.confidence for finding in found[:1]] == ([confidence] if confidence else [])
    for finding in found:
        assert finding.path[-1].range == finding.range
        assert len(finding.path) >= 2
