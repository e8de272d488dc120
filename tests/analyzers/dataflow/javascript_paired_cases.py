"""Pairs of programs by the rule that speaks of the first and not of the second."""

_ROUTE = "const app = require('express')();\napp.post('/x', async (req, res) => {\n"
_END = "});\n"
_FILES = "const fs = require('node:fs');\nconst path = require('node:path');\nconst ROOT = '/srv/notes';\n"
_PAGE = "import { computed, defineComponent, h } from 'vue';\n"
_ESCAPE = "const clean = (t) => t.replace(/[&<>\"']/g, (c) => `&#${c.charCodeAt(0)};`);\n"
_MAIL = "const { spawn } = require('child_process');\n"
_SEND = "  const child = spawn('/usr/sbin/sendmail', ['-t']);\n"
_HE = "const he = require('he');\n"
_PIPE = (
    "const pipe = (...steps) => (text) => steps.reduce((value, step) => step(value), text);\n"
    "const decode = (text) => {\n  try {\n    return decodeURIComponent(text);\n  } catch {\n    return '';\n  }\n};\n"
)
_YAML = "const yaml = require('js-yaml');\nconst types = require('js-yaml-js-types');\n"
_KEYS = (
    "const BAD = new Set(['__proto__', 'constructor', 'prototype']);\n"
    + _ROUTE
    + "  const parts = req.body.key.split('.');\n"
)
_SET = (
    "  let node = store;\n  for (const part of parts.slice(0, -1)) {\n    node = node[part] ??= {};\n  }\n"
    "  node[parts.at(-1)] = req.body.value;\n" + _END
)
_NOTES = (
    "import DOMPurify from 'dompurify';\nexport function Notes() {\n  const [notes, setNotes] = useState([]);\n"
    "  return <div>{notes.map((note) => "
)
_WINSTON = (
    "const { createLogger, format } = require('winston');\nconst logger = createLogger({ transports: [], format: "
)
_NOTED = ")}</div>;\n}\n"
_GRAPH = "const neo4j = require('neo4j-driver');\nconst driver = neo4j.driver('neo4j://a');\n"
_CLOUD = "const { ExecuteStatementCommand } = require('@aws-sdk/lib-dynamodb');\n"

PAIRS: dict[str, tuple[str, str, str]] = {
    "the folder of a resolved path": (
        "path-traversal",
        _FILES + _ROUTE + "  const file = path.resolve(ROOT, req.body.name);\n"
        "  if (path.dirname(req.body.name) !== ROOT) return;\n  fs.readFile(file, done);\n" + _END,
        _FILES + _ROUTE + "  const file = path.resolve(ROOT, req.body.name);\n"
        "  if (path.dirname(file) !== path.resolve(ROOT)) return;\n  fs.readFile(file, done);\n" + _END,
    ),
    "the folder in a function": (
        "path-traversal",
        _FILES + "function place(name) {\n  const file = path.resolve(ROOT, name);\n"
        "  if (path.dirname(file) !== path.dirname(path.resolve(ROOT, name))) throw new Error();\n  return file;\n}\n"
        + _ROUTE
        + "  fs.writeFile(place(req.body.name), 'a', done);\n"
        + _END,
        _FILES + "function place(name) {\n  const file = path.resolve(ROOT, name);\n"
        "  if (path.dirname(file) === ROOT) return file;\n  throw new Error();\n}\n"
        + _ROUTE
        + "  fs.writeFile(place(req.body.name), 'a', done);\n"
        + _END,
    ),
    "what stands behind the headers": (
        "header-injection",
        _MAIL
        + _ROUTE
        + _SEND
        + "  child.stdin.end('To: a@example.org\\nSubject: ' + req.body.subject + '\\n\\nHello');\n"
        + _END,
        _MAIL
        + _ROUTE
        + _SEND
        + "  child.stdin.end('To: a@example.org\\nSubject: Hello\\n\\n' + req.body.text);\n"
        + _END,
    ),
    "headers joined": (
        "header-injection",
        _MAIL
        + _ROUTE
        + _SEND
        + "  child.stdin.end(['To: a@example.org', `Subject: ${req.body.subject}`, '', 'b'].join('\\n'));\n"
        + _END,
        _MAIL
        + _ROUTE
        + _SEND
        + "  child.stdin.end(['To: a@example.org', 'Subject: a', '', req.body.text].join('\\n'));\n"
        + _END,
    ),
    "quotes of an expression": (
        "xpath-injection",
        "const xpath = require('xpath');\n" + _ROUTE + "  if (req.body.name.includes('\"')) return;\n"
        "  xpath.select(`//user[@name='${req.body.name}']`, doc);\n" + _END,
        "const xpath = require('xpath');\n" + _ROUTE + '  if (req.body.name.includes("\'")) return;\n'
        "  xpath.select(`//user[@name='${req.body.name}']`, doc);\n" + _END,
    ),
    "a literal of an expression": (
        "xpath-injection",
        "const xpath = require('xpath');\nfunction literal(v) {\n  if (!v.includes('\"')) return `'${v}'`;\n  return `\"${v}\"`;\n}\n"
        + _ROUTE
        + "  xpath.select('//user[@name=' + literal(req.body.name) + ']', doc);\n"
        + _END,
        "const xpath = require('xpath');\nfunction literal(v) {\n  if (!v.includes(\"'\")) return `'${v}'`;\n"
        "  return 'concat(' + v.split(\"'\").map((p) => `'${p}'`).join(`, \"'\", `) + ')';\n}\n"
        + _ROUTE
        + "  xpath.select('//user[@name=' + literal(req.body.name) + ']', doc);\n"
        + _END,
    ),
    "quotes of a statement": (
        "sql-injection",
        _ROUTE
        + "  const name = req.body.name.replace(/[^\\w '\\\\]/g, '');\n  db.query(`SELECT * FROM t WHERE n = '${name}'`);\n"
        + _END,
        _ROUTE
        + "  const name = req.body.name.replace(/[^\\w ]/g, '');\n  db.query(`SELECT * FROM t WHERE n = '${name}'`);\n"
        + _END,
    ),
    "where an upload lies": (
        "shell-command-injection",
        _MAIL
        + "const { exec } = require('child_process');\n"
        + _ROUTE
        + "  if (!req.file.mimetype.startsWith('video/')) return;\n  exec(`ffmpeg -i \"${req.file.originalname}\" out.mp4`);\n"
        + _END,
        _MAIL
        + "const { exec } = require('child_process');\n"
        + _ROUTE
        + "  if (!req.file.mimetype.startsWith('video/')) return;\n  exec(`ffmpeg -i \"${req.file.path}\" out.mp4`);\n"
        + _END,
    ),
    "what nobody trusts": (
        "trust-boundary-violation",
        _ROUTE + "  req.session.accountType = req.body.accountType;\n" + _END,
        _ROUTE + "  req.session.address = String(req.body.address).slice(0, 9);\n" + _END,
    ),
    "types of a schema": (
        "unsafe-deserialization",
        _YAML
        + "const SCHEMA = yaml.DEFAULT_SCHEMA.extend(types.all);\n"
        + _ROUTE
        + "  yaml.load(req.body, { schema: SCHEMA });\n"
        + _END,
        _YAML
        + "const SCHEMA = yaml.DEFAULT_SCHEMA.extend([types.regexp]);\n"
        + _ROUTE
        + "  yaml.load(req.body, { schema: SCHEMA });\n"
        + _END,
    ),
    "what a component computes": (
        "cross-site-scripting",
        _PAGE + _ESCAPE + "export const List = defineComponent({ setup(props) {\n"
        "  const rows = computed(() => props.hits.map((hit) => ({ id: clean(hit.id), html: hit.html })));\n"
        "  return () => h('ul', rows.value.map((row) => h('li', { key: row.id, innerHTML: row.html })));\n} });\n",
        _PAGE + _ESCAPE + "export const List = defineComponent({ setup(props) {\n"
        "  const rows = computed(() => props.hits.map((hit) => ({ id: hit.id, html: clean(hit.html) })));\n"
        "  return () => h('ul', rows.value.map((row) => h('li', { key: row.id, innerHTML: row.html })));\n} });\n",
    ),
    "one of two addresses": (
        "server-side-request-forgery",
        _ROUTE
        + "  const url = own ? String(req.body.url) : `https://a.example/${req.body.name}`;\n  await fetch(url);\n"
        + _END,
        _ROUTE
        + "  const url = own ? 'https://b.example/' : `https://a.example/${req.body.name}`;\n  await fetch(url);\n"
        + _END,
    ),
    "one of two from the same part": (
        "server-side-request-forgery",
        _ROUTE
        + "  const { name } = req.body;\n  const url = own ? name : 'https://a.example/' + encodeURIComponent(name);\n"
        "  if (!/^https?:/.test(url)) return;\n  await fetch(url);\n" + _END,
        _ROUTE
        + "  const { name } = req.body;\n  const url = own ? `https://b.example/${name}` : 'https://a.example/' + encodeURIComponent(name);\n"
        "  await fetch(url);\n" + _END,
    ),
    "one of two in a text": (
        "shell-command-injection",
        "const { exec } = require('child_process');\n"
        + _ROUTE
        + "  const size = req.body.size || `${Number(req.body.width)}x`;\n  exec(`convert a -resize ${size} b`);\n"
        + _END,
        "const { exec } = require('child_process');\n"
        + _ROUTE
        + "  const size = req.body.size ? '10x' : `${Number(req.body.width)}x`;\n  exec(`convert a -resize ${size} b`);\n"
        + _END,
    ),
    "entities that are read": (
        "cross-site-scripting",
        _HE + _ROUTE + "  res.send('<p>' + he.decode(he.escape(req.body.text)));\n" + _END,
        _HE + _ROUTE + "  res.send('<p>' + he.escape(he.decode(req.body.text)));\n" + _END,
    ),
    "signs that are read": (
        "cross-site-scripting",
        _HE + _ROUTE + "  res.send('<p>' + decodeURIComponent(he.escape(req.body.text)));\n" + _END,
        _HE + _ROUTE + "  res.send('<p>' + decodeURIComponent(encodeURIComponent(he.escape(req.body.text))));\n" + _END,
    ),
    "entities that are replaced": (
        "cross-site-scripting",
        _HE + _ROUTE + "  res.send('<p>' + he.escape(req.body.text).replace(/&lt;/g, '<'));\n" + _END,
        _HE
        + _ROUTE
        + "  res.send('<p>' + he.escape(req.body.text.replace(/&lt;/g, '<')).replace(/\\n/g, '<br>'));\n"
        + _END,
    ),
    "steps in order": (
        "cross-site-scripting",
        _HE + _PIPE + _ROUTE + "  res.send('<p>' + pipe(he.escape, decode)(req.body.text));\n" + _END,
        _HE + _PIPE + _ROUTE + "  res.send('<p>' + pipe(decode, he.escape)(req.body.text));\n" + _END,
    ),
    "a collection that a function gives": (
        "nosql-injection",
        "const { MongoClient } = require('mongodb');\nconst users = () => client.db('a').collection('users');\n"
        + _ROUTE
        + "  const { token } = req.body;\n  await users().findOne({ token });\n"
        + _END,
        "const { MongoClient } = require('mongodb');\nconst users = () => client.db('a').collection('users');\n"
        + _ROUTE
        + "  const { token } = req.body;\n  if (typeof token !== 'string') return;\n  await users().findOne({ token });\n"
        + _END,
    ),
    "commands of a mail server": (
        "mail-header-injection",
        "const net = require('net');\nconst socket = net.connect(25, 'mail');\nconst command = (line) => socket.write(line + '\\r\\n');\n"
        + _ROUTE
        + "  command('RCPT TO:<' + req.body.to + '>');\n"
        + _END,
        "const net = require('net');\nconst socket = net.connect(25, 'mail');\nconst command = (line) => socket.write(line + '\\r\\n');\n"
        + _ROUTE
        + "  if (!/^[\\w.+-]+@[\\w.-]+$/.test(req.body.to)) return;\n  command('RCPT TO:<' + req.body.to + '>');\n"
        + _END,
    ),
    "a helper of a template": (
        "cross-site-scripting",
        "const Handlebars = require('handlebars');\nconst engine = Handlebars.create();\n"
        "engine.registerHelper('badge', (label) => new engine.SafeString(`<b>${label}</b>`));\n",
        "const Handlebars = require('handlebars');\nconst engine = Handlebars.create();\n"
        "engine.registerHelper('badge', (label) => new engine.SafeString(`<b>${engine.escapeExpression(label)}</b>`));\n",
    ),
    "a filter of a template": (
        "cross-site-scripting",
        "const nunjucks = require('nunjucks');\nconst env = nunjucks.configure('views');\n"
        "env.addFilter('bold', (text) => new nunjucks.runtime.SafeString(`<b>${text}</b>`));\n",
        "const nunjucks = require('nunjucks');\nconst env = nunjucks.configure('views');\n"
        "env.addFilter('bold', (text) => new nunjucks.runtime.SafeString(`<b>${nunjucks.lib.escape(text)}</b>`));\n",
    ),
    "the name of a path alone": (
        "path-traversal",
        _FILES
        + _ROUTE
        + "  if (path.basename(req.body.name) !== req.body.other) return;\n  fs.readFile(path.join(ROOT, req.body.name), done);\n"
        + _END,
        _FILES
        + _ROUTE
        + "  const { name } = req.body;\n  if (path.basename(name) !== name) return;\n  fs.readFile(path.join(ROOT, name), done);\n"
        + _END,
    ),
    "the parts of a path": (
        "path-traversal",
        _FILES
        + _ROUTE
        + "  const file = path.resolve(ROOT, req.body.name);\n  if (path.parse(file).ext !== '.txt') return;\n  fs.readFile(file, done);\n"
        + _END,
        _FILES
        + _ROUTE
        + "  const file = path.resolve(ROOT, req.body.name);\n  if (path.parse(file).dir !== ROOT) return;\n  fs.readFile(file, done);\n"
        + _END,
    ),
    "a host that is asserted": (
        "server-side-request-forgery",
        _ROUTE + "  const url = new URL(req.body.url);\n  log(url.hostname);\n  await fetch(url);\n" + _END,
        "const { assertPublicHost } = require('./net');\n"
        + _ROUTE
        + "  const url = new URL(req.body.url);\n  await assertPublicHost(url.hostname);\n  await fetch(url);\n"
        + _END,
    ),
    "a schema of another file": (
        "nosql-injection",
        "const { MongoClient } = require('mongodb');\nconst { loginSchema } = require('./schemas');\n"
        + _ROUTE
        + "  const { name } = loginSchema ? req.body : {};\n  await db.collection('users').findOne({ name });\n"
        + _END,
        "const { MongoClient } = require('mongodb');\nconst { loginSchema } = require('./schemas');\n"
        + _ROUTE
        + "  const { name } = loginSchema.parse(req.body);\n  await db.collection('users').findOne({ name });\n"
        + _END,
    ),
    "where a client goes": (
        "server-side-request-forgery",
        "const axios = require('axios');\n"
        + _ROUTE
        + "  const client = axios.create({ baseURL: req.body.url });\n  await client.get('/a');\n"
        + _END,
        "const axios = require('axios');\n"
        + _ROUTE
        + "  const client = axios.create({ baseURL: 'https://a.example' });\n  await client.get('/a');\n"
        + _END,
    ),
    "markup that is split and joined": (
        "cross-site-scripting",
        _ROUTE + "  res.send('<p>' + req.body.a.split('<').map((s) => s.trim()).join('<') + '</p>');\n" + _END,
        _ROUTE + "  res.send('<p>' + req.body.a.split('<').join('&lt;') + '</p>');\n" + _END,
    ),
    "lines that are split and joined": (
        "log-injection",
        _ROUTE + "  console.log('a ' + req.body.a.split(/[\\r\\n]/).map((l) => `> ${l}`).join('\\n'));\n" + _END,
        _ROUTE + "  console.log('a ' + req.body.a.split(/[\\r\\n]/).map((l) => `> ${l}`).join(' '));\n" + _END,
    ),
    "every part of a key": (
        "prototype-pollution",
        _KEYS + "  if (parts.some((one) => one.length > 9)) return;\n" + _SET,
        _KEYS + "  if (parts.some((one) => BAD.has(one))) return;\n" + _SET,
    ),
    "every part of a key by its names": (
        "prototype-pollution",
        _KEYS + "  if (parts.some((one) => one === 'constructor')) return;\n" + _SET,
        _KEYS
        + "  if (parts.some((one) => one === '__proto__' || one === 'constructor' || one === 'prototype')) return;\n"
        + _SET,
    ),
    "each bad name in a key": (
        "prototype-pollution",
        _KEYS + "  if (['length', 'size'].some((one) => parts.includes(one))) return;\n" + _SET,
        _KEYS + "  if (['__proto__', 'constructor'].some((one) => parts.includes(one))) return;\n" + _SET,
    ),
    "a pattern of every part": (
        "prototype-pollution",
        _KEYS + "  if (!parts.every((one) => /^\\w+$/.test(one))) return;\n" + _SET,
        _KEYS + "  if (!parts.every((one) => /^[a-z]\\w*$/.test(one) && one !== 'constructor')) return;\n" + _SET,
    ),
    "the folder itself": (
        "path-traversal",
        _FILES
        + "const root = path.resolve(process.argv[2]);\n"
        + _ROUTE
        + "  const file = path.join(root, req.body.name);\n"
        "  if (file !== req.body.folder && !file.startsWith(root + path.sep)) return;\n"
        "  fs.readFile(file, done);\n" + _END,
        _FILES
        + "const root = path.resolve(process.argv[2]);\n"
        + _ROUTE
        + "  const file = path.join(root, req.body.name);\n"
        "  if (file !== root && !file.startsWith(root + path.sep)) return;\n  fs.readFile(file, done);\n" + _END,
    ),
    "a log by its name": (
        "log-injection",
        _FILES
        + "const AUDIT = process.env.PLACE ?? 'a.txt';\n"
        + _ROUTE
        + "  fs.appendFile(AUDIT, 'visit ' + req.body.name + '\\n', done);\n"
        + _END,
        _FILES
        + "const AUDIT = process.env.PLACE ?? 'a.txt';\n"
        + _ROUTE
        + "  fs.appendFile(AUDIT, JSON.stringify({ name: req.body.name }) + '\\n', done);\n"
        + _END,
    ),
    "a log by its path": (
        "log-injection",
        _FILES + _ROUTE + "  fs.appendFile(path.join(ROOT, 'access.log'), req.body.name + '\\n', done);\n" + _END,
        _FILES + _ROUTE + "  fs.appendFile(path.join(ROOT, 'catalog.txt'), req.body.name + '\\n', done);\n" + _END,
    ),
    "the name of a file in a command": (
        "shell-command-injection",
        _FILES
        + "const { exec } = require('child_process');\n"
        + _ROUTE
        + '  exec(`file "${path.basename(req.body.name)}"`);\n'
        + _END,
        _FILES
        + "const { execFile } = require('child_process');\n"
        + _ROUTE
        + "  execFile('file', [path.basename(req.body.name)]);\n"
        + _END,
    ),
    "what an encoded text was compared with": (
        "code-eval",
        "const KNOWN = Buffer.from('a > 1').toString('base64');\n"
        + _ROUTE
        + "  let rule = Buffer.from(req.body.rule).toString('base64');\n  if (!rule) rule = KNOWN;\n"
        "  eval(Buffer.from(rule, 'base64').toString());\n" + _END,
        "const KNOWN = Buffer.from('a > 1').toString('base64');\n"
        + _ROUTE
        + "  let rule = Buffer.from(req.body.rule).toString('base64');\n  if (rule !== KNOWN) rule = KNOWN;\n"
        "  eval(Buffer.from(rule, 'base64').toString());\n" + _END,
    ),
    "a list that a component fetches": (
        "cross-site-scripting",
        _NOTES + "<p dangerouslySetInnerHTML={{ __html: note.body }} />" + _NOTED,
        _NOTES + "<p dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(note.body) }} />" + _NOTED,
    ),
    "a logger of lines": (
        "log-injection",
        _WINSTON + "format.printf((one) => one.message) });\n" + _ROUTE + "  logger.info(`a ${req.body.a}`);\n" + _END,
        _WINSTON + "format.json() });\n" + _ROUTE + "  logger.info(`a ${req.body.a}`);\n" + _END,
    ),
    "a host by its end": (
        "server-side-request-forgery",
        _ROUTE + "  const url = new URL(req.body.url);\n  if (!url.hostname.endsWith('example.com')) return;\n"
        "  await fetch(url.href);\n" + _END,
        _ROUTE + "  const url = new URL(req.body.url);\n  if (!url.hostname.endsWith('.example.com')) return;\n"
        "  await fetch(url.href);\n" + _END,
    ),
    "hosts below one of a few": (
        "server-side-request-forgery",
        "const HOSTS = ['a.example', 'b.example'];\n" + _ROUTE + "  const url = new URL(req.body.url);\n"
        "  if (!HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(host))) return;\n"
        "  await fetch(url.href);\n" + _END,
        "const HOSTS = ['a.example', 'b.example'];\n" + _ROUTE + "  const url = new URL(req.body.url);\n"
        "  if (!HOSTS.some((host) => url.hostname === host || url.hostname.endsWith('.' + host))) return;\n"
        "  await fetch(url.href);\n" + _END,
    ),
    "hosts below one that a template writes": (
        "server-side-request-forgery",
        "const HOSTS = process.env.HOSTS.split(',');\n" + _ROUTE + "  const url = new URL(req.body.url);\n"
        "  if (!HOSTS.some((host) => url.href.endsWith(`.${host}`))) return;\n  await fetch(url.href);\n" + _END,
        "const HOSTS = new Set(['a.example', 'b.example']);\n" + _ROUTE + "  const url = new URL(req.body.url);\n"
        "  if (![...HOSTS].some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))) return;\n"
        "  await fetch(url.href);\n" + _END,
    ),
    "JSON in a script": (
        "cross-site-scripting",
        _ROUTE + "  const state = await load(req.body.id);\n"
        "  res.send(`<script>window.state = ${JSON.stringify(state)}</script>`);\n" + _END,
        _ROUTE + "  const state = await load(req.body.id);\n"
        "  const text = JSON.stringify(state).replace(/</g, '\\\\u003c');\n"
        "  res.send(`<script>window.state = ${text}</script>`);\n" + _END,
    ),
    "a relation of a graph": (
        "nosql-injection",
        _GRAPH
        + _ROUTE
        + "  await driver.session().run(`MATCH (a)-[:${req.body.kind.toUpperCase()}]->(b) RETURN b`);\n"
        + _END,
        _GRAPH + _ROUTE + "  const kind = ['KNOWS', 'LIKES'].find((one) => one === req.body.kind);\n"
        "  await driver.session().run(`MATCH (a)-[:${kind}]->(b) RETURN b`);\n" + _END,
    ),
    "a statement of a cloud's database": (
        "sql-injection",
        _CLOUD + _ROUTE + "  const Statement = `SELECT * FROM t WHERE a = '${req.body.a}'`;\n"
        "  await db.send(new ExecuteStatementCommand({ Statement }));\n" + _END,
        _CLOUD + _ROUTE + "  const Statement = 'SELECT * FROM t WHERE a = ?';\n"
        "  await db.send(new ExecuteStatementCommand({ Statement, Parameters: [req.body.a] }));\n" + _END,
    ),
    "a membership that was looked up": (
        "trust-boundary-violation",
        _ROUTE + "  const member = await members.find(req.session.user, req.body.other);\n  if (!member) return;\n"
        "  req.session.team = req.body.team;\n" + _END,
        _ROUTE + "  const member = await members.find(req.session.user, req.body.team);\n  if (!member) return;\n"
        "  req.session.team = req.body.team;\n" + _END,
    ),
    "a session beside a body that was looked at": (
        "trust-boundary-violation",
        _ROUTE + "  if (!verify(String(req.body.password))) return;\n  req.session.cart = req.body.cart;\n" + _END,
        _ROUTE + "  if (!verify(String(req.body.password))) return;\n  const cart = req.session.cart;\n"
        "  req.session.cart = cart;\n" + _END,
    ),
    "an event of Nitro": (
        "shell-command-injection",
        "const { exec } = require('child_process');\n"
        "export default defineEventHandler(async (event) => {\n  const { name } = await readBody(event);\n"
        "  exec('ls ' + name);\n" + _END,
        "const { execFile } = require('child_process');\n"
        "export default defineEventHandler(async (event) => {\n  const { name } = await readBody(event);\n"
        "  execFile('ls', ['--', name]);\n" + _END,
    ),
}
"""By what they differ in."""
