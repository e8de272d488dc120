"""Libraries without a framework: servers of one's own, queues, mail, keys and salts; harmful and harmless twins."""

import pytest
from tests.analyzers.dataflow import flows

WSGI = """from html import escape
from urllib.parse import parse_qs


def application(environ, start_response):
    term = parse_qs(environ.get('QUERY_STRING', '')).get('größe', [''])[0]
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [('<p>' + term + '</p>').encode('utf-8')]
"""
LAMBDA = """import json


def handler(event, context):
    name = event['queryStringParameters']['größe']
    return {'statusCode': 200, 'headers': {'Content-Type': 'text/html'}, 'body': f'<p>{name}</p>'}
"""
STREAMED = """from html import escape
from django.http import StreamingHttpResponse


def lines(name):
    yield '<!doctype html>'
    yield f'<p>{name}</p>'


def größe(request):
    return StreamingHttpResponse(lines(request.GET.get('name', '')))
"""
QUEUE = """import json, boto3
from pathlib import Path

SPOOL = Path('/srv/größe')


def main():
    sqs, s3 = boto3.client('sqs'), boto3.client('s3')
    for item in sqs.receive_message(QueueUrl='x').get('Messages', []):
        key = json.loads(item['Body'])['key']
        s3.download_file('bucket', key, str(SPOOL / key))
"""
CONSUMER = """import json, requests


def on_message(channel, method, properties, body):
    job = json.loads(body)
    requests.post(job['größe'], timeout=9)
"""
STREAM = """import asyncio, re


async def serve(reader, writer):
    line = await asyncio.wait_for(reader.readline(), timeout=5)
    name = line.decode('latin-1').split(' ')[1]
    head = ['HTTP/1.1 200 OK', f'Content-Disposition: attachment; filename="{name}"']
    writer.write(('\\r\\n'.join(head) + '\\r\\n\\r\\n').encode('latin-1'))
"""
MAIL = """import re, subprocess
from flask import Flask, request

app = Flask(__name__)


@app.post('/größe')
def invite():
    name = request.form['name']
    subprocess.run(['/usr/sbin/sendmail', '-t'], input=f'Subject: {name}\\n\\nHello'.encode(), timeout=9)
    return ''
"""
TEMPLATE = """from string import Template
from flask import Flask, request

app = Flask(__name__)
SQL = Template('SELECT größe FROM visits WHERE country = $country AND day > ${day}')


@app.get('/größe')
def visits():
    return str(client.query(SQL.substitute(country=f"'{request.args['c']}'", day=int(request.args['d']))))
"""
WORDS = """import subprocess
from flask import Flask, request

app = Flask(__name__)


def names(wanted):
    return [name for name in wanted if '..' not in name]


@app.post('/größe')
def pack():
    words = ['tar', '-c', '-f', '/srv/x.tar']
    words.extend(names(request.json['files']))
    subprocess.run(words, timeout=60)
    return ''
"""
DISPATCHED = """from tornado.web import RequestHandler


class Scores:
    def __init__(self, conn):
        self.conn = conn

    def top(self, größe):
        return self.conn.execute('SELECT name FROM scores ORDER BY score ' + größe).fetchall()


class TopHandler(RequestHandler):
    def initialize(self, scores):
        self.scores = scores

    def get(self):
        self.write({'top': self.scores.top(self.get_argument('order'))})
"""
LOOSE = """from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict

app = FastAPI()


class Update(BaseModel):
    model_config = ConfigDict(extra='allow')
    größe: str | None = None


@app.patch('/account')
async def update(body: Update):
    await accounts.update_one({'_id': 1}, {'$set': body.model_dump(exclude_unset=True)})
"""
CIPHER = """from Crypto.Cipher import AES, DES

CIPHER = DES


def größe(key, nonce, data):
    return CIPHER.new(key, CIPHER.MODE_EAX, nonce=nonce).encrypt(data)
"""
PICTURE = """import os
from flask import Flask, request
from PIL import Image
from werkzeug.utils import secure_filename

app = Flask(__name__)


@app.post('/größe')
def upload():
    image = Image.open(request.files['f'].stream)
    image.save(os.path.join('/srv', secure_filename(request.files['f'].filename)))
    return ''
"""
FRAME = """import pickle, socketserver

EMPTY = pickle.dumps({'größe': 1})


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        frame = EMPTY + self.rfile.read(99)
        return pickle.loads(frame[len(EMPTY):])
"""


@pytest.mark.parametrize(
    ("rule", "code", "changes"),
    [
        (
            "cross-site-scripting",
            WSGI,
            [("+ term +", "+ escape(term) +"), ("text/html; charset=utf-8", "text/plain"), ("text/html", "text/csv")],
        ),
        ("cross-site-scripting", LAMBDA, [("text/html", "text/plain"), ("{name}<", "{len(name)}<")]),
        (
            "cross-site-scripting",
            STREAMED,
            [("{name}<", "{escape(name)}<"), ("'')))", "'')), content_type='text/csv')")],
        ),
        ("path-traversal", QUEUE, [("SPOOL / key", "SPOOL / Path(key).name"), ("str(SPOOL / key)", "'/srv/x'")]),
        ("server-side-request-forgery", CONSUMER, [("job['größe']", "'https://x.example', json=job['größe']")]),
        (
            "header-injection",
            STREAM,
            [
                ('{name}"', '{len(name)}"'),
                ("line.decode('latin-1').split(' ')[1]", "re.sub(r'[^a-z]', '_', line.decode('latin-1'))"),
            ],
        ),
        ("mail-header-injection", MAIL, [("{name}\\n\\n", "Hi\\n\\n"), ("/usr/sbin/sendmail", "/usr/bin/wc")]),
        ("sql-injection", TEMPLATE, [("f\"'{request.args['c']}'\"", "'@country'"), ("country=f", "other=f")]),
        ("argument-injection", WORDS, [("'/srv/x.tar'", "'/srv/x.tar', '--'"), ("[name for", "['./' + name for")]),
        (
            "sql-injection",
            DISPATCHED,
            [("'SELECT name FROM scores ORDER BY score ' + größe", "'SELECT 1', (größe,)")],
        ),
        ("mass-assignment", LOOSE, [("'allow'", "'ignore'"), ("ConfigDict(extra='allow')", "ConfigDict()")]),
        ("weak-algorithm-chosen", CIPHER, [("CIPHER = DES", "CIPHER = AES")]),
        ("unsafe-deserialization", FRAME, [("[len(EMPTY):]", "[:len(EMPTY)]"), ("frame[len(EMPTY):]", "EMPTY")]),
    ],
)  # fmt: skip
def test_a_library(rule, code, changes):
    assert flows.document(code, rule, "python")
    for before, after in changes:
        changed = code.replace(before, after)
        assert changed != code
        assert flows.document(changed, rule, "python") == []


def test_a_method_of_two_classes_is_not_guessed():
    twice = DISPATCHED.replace(
        "class TopHandler", "class Others:\n    def top(self, x):\n        return x\n\n\nclass TopHandler"
    )
    found = flows.document(twice, "sql-injection", "python")
    assert [finding.path[0].message for finding in found] == ["`größe` is a parameter of `top`"]


def test_a_picture_is_written_anew():
    assert flows.document(PICTURE, "unrestricted-upload", "python") == []
    kept = PICTURE.replace("image = Image.open(request.files['f'].stream)", "image = request.files['f']")
    assert flows.document(kept, "unrestricted-upload", "python")


TARGET = """import asyncio
from urllib.parse import parse_qs, quote, urlsplit


async def serve(reader, writer):
    _, target, _ = (await reader.readline()).decode().split()
    page = parse_qs(urlsplit(target).query).get('größe', ['index'])[0]
    writer.write(f'HTTP/1.1 302 Found\\r\\nLocation: /wiki/{page}\\r\\n\\r\\n'.encode())
"""


def test_fields_of_an_address_hold_line_breaks_that_its_text_did_not():
    assert flows.document(TARGET, "header-injection", "python")
    assert flows.document(TARGET.replace("{page}", "{quote(page, safe='')}"), "header-injection", "python") == []
    assert flows.document(TARGET.replace("{page}", "{target}"), "header-injection", "python") == []


USER = """import json
from django.contrib.auth import get_user_model


def größe(request):
    data = json.loads(request.body)
    get_user_model()(**data).save()
"""


def test_a_record_whose_class_is_asked_for():
    assert flows.document(USER, "mass-assignment", "python")
    assert flows.document(USER.replace("get_user_model()", "apps.get_model('x.Order')"), "mass-assignment", "python")
    named = USER.replace("    get_user", "    data = {key: data[key] for key in ('name', 'mail')}\n    get_user")
    assert flows.document(named, "mass-assignment", "python") == []


SETTINGS = """import xml.etree.ElementTree as ET
from flask import request

KNOWN = ET.parse('größe.xml').getroot()


def shown():
    section = request.args['section']
    return KNOWN.find('./public/' + section).text
"""


def test_paths_in_what_was_parsed_under_any_name():
    assert flows.document(SETTINGS, "xpath-injection", "python")
    guard = "    if not section.isalnum():\n        return ''\n"
    assert flows.document(SETTINGS.replace("    return", guard + "    return"), "xpath-injection", "python") == []
