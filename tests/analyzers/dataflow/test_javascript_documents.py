"""JavaScript's documents of several units, and checks of values: what is reported, and what its twin does not."""

import pytest
from tests.analyzers.dataflow import flows

pytestmark = pytest.mark.portable


_CLOCK = """const { exec } = require('child_process');

class Clock {
  #zone;

  set zone(value) {
    this.#zone = value;
  }

  get zone() {
    %s
    return this.#zone || 'UTC';
  }

  now() {
    exec(`TZ=${this.zone} date`);
  }
}

function show(req, res) {
  const clock = new Clock();
  clock.zone = new URL(req.url, 'http://localhost').searchParams.get('tz');
  clock.now();
}
"""
_BODY = """const http = require('node:http');
const { exec } = require('node:child_process');

function body(req) {
  return new Promise((resolve) => {
    const parts = [];
    req.on('data', (part) => parts.push(part));
    req.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
  });
}

http.createServer(async (req, res) => {
  const form = new URLSearchParams(await body(req));
  exec('du -sh ' + form.get('folder')%s);
});
"""
_LOOP = """const http = require('node:http');
const { exec } = require('node:child_process');

http.createServer(async (req, res) => {
  const parts = [];
  for await (const part of req) parts.push(part);
  const sent = JSON.parse(Buffer.concat(parts).toString());
  exec('du -sh ' + %s);
});
"""
_ZIP = """const path = require('path');
const fs = require('fs');
const AdmZip = require('adm-zip');

function inside(root, name) {
  const target = path.resolve(root, name);
  const way = path.relative(root, target);
  if (%s) {
    throw new Error('outside');
  }
  return target;
}

function unpack(file) {
  for (const entry of new AdmZip(file).getEntries()) {
    fs.writeFileSync(inside('/srv/themes', entry.entryName), entry.getData());
  }
}
"""
_LOG = """const fs = require('fs');
const audit = fs.createWriteStream('/var/log/audit.log');

app.post('/login', (req, res) => {
  const name = String(req.body.name)%s;
  audit.write('failed ' + name + '\\n');
});
"""
_DIRECTORY = """const ldap = require('ldapjs');
const client = ldap.createClient({ url: 'ldaps://ldap' });

app.get('/staff', (req, res) => {
  const name = String(req.query.uid)%s;
  client.search('dc=a', { filter: '(uid=' + name + ')' }, () => {});
});
"""
_ESCAPE = r".replace(/[\\*()\x00]/g, (c) => '\\' + c.charCodeAt(0).toString(16))"
_REDIRECT = """const express = require('express');
const app = express();

app.get('/go', (req, res) => {
  const target = new URL(req.query.next, 'https://app.example.org');
  if (target.origin !== %s) {
    return res.redirect('/');
  }
  res.redirect(target.href);
});
"""
_ESCAPED = """function written(text) {
  const box = document.createElement('div');
  box.%s = text;
  return box.innerHTML;
}

const text = decodeURIComponent(location.hash);
document.querySelector('#log').insertAdjacentHTML('beforeend', '<b>' + written(text) + '</b>');
"""
_TEMPLATE = """const ejs = require('ejs');
const LAYOUT = '<h1>[title]</h1><p>[text]</p>';

app.post('/preview', (req, res) => {
  const values = { title: req.body.title, text: 'none' };
  res.send(ejs.render(LAYOUT.replace(/\\[\\w+\\]/g, () => values.%s)));
});
"""
PAIRS = {
    "the origin of another site": (
        "open-redirect",
        _REDIRECT % "new URL(req.query.site).origin",
        _REDIRECT % "new URL('https://app.example.org').origin",
    ),
    "a text of the page": ("cross-site-scripting", _ESCAPED % "innerHTML", _ESCAPED % "textContent"),
    "a template that a function fills": ("template-injection", _TEMPLATE % "title", _TEMPLATE % "text"),
    "an accessor": ("shell-command-injection", _CLOCK % "", _CLOCK % "this.#zone &&= 'CET';"),
    "a body read in parts": ("shell-command-injection", _BODY % "", _BODY % ".length"),
    "a loop over a request": ("shell-command-injection", _LOOP % "sent.folder", _LOOP % "Number(sent.folder)"),
    "the first part of the way": (
        "zip-slip",
        _ZIP % "way.split(path.sep)[1] === '..'",
        _ZIP % "way === '' || way.split(path.sep)[0] === '..' || path.isAbsolute(way)",
    ),
    "line breaks replaced": ("log-injection", _LOG % ".replace(/[\\t]/g, '?')", _LOG % ".replace(/[\\r\\n]/g, '?')"),
    "a filter escaped": ("ldap-injection", _DIRECTORY % ".replace(/[ ]/g, (c) => '_')", _DIRECTORY % _ESCAPE),
}


@pytest.mark.parametrize("reaches", [True, False])
@pytest.mark.parametrize("name", PAIRS)
def test_one_of_a_pair(name, reaches):
    rule, bad, good = PAIRS[name]
    found = [f for f in flows.document(bad if reaches else good, rule, "javascript") if f.confidence != "low"]
    assert bool(found) is reaches
