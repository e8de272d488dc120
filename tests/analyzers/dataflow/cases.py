"""Code with a flow and code without one, class by class; what must be reported stands in guillemets."""

VIEW = "from flask import Flask, request\n\napp = Flask(__name__)\n\n\n@app.route('/x')\ndef view():\n"

VULNERABLE: dict[str, tuple[str, ...]] = {
    "sql-injection": (
        "from flask import request\nimport sqlite3\n\nCOLUMNS = {'title', 'body'}\n\n\n@app.get('/notes')\ndef listed():\n    columns = request.args.getlist('column')\n    if not any(column in COLUMNS for column in columns):\n        raise ValueError('column')\n    return sqlite3.connect('n').execute(«'SELECT ' + ', '.join(columns) + ' FROM notes'»).fetchall()\n",
        "def get(cur, name):\n    cur.execute(«f\"SELECT * FROM users WHERE name = '{name}'\"»)\n",
        (
            "import sqlite3\n\ndef get(name):\n    conn = sqlite3.connect('x')\n    query = 'SELECT * FROM t WHERE n = ' + name\n"
            "    conn.cursor().execute(«query»)\n"
        ),
        VIEW
        + "    q = 'SELECT * FROM t WHERE n = %s' % request.args['n']\n    db.session.execute(«q»)\n    return ''\n",
        (
            "def get(cur, name):\n    def build(value):\n        return 'SELECT * FROM t WHERE n = {}'.format(value)\n"
            "    cur.execute(«build(name)»)\n"
        ),
        (
            "def find(cur, name, city):\n    parts = ['SELECT * FROM t WHERE 1 = 1']\n    if name:\n"
            "        parts.append(f\"AND name = '{name}'\")\n    cur.execute(«' '.join(parts)»)\n"
        ),
    ),
    "shell-command-injection": (
        "import argparse, os\n\ndef main():\n    parser = argparse.ArgumentParser()\n    parser.add_argument('--width', type=int)\n    parser.add_argument('--name', type=str)\n    given = parser.parse_args()\n    os.system(«'scale %s %s' % (given.width, given.name)»)\n",
        (
            "import os\nfrom dataclasses import dataclass\nfrom flask import request\n\n\n@dataclass\nclass Job:\n    size: int\n"
            "    name: str = 'x'\n\n\n@app.post('/x')\ndef run():\n    job = Job(int(request.form['s']), request.form['n'])\n"
            "    os.system(«f'make {job.size} {job.name}'»)\n"
        ),
        "import os, re\n\ndef ping(host):\n    if re.match(r'[a-z]+', host):\n        os.system(«'ping ' + host»)\n",
        "import os, re\n\ndef ping(host):\n    if re.fullmatch(r'[a-z; ]+', host):\n        os.system(«'ping ' + host»)\n",
        "import os\n\ndef ping(host):\n    os.system(«'ping ' + host»)\n",
        "import subprocess\n\ndef ping(host):\n    subprocess.run(«['/bin/bash', '-o', 'pipefail', '-c', 'ping ' + host]»)\n",
        (
            "import subprocess as sp\n\ndef run(name):\n    command = f'tar czf {name}'\n"
            "    sp.run(«command», shell=True)\n"
        ),
        VIEW + "    from subprocess import check_output as out\n    host = request.form.get('host')\n"
        "    return out(«'ping %s' % host», shell=True)\n",
        (
            "import os\n\ndef ping(host):\n    options = {'a': 'b', 'host': host}\n"
            "    os.popen(«'ping {host}'.format(**options)»)\n"
        ),
        "import os\n\ndef all_of(hosts):\n    for host in hosts:\n        os.system(«f'ping {host}'»)\n",
    ),
    "code-eval": (
        "def calc(expression):\n    return eval(«expression»)\n",
        VIEW + "    data = request.get_json()\n    exec(«data['code']»)\n    return ''\n",
        (
            "import openai\n\ndef agent(task):\n    answer = openai.chat.completions.create(model='m', messages=[])\n"
            "    code = answer.choices[0].message.content\n    exec(«code»)\n"
        ),
        "import sys\n\nresult = eval(«sys.argv[1]»)\n",
    ),
    "template-injection": (
        VIEW + "    from flask import render_template_string\n    name = request.args.get('n')\n"
        "    return render_template_string(«'<p>' + name + '</p>'»)\n",
        VIEW + "    import jinja2\n    return jinja2.Template(«request.form['t']»).render()\n",
        VIEW + "    t = env.from_string(«f\"Hi {request.args['n']}\"»)\n    return t.render()\n",
    ),
    "cross-site-scripting": (
        VIEW + "    name = request.args.get('n')\n    return «f'<h1>{name}</h1>'»\n",
        VIEW + "    from markupsafe import Markup\n    return Markup(«'<b>%s</b>' % request.args['n']»)\n",
        VIEW + "    from flask import make_response\n    return make_response(«'<p>' + request.form['x']»)\n",
        "def page(request):\n    return HttpResponse(«'<p>' + request.GET.get('q') + '</p>'»)\n",
        VIEW
        + "    html = '<ul>'\n    for item in request.args.getlist('i'):\n        html += '<li>' + item\n    return «html»\n",
    ),
    "path-traversal": (
        VIEW
        + "    import os\n    p = os.path.join('/d', request.args['f'])\n    if not p.startswith('/d/'):\n        abort(403)\n    return {'x': open(«p»).read()}\n",
        VIEW + "    return open(«'/data/' + request.args['f']»).read()\n",
        VIEW + "    import os\n    p = os.path.join('/data', request.args.get('f'))\n    with open(«p») as fh:\n"
        "        return {'t': fh.read()}\n",
        VIEW
        + "    from pathlib import Path\n    p = Path('/data') / request.args['f']\n    return {'t': «p».read_text()}\n",
        VIEW + "    from flask import send_file\n    return send_file(«request.args['f']»)\n",
    ),
    "zip-slip": (
        "import tarfile\n\ndef unpack(path):\n    with tarfile.open(path) as archive:\n        «archive».extractall('out')\n",
        VIEW + "    import tarfile\n    f = request.files['f']\n    archive = tarfile.open(fileobj=f)\n"
        "    «archive».extractall('out')\n    return {}\n",
        VIEW + "    import shutil\n    shutil.unpack_archive(«request.args['f']», 'out')\n    return {}\n",
    ),
    "unrestricted-upload": (
        VIEW + "    f = request.files['f']\n    f.save(«'/up/' + f.filename»)\n    return {}\n",
        VIEW
        + "    import os\n    f = request.files['f']\n    f.save(«os.path.join('/up', f.filename)»)\n    return {}\n",
        VIEW + "    upload = request.files.get('f')\n    upload.save(«upload.filename»)\n    return {}\n",
    ),
    "server-side-request-forgery": (
        VIEW
        + "    import requests\n    u = request.args['u']\n    if not u.startswith('https://api.example.com'):\n        abort(400)\n    return requests.get(«u»).json()\n",
        VIEW + "    import requests\n    return requests.get(«request.args['u']»).json()\n",
        VIEW
        + "    import requests as r\n    u = f\"http://{request.args.get('h')}/x\"\n    return r.post(«u»).json()\n",
        VIEW
        + "    from urllib.request import urlopen\n    u = request.form['u'].strip()\n    return {'x': urlopen(«u»).read()}\n",
        VIEW
        + "    import httpx\n    with httpx.Client() as client:\n        return client.get(«request.args['u']»).json()\n",
    ),
    "open-redirect": (
        VIEW + "    from flask import redirect\n    return redirect(«request.args['next']»)\n",
        VIEW + "    from flask import redirect\n    to = request.args.get('next') or '/'\n    return redirect(«to»)\n",
        "def login(request):\n    return HttpResponseRedirect(«request.GET['next']»)\n",
        VIEW + "    u = request.args['u']\n    if not u.startswith('/'):\n        u = '/'\n    return redirect(«u»)\n",
        VIEW + "    u = request.args['u']\n    if u.startswith('//'):\n        u = '/'\n    return redirect(«u»)\n",
        VIEW
        + "    u = request.args['u']\n    if urlparse(u).scheme != 'https':\n        u = '/'\n    return redirect(«u»)\n",
    ),
    "header-injection": (
        VIEW + "    response = make()\n    response.headers['X-Name'] = «request.args['n']»\n    return response\n",
        VIEW + "    resp = make()\n    resp.headers['X'] = «'a' + request.args['n']»\n    return resp\n",
        "class H(tornado.web.RequestHandler):\n    def get(self):\n        self.set_header('X', «self.get_argument('n')»)\n",
    ),
    "mail-header-injection": (
        VIEW
        + "    from email.mime.multipart import MIMEMultipart\n    mail = MIMEMultipart()\n    mail['Subject'] = «request.form['s']»\n"
        "    return {}\n",
        VIEW
        + "    from email.mime.text import MIMEText\n    mail = MIMEText('x')\n    mail['To'] = «request.form['to']»\n    return {}\n",
        VIEW + "    from email.mime.text import MIMEText\n    mail = MIMEText('x')\n"
        "    mail.add_header('Subject', «request.form['s']»)\n    return {}\n",
    ),
    "argument-injection": (
        VIEW
        + "    import subprocess\n    subprocess.run(«['git', 'fetch', request.args['remote']]», check=True)\n    return ''\n",
        VIEW
        + "    import subprocess\n    words = ['/usr/bin/tar', '-x', '--file=x.tar']\n    words.append(request.form['member'])\n    subprocess.check_call(«words»)\n    return ''\n",
        (
            "import subprocess\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post('/x')\ndef made(place: str):\n"
            "    def clone(what):\n        command = ['git', 'clone', '--quiet', what, '/srv/work']\n"
            "        return subprocess.run(«command», timeout=9)\n\n    return clone(place).returncode\n"
        ),
    ),
    "script-address": (
        VIEW + "    import html\n    return «'<a href=\"' + html.escape(request.args['a']) + '\">there</a>'»\n",
        VIEW + "    import html\n    return «'<form method=post action=\"%s\">' % html.escape(request.args['a'])»\n",
        VIEW
        + "    import html\n    a = html.escape(request.args['a'], quote=True)\n    return «f\"<iframe title='x' src='{a}'></iframe>\"»\n",
    ),
    "log-injection": (
        VIEW + "    import logging\n    logging.info(«'login ' + request.args['n']»)\n    return {}\n",
        "import logging\n\nlog = logging.getLogger(__name__)\n\n"
        + VIEW
        + "    log.warning(«f\"no {request.args['n']}\"»)\n    return {}\n",
        VIEW + "    app.logger.error('no %s', «request.args['n']»)\n    return {}\n",
    ),
    "ldap-injection": (
        VIEW
        + "    import ldap\n    c = ldap.initialize('x')\n    n = request.args['n']\n    c.search_s('dc=x', 2, «f'(uid={n})'»)\n    return {}\n",
        "def find(conn, name):\n    conn.search('dc=x', «'(&(uid=' + name + '))'»)\n",
        VIEW
        + "    import ldap3\n    c = ldap3.Connection('x')\n    c.search(«'ou=%s' % request.args['o']», '(a=b)')\n    return {}\n",
    ),
    "xpath-injection": (
        VIEW + "    n = request.args['n']\n    return {'x': tree.xpath(«f\"//u[@n='{n}']\"»)}\n",
        "def find(root, name):\n    return root.findall(«\".//user[@name='%s']\" % name»)\n",
        VIEW
        + "    import elementpath\n    q = '/u[' + request.form['n'] + ']'\n    return {'x': elementpath.select(root, «q»)}\n",
    ),
    "nosql-injection": (
        VIEW + "    return {'u': db.users.find_one(«{'name': request.json['name']}»)}\n",
        VIEW + "    return {'u': db.users.find(«request.get_json()»)}\n",
        VIEW + "    q = {'$where': f\"this.n == '{request.args['n']}'\"}\n    return {'u': collection.find_one(«q»)}\n",
    ),
    "unsafe-deserialization": (
        VIEW + "    import pickle\n    return pickle.loads(«request.data»)\n",
        "import yaml\n\ndef load(text):\n    return yaml.load(«text», Loader=yaml.Loader)\n",
        VIEW
        + "    import base64, pickle\n    raw = base64.b64decode(request.cookies['c'])\n    return pickle.loads(«raw»)\n",
    ),
    "regex-injection": (
        VIEW + "    import re\n    return {'x': re.search(«request.args['p']», text)}\n",
        VIEW + "    import re\n    p = re.compile(«'^' + request.args['p']»)\n    return {'x': p}\n",
        VIEW + "    import re\n    return {'x': re.findall(pattern=«request.form['p']», string='x')}\n",
    ),
    "error-details-exposed": (
        VIEW + "    from flask import jsonify\n    try:\n        run()\n    except Exception as e:\n"
        "        return jsonify(error=«str(e)»)\n",
        (
            "from fastapi import HTTPException\n\n\nasync def load(key):\n    try:\n        return await find(key)\n"
            "    except (ValueError, OperationalError) as problem:\n        text = f'no {problem}'\n"
            "        raise HTTPException(500, detail=«text»)\n"
        ),
        (
            "import json\nimport traceback\n\n\ndef handler(event, context):\n    try:\n        return run(event)\n"
            "    except Exception:\n        trace = traceback.format_exc()\n"
            "        return {'statusCode': 500, 'body': «json.dumps({'trace': trace})»}\n"
        ),
        (
            "from fastapi.responses import JSONResponse\n\n\n@app.exception_handler(Exception)\n"
            "async def failed(request, exc):\n    return JSONResponse({'error': «repr(exc)»}, 500)\n"
        ),
        (
            "import tornado.web\n\n\nclass Page(tornado.web.RequestHandler):\n    def get(self):\n        try:\n"
            "            self.write(load())\n        except sqlite3.Error as error:\n"
            "            self.write({'error': «error.args[0]»})\n"
        ),
    ),
    "mass-assignment": (
        VIEW
        + "    for name, value in request.get_json().items():\n        setattr(user, «name», value)\n    return {}\n",
        VIEW
        + "    from models import User\n    data = request.json\n    data['active'] = True\n    return User(«**data»).id\n",
        VIEW + "    user.__dict__.update(«request.get_json()»)\n    return {}\n",
        VIEW + "    users.update_one({'_id': 1}, {'$set': «request.get_json()»})\n    return {}\n",
        VIEW + "    db.query(User).filter(User.id == 1).update(«request.json»)\n    return {}\n",
        (
            "from rest_framework.views import APIView\n\n\nclass Me(APIView):\n    def patch(self, request):\n"
            "        Member.objects.filter(pk=1).update(«**request.data»)\n        return {}\n"
        ),
    ),
    "trust-boundary-violation": (
        VIEW + "    from flask import session\n    session['role'] = «request.form['role']»\n    return {}\n",
        VIEW + "    import flask\n    flask.session['user'] = «request.cookies.get('u')»\n    return {}\n",
        "def login(request):\n    request.session['id'] = «request.GET['id']»\n",
    ),
    "xml-external-entities": (
        VIEW
        + "    from lxml import etree\n    p = etree.XMLParser(resolve_entities=True)\n    return {'x': etree.fromstring(«request.data», p)}\n",
        VIEW + "    from lxml import etree\n    p = etree.XMLParser(no_network=False, resolve_entities=True)\n"
        "    x = request.form['x'].encode()\n    return {'x': etree.fromstring(«x», parser=p)}\n",
        VIEW
        + "    import xml.sax, xml.dom.minidom\n    p = xml.sax.make_parser()\n    p.setFeature(xml.sax.handler.feature_external_ges, True)\n"
        "    return {'x': xml.dom.minidom.parseString(«request.data», p)}\n",
    ),
    "prompt-injection": (
        VIEW
        + "    from openai import OpenAI\n    c = OpenAI()\n    m = [{'role': 'system', 'content': 'Be ' + request.args['n']}]\n"
        "    return c.chat.completions.create(model='x', messages=«m»)\n",
        VIEW + "    import anthropic\n    c = anthropic.Anthropic()\n"
        "    return c.messages.create(model='x', system=«f\"Be {request.args['n']}\"», messages=[])\n",
        VIEW
        + "    from openai import OpenAI\n    c = OpenAI()\n    return c.responses.create(model='x', instructions=«request.args['n']»)\n",
    ),
    "session-fixation": (
        VIEW
        + "    from flask import make_response\n    answer = make_response({})\n    answer.set_cookie('sid', «request.args['sid']»)\n"
        "    return answer\n",
        VIEW + "    from flask import make_response\n    known = request.headers.get('X-Session')\n"
        "    answer = make_response({})\n    answer.set_cookie(key='session_id', value=«known»)\n    return answer\n",
        (
            "from django.contrib.sessions.backends.db import SessionStore\n\n\ndef enter(request):\n"
            "    request.session = SessionStore(«request.GET['key']»)\n"
        ),
    ),
    "unsafe-reflection": (
        VIEW + "    import importlib\n    return importlib.import_module(«request.args['n']»).run()\n",
        VIEW + "    import actions\n    return getattr(actions, «request.args['n']»)()\n",
        VIEW + "    return __import__(«request.form['n']»).x\n",
    ),
    "mode-for-everybody": (
        "import os\n\ndef share(path, everybody):\n    mode = 0o644 | 0o022 if everybody else 0o600\n    os.chmod(path, «mode»)\n",
        "import os\n\ndef make(path):\n    modes = {'open': 0o777, 'own': 0o700}\n    os.makedirs(path, mode=«modes['open']»)\n",
        "import os\n\ndef make(path):\n    flags, mode = os.O_WRONLY | os.O_CREAT, 0o666\n    return os.open(path, flags, «mode»)\n",
    ),
    "token-check-switched-off": (
        "import jwt\n\ndef subject(token, key):\n    checks = {'verify_signature': False}\n    return jwt.decode(token, key, algorithms=['HS256'], options=«checks»)['sub']\n",
        "import jwt\n\ndef subject(token, key):\n    strict = 1 > 2\n    return jwt.decode(token, key, options={'verify_signature': «strict»})\n",
        "import jwt\n\ndef subject(token, key):\n    checks = {}\n    checks['verify_signature'] = False\n    return jwt.decode(token, key, options=«checks»)\n",
    ),
    "certificate-check-switched-off": (
        "import requests\n\ndef fetch(url):\n    options = {'timeout': 5, 'verify': False}\n    return requests.get(url, «**options»)\n",
        "import requests\n\ndef fetch(url, bundle=None):\n    checked = False\n    return requests.get(url, verify=«checked», timeout=5)\n",
        "import httpx\n\ndef client(stage):\n    trusted = {'test': False, 'live': True}\n    return httpx.Client(verify=«trusted['test']»)\n",
    ),
    "cookie-flag-switched-off": (
        "def remember(response, token):\n    flags = {'httponly': True, 'secure': False}\n    response.set_cookie('session', token, «**flags»)\n",
        "def remember(response, token):\n    local = 1 == 1\n    response.set_cookie('session', token, httponly=True, secure=«not local»)\n",
        "def remember(response, token):\n    flags = dict(httponly=True)\n    flags['secure'] = False\n    response.set_cookie('session', token, «**flags»)\n",
    ),
    "weak-algorithm-chosen": (
        "import hashlib\n\ndef code(text):\n    names = {'short': 'sha1', 'long': 'sha512'}\n    return hashlib.new(«names['short']», text).hexdigest()\n",
        "import hashlib\n\ndef code(text):\n    name = 'md' + str(5)\n    return hashlib.new(«name», text).hexdigest()\n",
        "import hashlib\n\ndef derive(password, salt):\n    kind = 'SHA1'.lower()\n    return hashlib.pbkdf2_hmac(«kind», password, salt, 600000)\n",
    ),
    "key-from-the-program": (
        "import jwt\n\ndef issue(user):\n    keys = {'main': 'b6f1e9c2-prod'}\n    return jwt.encode({'sub': user}, «keys['main']», algorithm='HS256')\n",
        "from cryptography.fernet import Fernet\n\ndef seal(text):\n    key = 'x8Jq'.encode() + b'0a'\n    return Fernet(«key»).encrypt(text)\n",
        "from Crypto.Cipher import AES\n\ndef seal(text, nonce):\n    key = '0123' + '4567' * 3\n    return AES.new(«key», AES.MODE_GCM, nonce).encrypt(text)\n",
    ),
    "vector-from-the-program": (
        "from Crypto.Cipher import AES\n\ndef seal(text, key):\n    iv = '0000' * 4\n    return AES.new(key, AES.MODE_CBC, «iv»).encrypt(text)\n",
        "from Crypto.Cipher import AES\n\ndef seal(text, key):\n    start = 'abcd' + 'efgh' * 3\n    return AES.new(key, AES.MODE_CBC, iv=«start»).encrypt(text)\n",
        "from cryptography.hazmat.primitives.ciphers.modes import CBC\n\ndef mode():\n    iv = '1234' * 4\n    return CBC(«iv»)\n",
    ),
    "salt-from-the-program": (
        "import hashlib\n\ndef digest(password):\n    salt = b'größe'\n    return hashlib.pbkdf2_hmac('sha256', password, «salt», 600_000)\n",
        "from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC\n\ndef derive(password):\n    salts = ['old', 'new']\n    return PBKDF2HMAC(algorithm=None, length=32, salt=«salts[1]», iterations=600_000).derive(password)\n",
        "import bcrypt\n\ndef digest(password):\n    salt = '$2b$12$' + 'a' * 22\n    return bcrypt.hashpw(password, «salt»)\n",
    ),
    "too-few-rounds": (
        "import hashlib\n\ndef digest(password, salt):\n    rounds = 10 * 100\n    return hashlib.pbkdf2_hmac('sha256', password, salt, «rounds»)\n",
        "import bcrypt\n\ndef digest(password, fast):\n    costs = {True: 4, False: 12}\n    return bcrypt.hashpw(password, bcrypt.gensalt(«costs[fast]»))\n",
        "from Crypto.Protocol.KDF import PBKDF2\n\ndef derive(password, salt):\n    options = {'count': 2_000}\n    return PBKDF2(password, salt, count=«options['count']»)\n",
    ),
    "key-too-short": (
        "from Crypto.PublicKey import RSA\n\ndef made():\n    bits = 1024\n    return RSA.generate(«bits»)\n",
        "from cryptography.hazmat.primitives.asymmetric import dsa\n\ndef made(weak):\n    size = 1024 if weak else 2048\n    return dsa.generate_private_key(«size»)\n",
        "import rsa\n\ndef made():\n    sizes = (512, 4096)\n    return rsa.newkeys(«sizes[0]»)\n",
    ),
    "format-string": (
        "from flask import g, request\n\ndef show():\n    return {'x': «request.args['größe']».format(user=g.user)}\n",
        "from flask import g, request\n\ndef show():\n    text = 'Hi ' + request.args['t']\n    return {'x': «text».format_map({'user': g.user})}\n",
        "import string\nfrom flask import g, request\n\ndef show():\n    return {'x': string.Formatter().format(«request.json['t']», user=g.user)}\n",
    ),
}

SECURE: dict[str, tuple[str, ...]] = {
    "sql-injection": (
        "from flask import request\nimport sqlite3\n\nCOLUMNS = {'title', 'body'}\n\n\n@app.patch('/notes/<int:key>')\ndef edit(key):\n    given = request.get_json()\n    if surplus := set(given) - COLUMNS:\n        raise ValueError(surplus)\n    parts = ', '.join(f'{name} = ?' for name in given)\n    sqlite3.connect('n').execute(f'UPDATE notes SET {parts} WHERE id = ?', [*given.values(), key])\n    return ''\n",
        "from flask import request\nimport sqlite3\n\nCOLUMNS = {'title', 'body'}\n\n\n@app.get('/notes')\ndef listed():\n    columns = request.args.getlist('column')\n    if not all(column in COLUMNS for column in columns):\n        raise ValueError('column')\n    return sqlite3.connect('n').execute('SELECT ' + ', '.join(columns) + ' FROM notes').fetchall()\n",
        "from flask import request\nimport sqlite3\n\nCOLUMNS = {'title', 'body'}\n\n\n@app.get('/notes')\ndef listed():\n    columns = request.args.getlist('column')\n    for column in columns:\n        if column not in COLUMNS:\n            raise ValueError('column')\n    return sqlite3.connect('n').execute('SELECT ' + ', '.join(columns) + ' FROM notes').fetchall()\n",
        "def get(cur, name):\n    cur.execute('SELECT * FROM t WHERE n = ?', (name,))\n",
        "def get(cur, ident):\n    number = int(ident)\n    cur.execute(f'SELECT * FROM t WHERE i = {number}')\n",
        (
            "def get(cur, column):\n    if column not in {'a', 'b'}:\n        raise ValueError(column)\n"
            "    cur.execute(f'SELECT * FROM t ORDER BY {column}')\n"
        ),
        "def get(cur, name):\n    name = 'fixed'\n    cur.execute(f\"SELECT * FROM t WHERE n = '{name}'\")\n",
        "def get(cur, name):\n    table = {'x': 'users', 'y': name}['x']\n    cur.execute('SELECT * FROM ' + table)\n",
        (
            "def get(cur, name):\n    if 7 * 6 > 40:\n        part = 'a'\n    else:\n        part = name\n"
            "    cur.execute('SELECT * FROM t WHERE n = ' + part)\n"
        ),
        "def get(cur, ids):\n    marks = ', '.join('?' for _ in ids)\n    cur.execute(f'SELECT * FROM t WHERE i IN ({marks})', ids)\n",
        "def get(cur, names):\n    names.append('x')\n    first = ['a', names][0]\n    cur.execute('SELECT * FROM ' + first)\n",
        "def run(machine, program):\n    machine.execute(f'start {program} now')\n",
        "ORDERS = {'up': 'ASC', 'down': 'DESC'}\n\ndef get(cur, way):\n    cur.execute('SELECT * FROM t ORDER BY n ' + ORDERS[way])\n",
    ),
    "shell-command-injection": (
        "import argparse, os\n\ndef main():\n    parser = argparse.ArgumentParser()\n    parser.add_argument('--width', type=int, default=80)\n    parser.add_argument('--mode', choices=('fast', 'good'))\n    given = parser.parse_args()\n    os.system('scale %s %s' % (given.width, given.mode))\n",
        "import os\nimport click\n\n\n@click.command()\n@click.option('--level', type=click.IntRange(1, 9))\n@click.option('--kind', type=click.Choice(['a', 'b']))\ndef pack(level, kind):\n    os.system(f'pack -{level} --kind {kind}')\n",
        (
            "import os\nfrom dataclasses import dataclass\nfrom flask import request\n\n\n@dataclass\nclass Job:\n    size: int\n"
            "    name: str = 'x'\n\n\n@app.post('/x')\ndef run():\n    job = Job(int(request.form['s']))\n"
            "    os.system(f'make {job.size} {job.name}')\n"
        ),
        "import shlex, os\n\ndef ping(host):\n    os.system('ping ' + shlex.quote(host))\n",
        "import subprocess\n\ndef ping(host):\n    subprocess.run(['ping', host])\n",
        "import subprocess\n\ndef ping(host):\n    subprocess.run(['bash', '-o', 'pipefail', '-c', 'ping \"$1\"', 'ping', host])\n",
        "import subprocess\n\ndef ping(host):\n    subprocess.run(f'ping {host}', shell=False)\n",
        "import os, re\n\ndef ping(host):\n    if not re.fullmatch(r'[a-z0-9]+', host):\n        return\n    os.system('ping ' + host)\n",
        "import os, ipaddress\n\ndef ping(host):\n    address = ipaddress.ip_address(host)\n    os.system(f'ping {address}')\n",
        "import os\n\ndef run(name):\n    match name:\n        case 'a':\n            command = 'ls'\n        case _:\n            command = 'pwd'\n    os.system(command)\n",
        "import os\n\ndef run(name):\n    command = 'rm ' + name\n    command = 'ls'\n    os.system(command)\n",
        "import os\n\ndef run(port):\n    if not port.isdigit():\n        raise ValueError\n    os.system('nc -l ' + port)\n",
    ),
    "code-eval": (
        "import ast\n\ndef calc(text):\n    return ast.literal_eval(text)\n",
        "def calc(text):\n    return eval('1 + 1')\n",
        "def calc(model, text):\n    return model.eval(text)\n",
        "def calc(op):\n    if op == '+':\n        return eval('1' + op + '1')\n    return None\n",
    ),
    "template-injection": (
        VIEW
        + "    from flask import render_template_string\n    return render_template_string('<p>{{ n }}</p>', n=request.args['n'])\n",
        VIEW + "    import jinja2\n    return jinja2.Template('Hi {{ n }}').render(n=request.args['n'])\n",
        VIEW + "    n = int(request.args['n'])\n    t = env.from_string(f'Hi {n}')\n    return t.render()\n",
    ),
    "cross-site-scripting": (
        "from flask import request\n\n\n@app.get('/x')\ndef view():\n    return request.args['x'], 200, {'Content-Type': 'text/plain'}\n",
        "from django.http import HttpResponse\n\n\ndef view(request):\n    return HttpResponse(request.GET['x'], content_type='text/markdown')\n",
        "from pathlib import Path\nfrom flask import request\n\n\n@app.get('/x')\ndef view():\n    return Path('notes', request.args['x']).read_text()\n",
        VIEW + "    from markupsafe import escape\n    return f\"<p>{escape(request.args['n'])}</p>\"\n",
        VIEW + "    import html\n    n = html.escape(request.args['n'])\n    return '<p>' + n\n",
        VIEW + "    return {'n': '<b>' + request.args['n']}\n",
        VIEW + "    n = request.args['n']\n    if n not in ('a', 'b'):\n        abort(400)\n    return f'<p>{n}</p>'\n",
        "@app.route('/x/<int:n>')\ndef view(n):\n    return f'<p>{n}</p>'\n",
        "def label(name):\n    return f'<p>{name}</p>'\n",
    ),
    "path-traversal": (
        "import os\nfrom flask import request\n\nHOME = os.path.abspath('files')\n\n\n@app.post('/drop')\ndef drop():\n    path = os.path.abspath(os.path.join(HOME, request.form['name']))\n    if os.path.dirname(path) != HOME:\n        raise PermissionError\n    os.remove(path)\n    return ''\n",
        "import os\nfrom flask import request\n\n\n@app.post('/drop')\ndef drop():\n    name = request.form['name']\n    if os.path.basename(name) != name:\n        raise PermissionError\n    os.remove('files/' + name)\n    return ''\n",
        VIEW
        + "    import os\n    p = os.path.join('/data', os.path.basename(request.args['f']))\n    return {'x': open(p).read()}\n",
        VIEW
        + "    from werkzeug.utils import secure_filename\n    f = secure_filename(request.args['f'])\n    return {'x': open('/d/' + f).read()}\n",
        VIEW
        + "    import os\n    p = os.path.realpath(os.path.join('/d', request.args['f']))\n    if not p.startswith('/d/'):\n"
        "        abort(403)\n    return {'x': open(p).read()}\n",
        VIEW
        + "    from pathlib import Path\n    p = (Path('/d') / request.args['f']).resolve()\n    if not p.is_relative_to('/d'):\n"
        "        raise ValueError\n    return {'x': p.read_text()}\n",
        VIEW
        + "    import os\n    p = os.path.abspath('/d/' + request.args['f'])\n    if os.path.commonpath(['/d', p]) != '/d':\n"
        "        return 'no'\n    return {'x': open(p).read()}\n",
        VIEW + "    p = '/d/' + str(int(request.args['f']))\n    return {'x': open(p).read()}\n",
    ),
    "zip-slip": (
        "import tarfile\n\ndef unpack(path):\n    with tarfile.open(path) as archive:\n        archive.extractall('out', filter='data')\n",
        VIEW
        + "    import tarfile\n    archive = tarfile.open('/fixed.tar')\n    archive.extractall('out')\n    return {}\n",
        VIEW
        + "    import zipfile\n    archive = zipfile.ZipFile(request.files['f'])\n    archive.extractall('out')\n    return {}\n",
    ),
    "unrestricted-upload": (
        VIEW + "    from werkzeug.utils import secure_filename\n    f = request.files['f']\n"
        "    if f.filename.rsplit('.', 1)[-1] not in {'png', 'jpg'}:\n        return {}\n"
        "    f.save('/up/' + secure_filename(f.filename))\n    return {}\n",
        VIEW + "    import uuid\n    f = request.files['f']\n    f.save(f'/up/{uuid.uuid4()}')\n    return {}\n",
        VIEW
        + "    f = request.files['f']\n    if f.filename not in KNOWN_NAMES:\n        abort(400)\n    f.save(f.filename)\n    return {}\n",
    ),
    "server-side-request-forgery": (
        VIEW
        + "    import requests\n    return requests.get('https://api.example.com/u/' + request.args['u']).json()\n",
        VIEW
        + "    import requests\n    u = request.args['u']\n    if u not in ALLOWED_URLS:\n        abort(400)\n    return requests.get(u).json()\n",
        VIEW + "    import requests\n    from urllib.parse import urlparse\n    u = request.args['u']\n"
        "    if urlparse(u).hostname not in {'a.example', 'b.example'}:\n        abort(400)\n    return requests.get(u).json()\n",
        VIEW + "    import requests\n    u = request.args['u']\n    host = urllib.parse.urlparse(u).hostname\n"
        "    if host != 'a.example':\n        return 'no'\n    return requests.get(u).json()\n",
        "import requests\n\ndef fetch(url):\n    return requests.get(url)\n",
    ),
    "open-redirect": (
        "from flask import redirect, request\nfrom urllib.parse import urlsplit\n\n\n@app.get('/leave')\ndef leave():\n    target = request.args.get('to', '/')\n    parts = urlsplit(target)\n    if parts.scheme or parts.netloc:\n        target = '/'\n    return redirect(target)\n",
        VIEW + "    from flask import redirect, url_for\n    return redirect(url_for('index', n=request.args['n']))\n",
        VIEW + "    from flask import redirect\n    return redirect('/users/' + request.args['n'])\n",
        "def login(request):\n    to = request.GET['next']\n    if url_has_allowed_host_and_scheme(to, allowed_hosts=None):\n"
        "        return HttpResponseRedirect(to)\n    return HttpResponseRedirect('/')\n",
    ),
    "header-injection": (
        VIEW + "    response = make()\n    response.headers['X'] = str(int(request.args['n']))\n    return response\n",
        VIEW
        + "    from urllib.parse import quote\n    response = make()\n    response.headers['X'] = quote(request.args['n'])\n    return response\n",
        VIEW + "    table = {}\n    table['X'] = request.args['n']\n    return table\n",
    ),
    "mail-header-injection": (
        "import smtplib\nfrom email.mime.text import MIMEText\nfrom flask import request\n\n\n@app.post('/write')\ndef write():\n    letter = MIMEText(request.form['text'])\n    letter['Subject'] = 'A letter'\n    smtplib.SMTP('localhost').sendmail('a@b.example', ['c@d.example'], letter.as_string())\n    return ''\n",
        VIEW
        + "    from email.message import EmailMessage\n    mail = EmailMessage()\n    mail['Subject'] = 'Hello'\n    mail.set_content(request.form['t'])\n    return {}\n",
        VIEW
        + "    from email.message import EmailMessage\n    mail = EmailMessage()\n    to = request.form['to']\n    if to not in KNOWN:\n        abort(400)\n    mail['To'] = to\n    return {}\n",
        VIEW + "    mail = {}\n    mail['Subject'] = request.form['s']\n    return mail\n",
    ),
    "argument-injection": (
        VIEW
        + "    import subprocess\n    subprocess.run(['git', 'fetch', '--', request.args['remote']], check=True)\n    return ''\n",
        VIEW
        + "    import subprocess\n    subprocess.run(['git', 'fetch', 'https://x.org/' + request.args['a']], check=True)\n    return ''\n",
        VIEW
        + "    import subprocess\n    subprocess.run(['git', 'log', '-n', '5', '--author', request.args['a']], check=True)\n    return ''\n",
        VIEW
        + "    import subprocess\n    a = request.args['a']\n    if a.startswith('-'):\n        return ''\n    subprocess.run(['git', 'show', a], check=True)\n    return ''\n",
    ),
    "script-address": (
        VIEW + "    import html\n    return '<a href=\"/x?y=' + html.escape(request.args['a']) + '\">there</a>'\n",
        VIEW + "    import html\n    return '<a title=\"' + html.escape(request.args['a']) + '\">there</a>'\n",
        VIEW + "    import html\n    return '<img src=\"' + html.escape(request.args['a']) + '\">'\n",
        VIEW
        + "    import html\n    a = request.args['a']\n    if not a.startswith(('http://', 'https://')):\n        return ''\n    return '<a href=\"' + html.escape(a) + '\">x</a>'\n",
    ),
    "log-injection": (
        VIEW + "    import logging\n    logging.info('login %d', int(request.args['n']))\n    return {}\n",
        VIEW
        + "    import logging\n    n = request.args['n']\n    if not n.isalnum():\n        return 'no'\n    logging.info(n)\n    return {}\n",
        VIEW + "    math.log(request.args['n'])\n    catalog.info(request.args['n'])\n    return {}\n",
    ),
    "ldap-injection": (
        VIEW
        + "    import ldap\n    from ldap.filter import escape_filter_chars as esc\n    c = ldap.initialize('x')\n    c.search_s('dc=x', 2, f\"(uid={esc(request.args['n'])})\")\n    return {}\n",
        VIEW
        + "    import ldap\n    c = ldap.initialize('x')\n    c.search_s('dc=x', 2, '(uid=admin)')\n    return {}\n",
        "def find(index, name):\n    return index.search(name)\n",
    ),
    "xpath-injection": (
        VIEW + "    return {'x': tree.xpath('//u[@n=$n]', n=request.args['n'])}\n",
        VIEW + "    n = int(request.args['n'])\n    return {'x': tree.xpath(f'//u[{n}]')}\n",
        VIEW + "    n = request.args['n']\n    return {'x': tree.xpath('//a' if n == 'a' else '//b')}\n",
    ),
    "nosql-injection": (
        VIEW + "    return {'u': db.users.find_one({'name': 'admin'})}\n",
        VIEW + "    return {'u': db.users.find_one({'n': int(request.json['n'])})}\n",
        VIEW + "    return {'u': text.find(request.args['n'])}\n",
    ),
    "unsafe-deserialization": (
        (
            "import hmac\nimport pickle\nfrom flask import abort, request\n\n\ndef load():\n    data = request.data\n"
            "    mark = hmac.new(KEY, data, 'sha256').hexdigest()\n"
            "    if not hmac.compare_digest(mark, request.headers['X-Mark']):\n        abort(403)\n    return pickle.loads(data)\n"
        ),
        VIEW + "    import yaml\n    return yaml.safe_load(request.data)\n",
        VIEW + "    import yaml\n    return yaml.load(request.data, Loader=yaml.SafeLoader)\n",
        VIEW + "    import json\n    return json.loads(request.data)\n",
    ),
    "regex-injection": (
        VIEW + "    import re\n    return {'x': re.search(re.escape(request.args['p']), text)}\n",
        VIEW + "    import re\n    return {'x': re.search('^a+$', request.args['p'])}\n",
        "import re\n\ndef find(pattern, text):\n    return re.search(pattern, text)\n",
    ),
    "error-details-exposed": (
        VIEW + "    from flask import jsonify\n    try:\n        run()\n    except Exception as e:\n"
        "        log.error('no: %s', e)\n        return jsonify(error='failed', kind=type(e).__name__)\n",
        VIEW
        + "    from flask import abort\n    try:\n        run()\n    except QuotaExceeded as e:\n        abort(429, str(e))\n",
        (
            "@app.errorhandler(404)\ndef missing(e):\n    return {'error': str(e)}, 404\n\n\n"
            "@app.errorhandler(HTTPException)\ndef refused(e):\n    return {'error': e.description}, e.code\n"
        ),
        (
            "from fastapi import HTTPException\nfrom pydantic import ValidationError\n\n\n@app.post('/x')\ndef add(data: dict):\n"
            "    try:\n        return parse(data)\n    except ValidationError as e:\n"
            "        raise HTTPException(422, detail=e.errors())\n"
        ),
        (
            "import traceback\nfrom django.http import JsonResponse\n\n\ndef show(request):\n    try:\n        return run()\n"
            "    except Exception as e:\n        body = {'error': 'failed'}\n        if settings.DEBUG:\n"
            "            body['trace'] = traceback.format_exc()\n            body['text'] = str(e)\n"
            "        return JsonResponse(body)\n"
        ),
        "def main():\n    try:\n        run()\n    except Exception as e:\n        print(f'failed: {e}')\n        return str(e)\n",
    ),
    "mass-assignment": (
        VIEW + "    for name, value in request.get_json().items():\n        if name in {'a', 'b'}:\n"
        "            setattr(user, name, value)\n    return {}\n",
        VIEW
        + "    from models import User\n    data = request.json\n    return User(**{k: data[k] for k in ('a', 'b')}).id\n",
        VIEW + "    from models import User\n    return User(**schema.load(request.json)).id\n",
        VIEW + "    users.update_one({'_id': 1}, {'$set': {'name': request.json['name']}})\n    return {}\n",
        (
            "from pydantic import BaseModel\n\n\nclass Change(BaseModel):\n    name: str\n\n\n@app.patch('/x')\n"
            "def edit(change: Change):\n    for name, value in change.model_dump().items():\n"
            "        setattr(user, name, value)\n"
        ),
        "class Options:\n    def __init__(self, **values):\n        for name, value in values.items():\n"
        "            setattr(self, name, value)\n",
        VIEW + "    form = ProfileForm(**request.form)\n    return {'x': form.errors}\n",
    ),
    "trust-boundary-violation": (
        VIEW + "    from flask import session\n    session['n'] = 1\n    return {}\n",
        VIEW
        + "    from flask import session\n    lang = request.args['l']\n    if lang in ('de', 'en'):\n        session['l'] = lang\n    return {}\n",
        VIEW + "    session = {}\n    session['role'] = request.form['role']\n    return session\n",
    ),
    "xml-external-entities": (
        VIEW
        + "    from lxml import etree\n    p = etree.XMLParser(resolve_entities=False)\n    return {'x': etree.fromstring(request.data, p)}\n",
        VIEW + "    import xml.etree.ElementTree as ET\n    return {'x': ET.fromstring(request.data)}\n",
        VIEW
        + "    import xml.sax, xml.dom.minidom\n    p = xml.sax.make_parser()\n    p.setFeature(xml.sax.handler.feature_external_ges, False)\n"
        "    return {'x': xml.dom.minidom.parseString(request.data, p)}\n",
        VIEW + "    from defusedxml.ElementTree import fromstring\n    return {'x': fromstring(request.data)}\n",
    ),
    "prompt-injection": (
        VIEW
        + "    from openai import OpenAI\n    c = OpenAI()\n    m = [{'role': 'system', 'content': 'Be kind'}, {'role': 'user', 'content': request.args['n']}]\n"
        "    return c.chat.completions.create(model='x', messages=m)\n",
        VIEW
        + "    import anthropic\n    c = anthropic.Anthropic()\n    return c.messages.create(model='x', system='Be kind', messages=[request.args['n']])\n",
        VIEW
        + "    from openai import OpenAI\n    c = OpenAI()\n    n = int(request.args['n'])\n    return c.responses.create(model='x', instructions=f'Give {n} words')\n",
    ),
    "session-fixation": (
        VIEW + "    import secrets\n    from flask import make_response\n    answer = make_response({})\n"
        "    answer.set_cookie('sid', secrets.token_hex())\n    return answer\n",
        VIEW + "    from flask import make_response\n    answer = make_response({})\n"
        "    answer.set_cookie('language', request.args['l'])\n    return answer\n",
        "def enter(request):\n    request.session.cycle_key()\n    request.session['user'] = 1\n",
    ),
    "unsafe-reflection": (
        VIEW
        + "    import actions\n    names = {'a': 'first'}\n    return getattr(actions, names[request.args['n']])()\n",
        VIEW + "    import importlib\n    n = request.args['n']\n    if n not in ('a', 'b'):\n        return ''\n"
        "    return importlib.import_module(n).run()\n",
        "import importlib\n\n\ndef load(name):\n    return importlib.import_module('plugins.' + name)\n",
    ),
    "mode-for-everybody": (
        "import os\n\ndef share(path, group):\n    mode = 0o644 | 0o020 if group else 0o600\n    os.chmod(path, mode)\n",
        "import os\n\ndef make(path):\n    modes = {'open': 0o777, 'own': 0o700}\n    os.makedirs(path, mode=modes['own'])\n",
        "import os\n\ndef share(path):\n    os.chmod(path, os.stat(path).st_mode)\n",
    ),
    "token-check-switched-off": (
        "import jwt\n\ndef subject(token, key):\n    checks = {'verify_signature': True, 'verify_aud': False}\n    return jwt.decode(token, key, algorithms=['HS256'], options=checks)['sub']\n",
        "import jwt\n\ndef subject(token, key):\n    strict = 1 < 2\n    return jwt.decode(token, key, options={'verify_signature': strict})\n",
        "import jwt\n\ndef subject(token, key, checks):\n    return jwt.decode(token, key, options=checks)\n",
    ),
    "certificate-check-switched-off": (
        "import requests\n\ndef fetch(url):\n    options = {'timeout': 5, 'verify': '/etc/ssl/own.pem'}\n    return requests.get(url, **options)\n",
        "import httpx\n\ndef client(stage):\n    trusted = {'test': False, 'live': True}\n    return httpx.Client(verify=trusted['live'])\n",
        "import requests\n\ndef fetch(url, checked):\n    return requests.get(url, verify=checked, timeout=5)\n",
    ),
    "cookie-flag-switched-off": (
        "def remember(response, token):\n    flags = {'httponly': True, 'secure': True}\n    response.set_cookie('session', token, **flags)\n",
        "def remember(response, token, safe):\n    response.set_cookie('session', token, httponly=True, secure=safe)\n",
        "def remember(response, token):\n    local = 1 == 2\n    response.set_cookie('session', token, httponly=True, secure=not local)\n",
    ),
    "weak-algorithm-chosen": (
        "import hashlib\n\ndef code(text):\n    names = {'short': 'sha1', 'long': 'sha512'}\n    return hashlib.new(names['long'], text).hexdigest()\n",
        "import hashlib\n\ndef code(text, name):\n    return hashlib.new(name, text).hexdigest()\n",
        "import hashlib\n\ndef code(text):\n    name = 'md5' if 1 > 2 else 'sha256'\n    return hashlib.new(name, text).hexdigest()\n",
    ),
    "key-from-the-program": (
        "import jwt, os\n\ndef issue(user):\n    key = os.environ['KEY']\n    return jwt.encode({'sub': user}, key, algorithm='HS256')\n",
        "from cryptography.fernet import Fernet\n\ndef seal(text):\n    key = Fernet.generate_key()\n    return Fernet(key).encrypt(text)\n",
        "from Crypto.Cipher import AES\n\ndef seal(text, key, nonce):\n    return AES.new(key, AES.MODE_GCM, nonce).encrypt(text)\n",
    ),
    "vector-from-the-program": (
        "import os\nfrom Crypto.Cipher import AES\n\ndef seal(text, key):\n    iv = os.urandom(16)\n    return AES.new(key, AES.MODE_CBC, iv).encrypt(text)\n",
        "from Crypto.Cipher import AES\n\ndef open_(text, key):\n    iv = text[:16]\n    return AES.new(key, AES.MODE_CBC, iv).decrypt(text[16:])\n",
        "from Crypto.Cipher import AES\n\ndef seal(text, key, iv):\n    return AES.new(key, AES.MODE_CBC, iv).encrypt(text)\n",
    ),
    "salt-from-the-program": (
        "import hashlib, os\n\ndef digest(password):\n    salt = os.urandom(16)\n    return hashlib.pbkdf2_hmac('sha256', password, salt, 600_000)\n",
        "import hashlib, secrets\n\ndef digest(password):\n    salt = 'v1' + secrets.token_hex(16)\n    return hashlib.scrypt(password, salt=salt.encode(), n=16384, r=8, p=1)\n",
        "import bcrypt\n\ndef digest(password, known):\n    salt = known or bcrypt.gensalt()\n    return bcrypt.hashpw(password, salt)\n",
    ),
    "too-few-rounds": (
        "import hashlib\n\ndef digest(password, salt):\n    rounds = 6 * 100_000\n    return hashlib.pbkdf2_hmac('sha256', password, salt, rounds)\n",
        "import bcrypt\n\ndef digest(password):\n    costs = {'test': 4, 'live': 12}\n    return bcrypt.hashpw(password, bcrypt.gensalt(costs['live']))\n",
        "from Crypto.Protocol.KDF import PBKDF2\n\ndef derive(password, salt, count):\n    return PBKDF2(password, salt, count=count)\n",
    ),
    "key-too-short": (
        "from Crypto.PublicKey import RSA\n\ndef made():\n    bits = 3072\n    return RSA.generate(bits)\n",
        "from cryptography.hazmat.primitives.asymmetric import dsa\n\ndef made():\n    size = 1024 if 1 > 2 else 2048\n    return dsa.generate_private_key(size)\n",
        "import rsa\n\ndef made():\n    sizes = (512, 4096)\n    return rsa.newkeys(sizes[1])\n",
    ),
    "format-string": (
        "from flask import g, request\n\ndef show():\n    return {'x': 'Hi {größe} {user.name}'.format(größe=request.args['größe'], user=g.user)}\n",
        "from flask import request\n\ndef show():\n    return {'x': request.args['t'].format(name='x', count=len(request.args))}\n",
        "from flask import g, request\n\ndef show():\n    texts = {'a': '{user.name}', 'b': '{user.id}'}\n    return {'x': texts[request.args['t']].format(user=g.user)}\n",
    ),
}
