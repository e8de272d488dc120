"""JavaScript and TypeScript with a flow and without one, class by class; what must be reported stands in guillemets."""

APP = "const express = require('express');\nconst app = express();\n"
ROUTE = APP + "app.get('/x', async (req, res) => {\n"
END = "});\n"
_ELECTRON = "const { ipcMain, shell } = require('electron');\n"

VULNERABLE: dict[str, tuple[str, ...]] = {
    "salt-from-the-program": (
        "const crypto = require('crypto');\nconst SALT = 'forum';\nfunction hashed(password) {\n"
        "  return crypto.pbkdf2Sync(password, «SALT», 600000, 32, 'sha256');\n}\n",
        "import { scrypt } from 'node:crypto';\nimport { promisify } from 'node:util';\nconst derive = promisify(scrypt);\n"
        "class Users {\n  salt = Buffer.from('forum');\n  add(password) {\n    return derive(password, «this.salt», 64);\n  }\n}\n",
        "const crypto = require('crypto');\nfunction derive(password, salt) {\n  return crypto.scryptSync(password, «salt», 32);\n}\n"
        "function hashed(password) {\n  return derive(password, 'for' + 'um');\n}\n",
    ),
    "too-few-rounds": (
        "const bcrypt = require('bcryptjs');\nconst ROUNDS = 4;\nconst hashed = (password) => bcrypt.hashSync(password, «ROUNDS»);\n",
        "const crypto = require('crypto');\nfunction derive(password, salt, rounds) {\n"
        "  return crypto.pbkdf2Sync(password, salt, «rounds», 32, 'sha256');\n}\n"
        "function hashed(password) {\n  return derive(password, crypto.randomBytes(16), 1000);\n}\n",
        "const crypto = require('crypto');\nconst COST = { N: 1024 };\nfunction hashed(password, salt) {\n"
        "  return crypto.scryptSync(password, salt, 64, «COST»);\n}\n",
    ),
    "key-too-short": (
        "import { generateKeyPair } from 'crypto';\nimport { promisify } from 'util';\nconst generate = promisify(generateKeyPair);\n"
        "const BITS = 1024;\nfunction made() {\n  return generate('rsa', { modulusLength: «BITS» });\n}\n",
        "const crypto = require('crypto');\nconst SIZES = { small: 1024, large: 4096 };\n"
        "const pair = crypto.generateKeyPairSync('rsa', { modulusLength: «SIZES.small» });\n",
        "const { generateKeyPairSync } = require('crypto');\nfunction made(bits) {\n"
        "  return generateKeyPairSync('rsa', { modulusLength: «bits» });\n}\nconst pair = made(512);\nexport { pair };\n",
    ),
    "argument-injection": (
        "import { execFile } from 'child_process';\nimport { Worker, Job } from 'bullmq';\n"
        "new Worker('clone', async (job: Job) => {\n  execFile('git', «['clone', job.data.url]»);\n});\n",
        "const { execFile, spawn } = require('node:child_process');\nconst run = require('node:util').promisify(execFile);\n"
        + ROUTE
        + "  await run('git', «['clone', '--depth', '1', req.body.url]»);\n"
        + END,
        "const { execFile, spawn } = require('node:child_process');\nconst run = require('node:util').promisify(execFile);\n"
        + ROUTE
        + "  const names = req.body.files.filter((n) => !n.includes('/'));\n  await run('tar', «['-czf', '-', ...names]»);\n"
        + END,
        "const { spawn } = require('child_process');\nfunction git(args) {\n  return spawn('git', «args»);\n}\n"
        + ROUTE
        + "  git(['log', '--oneline', String(req.query.branch)]);\n"
        + END,
        "const { execa } = require('execa');\n" + ROUTE + "  await execa('curl', «['-s', req.body.url]»);\n" + END,
        "const git = require('simple-git')();\n" + ROUTE + "  await git.clone(«req.body.url», '/srv/a');\n" + END,
    ),
    "weak-algorithm-chosen": (
        "const crypto = require('crypto');\nconst props = { primary: 'md5', second: 'sha512' };\n"
        "const md = crypto.createHash(«props.primary»);\n",
        "const crypto = require('crypto');\nfunction seal(key, iv, options) {\n"
        "  const name = options.algorithm ?? 'des-ede3-cbc';\n  return crypto.createCipheriv(«name», key, iv);\n}\n",
        "const forge = require('node-forge');\nconst mode = ['AES', 'ECB'].join('-');\n"
        "const cipher = forge.cipher.createCipher(«mode», key);\n",
    ),
    "key-from-the-program": (
        "import { createHmac } from 'node:crypto';\nfunction sign(path) {\n  const keys = { links: 'c2lnbmluZy1rZXk' };\n"
        "  return createHmac('sha256', «keys.links»).update(path).digest('hex');\n}\n",
        "const jwt = require('jsonwebtoken');\nfunction issue(user) {\n  const settings = { key: 'k9-dev-signing' };\n"
        "  return jwt.sign({ sub: user.id }, «settings.key»);\n}\n",
        "const crypto = require('crypto');\nfunction seal(text, iv) {\n  const key = Buffer.from('0123456789abcdef');\n"
        "  return crypto.createCipheriv('aes-128-gcm', «key», iv).update(text);\n}\n",
    ),
    "vector-from-the-program": (
        "const crypto = require('crypto');\nfunction seal(key) {\n  const start = Buffer.alloc(16);\n"
        "  return crypto.createCipheriv('aes-256-cbc', key, «start»);\n}\n",
        "const crypto = require('crypto');\nfunction seal(key) {\n  const start = Buffer.from('0000000000000000');\n"
        "  return crypto.createCipheriv('aes-256-cbc', key, «start»);\n}\n",
        "const crypto = require('crypto');\nfunction start() {\n  return 'abcdefghijklmnop';\n}\n"
        "const cipher = crypto.createCipheriv('aes-256-cbc', key, «start()»);\n",
    ),
    "sql-injection": (
        "const t = initTRPC.create();\nexport const one = t.procedure.input(z.object({ name: z.string() })).query(({ input }) =>\n"
        "  db.query(«`select * from a where name = '${input.name}'`»),\n);\n",
        ROUTE + "  const rows = await db.query(«`SELECT * FROM users WHERE name = '${req.query.name}'`»);\n"
        "  res.json(rows);\n" + END,
        "const mysql = require('mysql2');\nconst pool = mysql.createPool({});\nfunction find(name, cb) {\n"
        "  const sql = 'SELECT * FROM t WHERE n = \"' + name + '\"';\n  pool.query(«sql», cb);\n}\n",
        ROUTE + "  let sql = 'SELECT * FROM t WHERE 1 = 1';\n  if (req.query.city) {\n"
        "    sql += ` AND city = '${req.query.city}'`;\n  }\n  db.all(«sql», [], (err, rows) => res.json(rows));\n"
        + END,
        "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\n"
        "export async function GET(request: Request) {\n  const { searchParams } = new URL(request.url);\n"
        "  const id = searchParams.get('id');\n"
        "  return Response.json(await prisma.$queryRawUnsafe(«`SELECT * FROM u WHERE id = ${id}`»));\n}\n",
        ROUTE + "  const parts = ['SELECT * FROM t'];\n  parts.push('WHERE n = ' + req.body.n);\n"
        "  await knex.raw(«parts.join(' ')»);\n" + END,
        ROUTE + "  const build = (field, value) => `SELECT * FROM t WHERE ${field} = '${value}'`;\n"
        "  db.get(«build('name', req.params.name)», (e, row) => res.json(row));\n" + END,
        "class Store {\n  async find(req) {\n    const { name } = req.body;\n"
        "    const query = { text: `SELECT * FROM u WHERE name = '${name}'` };\n    return this.pool.query(«query»);\n  }\n}\n",
    ),
    "nosql-injection": (
        ROUTE
        + "  const user = await User.findOne({ email: «req.body.email», password: 'x' });\n  res.json(user);\n"
        + END,
        ROUTE + "  const { name } = req.body;\n  db.collection('users').find({ «name» }).toArray();\n" + END,
        ROUTE + "  User.find({ $where: «`this.name == '${req.query.name}'`» });\n" + END,
        ROUTE + "  const filter = req.query;\n  Product.deleteMany(«filter»);\n" + END,
    ),
    "shell-command-injection": (
        "const { exec } = require('child_process');\n"
        + ROUTE
        + "  exec(«`ping -c 1 ${req.query.host}`», (e, out) => res.send('ok'));\n"
        + END,
        "import { execSync as run } from 'node:child_process';\nexport function pack(folder) {\n"
        "  const command = 'tar czf out.tgz ' + folder;\n  return run(«command»);\n}\n",
        "const cp = require('child_process');\n" + ROUTE + "  cp.spawn('sh', ['-c', «'ls ' + req.query.d»]);\n" + END,
        "const util = require('util');\nconst { exec } = require('child_process');\nconst sh = util.promisify(exec);\n"
        + ROUTE
        + "  const { stdout } = await sh(«'convert ' + req.body.file»);\n  res.json({ stdout });\n"
        + END,
        "const { spawn } = require('child_process');\n"
        + ROUTE
        + "  spawn(«'grep ' + req.query.q», { shell: true });\n"
        + END,
    ),
    "code-eval": (
        ROUTE + "  res.json({ result: eval(«req.query.expr») });\n" + END,
        ROUTE + "  const f = new Function('x', «'return ' + req.body.code»);\n  res.json(f(1));\n" + END,
        "const vm = require('vm');\n" + ROUTE + "  vm.runInNewContext(«req.body.script», {});\n" + END,
        "function calculate(expression) {\n  return eval(«expression»);\n}\n",
        "import OpenAI from 'openai';\nconst client = new OpenAI();\nasync function agent(task) {\n"
        "  const reply = await client.chat.completions.create({ model: 'm', messages: [] });\n"
        "  const code = reply.choices[0].message.content;\n  return eval(«code»);\n}\n",
    ),
    "template-injection": (
        "const pug = require('pug');\n" + ROUTE + "  res.send(pug.render(«'p Hello ' + req.query.name»));\n" + END,
        "const ejs = require('ejs');\n"
        + ROUTE
        + "  const html = ejs.render(«req.body.template», {});\n  res.send(html);\n"
        + END,
        "const Handlebars = require('handlebars');\n"
        + ROUTE
        + "  const t = Handlebars.compile(«req.body.t»);\n  res.json(t({}));\n"
        + END,
        "const nunjucks = require('nunjucks');\n"
        + ROUTE
        + "  res.json(nunjucks.renderString(«`Hi ${req.query.n}`», {}));\n"
        + END,
    ),
    "cross-site-scripting": (
        ROUTE + "  res.send(«`<h1>${req.query.name}</h1>`»);\n" + END,
        ROUTE + "  res.send(«'Hello ' + req.query.name»);\n" + END,
        "const name = new URLSearchParams(location.search).get('name');\n"
        "document.getElementById('x').innerHTML = «'<b>' + name + '</b>'»;\n",
        "function show(comment) {\n  document.querySelector('#c').innerHTML = «comment»;\n}\n",
        "export function Post({ body }) {\n  return <div dangerouslySetInnerHTML={{ __html: «body» }} />;\n}\n",
        "const Koa = require('koa');\nconst app = new Koa();\napp.use(async (ctx) => {\n"
        "  ctx.body = «`<p>${ctx.query.q}</p>`»;\n});\n",
        ROUTE
        + "  const items = req.body.items.map((item) => `<li>${item}</li>`);\n  res.send(«items.join('')»);\n"
        + END,
        "window.addEventListener('message', (event) => {\n  document.body.innerHTML = «event.data»;\n});\n",
        "document.write(«'<img src=' + location.hash.slice(1) + '>'»);\n",
    ),
    "path-traversal": (
        "const fs = require('fs');\nconst path = require('path');\n"
        + ROUTE
        + "  const file = path.join(__dirname, 'files', req.query.name);\n  res.json(fs.readFileSync(«file», 'utf8'));\n"
        + END,
        ROUTE + "  res.sendFile(«'/srv/files/' + req.params.name»);\n" + END,
        "import { readFile } from 'fs/promises';\nexport async function GET(request: Request, { params }: { params: { slug: string } }) {\n"
        "  const text = await readFile(«`./posts/${params.slug}.md`», 'utf8');\n  return Response.json({ text });\n}\n",
        "const fs = require('fs');\nconst http = require('http');\nhttp.createServer((req, res) => {\n"
        "  fs.createReadStream(«'./public' + req.url»).pipe(res);\n});\n",
        "const path = require('path');\nconst fs = require('fs');\n"
        + ROUTE
        + "  const file = path.resolve('/data', req.query.f);\n  if (!file.endsWith('.txt')) return res.sendStatus(400);\n"
        "  fs.unlink(«file», () => res.end());\n" + END,
    ),
    "zip-slip": (
        "const AdmZip = require('adm-zip');\nconst fs = require('fs');\nconst path = require('path');\nfunction unpack(file, out) {\n"
        "  const zip = new AdmZip(file);\n  zip.getEntries().forEach((entry) => {\n"
        "    fs.writeFileSync(«path.join(out, entry.entryName)», entry.getData());\n  });\n}\n",
        "const unzipper = require('unzipper');\nconst fs = require('fs');\nfs.createReadStream('a.zip').pipe(unzipper.Parse())\n"
        "  .on('entry', (entry) => {\n    entry.pipe(fs.createWriteStream(«'out/' + entry.path»));\n  });\n",
        "import JSZip from 'jszip';\nimport fs from 'fs';\nexport async function unpack(data: Buffer) {\n"
        "  const zip = await JSZip.loadAsync(data);\n  for (const name of Object.keys(zip.files)) {\n"
        "    fs.writeFileSync(«`out/${name}`», 'x');\n  }\n}\n",
        "const tar = require('tar-stream');\nconst fs = require('fs');\nconst extract = tar.extract();\n"
        "extract.on('entry', (header, stream, next) => {\n  stream.pipe(fs.createWriteStream(«'/out/' + header.name»));\n  next();\n});\n",
    ),
    "unrestricted-upload": (
        "const multer = require('multer');\nconst storage = multer.diskStorage({\n  filename: (req, file, cb) => {\n"
        "    cb(null, «file.originalname»);\n  },\n});\n",
        ROUTE + "  const picture = req.files.picture;\n  picture.mv(«'./uploads/' + picture.name»);\n" + END,
        ROUTE + "  req.files.doc.mv(«`/srv/${req.files.doc.name}`», () => res.end());\n" + END,
        "const multer = require('multer');\nconst storage = multer.diskStorage({\n  destination: 'up',\n"
        "  filename(req, file, done) {\n    done(null, «Date.now() + '-' + file.originalname»);\n  },\n});\n",
    ),
    "server-side-request-forgery": (
        "const axios = require('axios');\n"
        + ROUTE
        + "  const r = await axios.get(«req.query.url»);\n  res.json(r.data);\n"
        + END,
        ROUTE + "  const r = await fetch(«`http://${req.query.host}/status`»);\n  res.json(await r.json());\n" + END,
        "export async function POST(request: Request) {\n  const { url } = await request.json();\n"
        "  const r = await fetch(«url»);\n  return Response.json(await r.json());\n}\n",
        "const http = require('http');\n" + ROUTE + "  http.get(«req.body.target», (r) => r.pipe(res));\n" + END,
        "import axios from 'axios';\n" + ROUTE + "  await axios({ method: 'get', url: «req.query.url» });\n" + END,
        "const puppeteer = require('puppeteer');\n" + ROUTE + "  const page = await browser.newPage();\n"
        "  await page.goto(«req.query.url»);\n" + END,
    ),
    "open-redirect": (
        ROUTE + "  res.redirect(«req.query.next»);\n" + END,
        ROUTE + "  const to = req.query.returnTo || '/';\n  res.redirect(302, «to»);\n" + END,
        "const params = new URLSearchParams(window.location.search);\nwindow.location.href = «params.get('next')»;\n",
        "const params = new URLSearchParams(window.location.search);\n"
        "function go() {\n  window.location.assign(«params.get('next') || '/'»);\n}\n",
        "function go() {\n  window.location.replace(«new URLSearchParams(location.search).get('to')»);\n}\n",
        "import { redirect } from 'next/navigation';\nexport default async function Page({ searchParams }) {\n"
        "  redirect(«searchParams.next»);\n}\n",
        ROUTE
        + "  const url = req.query.u;\n  if (url.startsWith('/')) {\n    return res.redirect(«url»);\n  }\n  res.end();\n"
        + END,
    ),
    "header-injection": (
        ROUTE + "  res.setHeader('X-Name', «req.query.name»);\n  res.end();\n" + END,
        ROUTE + "  res.set('X-Trace', «'id=' + req.query.t»);\n  res.end();\n" + END,
        "require('http').createServer((req, res) => {\n  const u = new URL(req.url, 'http://x');\n"
        "  res.writeHead(200, { 'X-Q': «u.searchParams.get('q')» });\n  res.end();\n});\n",
        "const Koa = require('koa');\nnew Koa().use(async (ctx) => {\n  ctx.set('X-User', «ctx.query.user»);\n});\n",
    ),
    "log-injection": (
        ROUTE + "  console.log(«'login ' + req.query.user»);\n  res.end();\n" + END,
        "const winston = require('winston');\nconst logger = winston.createLogger();\n"
        + ROUTE
        + "  logger.info(«`login ${req.body.user}`»);\n"
        + END,
        "const fs = require('fs');\n" + ROUTE + "  fs.appendFileSync('access.log', «req.query.u + '\\n'»);\n" + END,
        ROUTE + "  console.error('failed for %s', «req.params.user»);\n" + END,
    ),
    "ldap-injection": (
        "const ldap = require('ldapjs');\nconst client = ldap.createClient({});\n"
        + ROUTE
        + "  client.search('dc=x', { filter: «`(uid=${req.query.u})`» }, () => res.end());\n"
        + END,
        "const ldap = require('ldapjs');\nfunction find(client, name) {\n"
        "  const filter = '(&(objectClass=user)(cn=' + name + '))';\n  client.search('dc=x', { filter: «filter» }, () => {});\n}\n",
        "const ldap = require('ldapjs');\nconst client = ldap.createClient({});\n"
        + ROUTE
        + "  client.bind(«'uid=' + req.body.u + ',dc=x'», 'p', () => res.end());\n"
        + END,
        "const AD = require('activedirectory2');\nconst ad = new AD({});\n"
        + ROUTE
        + "  ad.findUsers(«`(sAMAccountName=${req.query.u})`», () => res.end());\n"
        + END,
    ),
    "xpath-injection": (
        "const xpath = require('xpath');\n"
        + ROUTE
        + '  const n = xpath.select(«"//user[name=\'" + req.query.n + "\']"», doc);\n'
        "  res.json(n);\n" + END,
        "const xpath = require('xpath');\n" + ROUTE + "  xpath.select1(«`//u[@id='${req.body.id}']`», doc);\n" + END,
        "const name = new URLSearchParams(location.search).get('n');\n"
        'document.evaluate(«`//b[@t="${name}"]`», document, null, 0, null);\n',
        "const { select } = require('xpath');\nfunction find(doc, name) {\n  return select(«`//a[b='${name}']`», doc);\n}\n",
    ),
    "xml-external-entities": (
        "const libxmljs = require('libxmljs');\n"
        + ROUTE
        + "  const d = libxmljs.parseXml(«req.body», { noent: true });\n  res.json(d.x);\n"
        + END,
        "const libxml = require('libxmljs2');\n"
        + ROUTE
        + "  libxml.parseXmlString(«req.body.xml», { noent: true, nonet: false });\n"
        + END,
        "import { parseXml } from 'libxmljs';\nexport function title(xml: string) {\n  return parseXml(«xml», { noent: true });\n}\n",
        "const libxmljs = require('libxmljs');\n"
        + ROUTE
        + "  const options = { noent: true };\n  libxmljs.parseXml(«req.body.x», options);\n"
        + END,
    ),
    "unsafe-deserialization": (
        "const serialize = require('node-serialize');\n"
        + ROUTE
        + "  const o = serialize.unserialize(«req.cookies.profile»);\n  res.json(o);\n"
        + END,
        "const { unserialize } = require('node-serialize');\n"
        + ROUTE
        + "  unserialize(«Buffer.from(req.body.d, 'base64').toString()»);\n"
        + END,
        "import { deserialize } from 'v8';\nexport async function POST(request: Request) {\n"
        "  return Response.json(deserialize(await «request.text()»));\n}\n",
        "const yaml = require('js-yaml');\n"
        + ROUTE
        + "  yaml.load(«req.body.y», { schema: yaml.DEFAULT_FULL_SCHEMA });\n"
        + END,
    ),
    "regex-injection": (
        ROUTE + "  const re = new RegExp(«req.query.q», 'i');\n  res.json(list.filter((x) => re.test(x)));\n" + END,
        ROUTE + "  const re = RegExp(«'^' + req.query.q»);\n  res.json(re.test('x'));\n" + END,
        ROUTE
        + "  const { term } = req.body;\n  const re = new RegExp(«`\\\\b${term}\\\\b`»);\n  res.json(re.source.length);\n"
        + END,
        "export async function GET(request: Request) {\n  const q = new URL(request.url).searchParams.get('q');\n"
        "  return Response.json(items.filter((i) => new RegExp(«q»).test(i)));\n}\n",
    ),
    "trust-boundary-violation": (
        ROUTE + "  req.session.role = «req.body.role»;\n  res.end();\n" + END,
        ROUTE + "  req.session['user'] = «req.query.user»;\n  res.end();\n" + END,
        ROUTE + "  const { plan } = req.body;\n  req.session.plan = «plan»;\n  res.end();\n" + END,
        "new Koa().use(async (ctx) => {\n  ctx.session.lang = «ctx.query.lang»;\n});\n",
    ),
    "mail-header-injection": (
        "const nodemailer = require('nodemailer');\nconst mail = nodemailer.createTransport({});\n"
        + ROUTE
        + "  mail.sendMail({ to: 'a@b', headers: { 'X-A': 'b' }, raw: «`Subject: ${req.body.s}\\r\\n\\r\\nHi`» });\n"
        + END,
        "const nodemailer = require('nodemailer');\nconst mail = nodemailer.createTransport({});\n"
        + ROUTE
        + "  const message = { raw: 'To: ' + req.body.to + '\\r\\n\\r\\nx' };\n  await mail.sendMail(«message»);\n"
        + END,
        ROUTE + "  transporter.sendMail({ raw: «['Subject: ' + req.body.subject, '', 'x'].join('\\r\\n')» });\n" + END,
    ),
    "prompt-injection": (
        "const OpenAI = require('openai');\nconst client = new OpenAI();\n"
        + ROUTE
        + "  const r = await client.chat.completions.create({\n    model: 'm',\n"
        "    messages: «[{ role: 'system', content: 'You are ' + req.body.role }]»,\n  });\n  res.json(r.id);\n" + END,
        "import Anthropic from '@anthropic-ai/sdk';\nconst client = new Anthropic();\nexport async function POST(request: Request) {\n"
        "  const { style } = await request.json();\n"
        "  const m = await client.messages.create({ system: «`Write ${style}`», messages: [] });\n  return Response.json(m.id);\n}\n",
        "import { generateText } from 'ai';\nexport async function POST(request: Request) {\n  const body = await request.json();\n"
        "  const { text } = await generateText({ model, system: «'Be ' + body.tone», prompt: 'x' });\n  return Response.json({ n: text.length });\n}\n",
        "const client = new OpenAI();\n"
        + ROUTE
        + "  await client.responses.create({ model: 'm', instructions: «req.body.rules», input: 'x' });\n"
        + END,
    ),
    "prototype-pollution": (
        "const settings = {};\n"
        + ROUTE
        + "  const { group, name, value } = req.body;\n  «settings[group][name]» = value;\n  res.end();\n"
        + END,
        "function merge(target, source) {\n  for (const key in source) {\n    if (typeof source[key] === 'object') {\n"
        "      if (!target[key]) target[key] = {};\n      merge(target[key], source[key]);\n    } else {\n"
        "      «target[key]» = source[key];\n    }\n  }\n  return target;\n}\n",
        "function setPath(object, path, value) {\n  const keys = path.split('.');\n  let current = object;\n"
        "  for (const key of keys.slice(0, -1)) {\n    current = current[key];\n  }\n  «current[keys[keys.length - 1]]» = value;\n}\n",
        "const _ = require('lodash');\nconst config = {};\n"
        + ROUTE
        + "  _.set(config, «req.body.path», req.body.value);\n  res.end();\n"
        + END,
        "const merge = require('lodash.merge');\nconst config = {};\n"
        + ROUTE
        + "  merge(config, «req.body»);\n  res.end();\n"
        + END,
    ),
    "error-details-exposed": (
        APP
        + "app.use((err, req, res, next) => {\n  const body = { trace: err.stack };\n  res.status(500).json(«{ ...body }»);\n});\n",
        "exports.handler = async (event) => {\n  try {\n    return await run(event);\n  } catch (e) {\n"
        "    const text = JSON.stringify({ trace: e.stack });\n    return { statusCode: 500, body: «text» };\n  }\n};\n",
        "function fail(ctx, error) {\n  ctx.body = { trace: «error.stack.split('.')» };\n}\n",
    ),
    "script-address": (
        "const link = document.querySelector('a');\nlink.href = «location.hash.slice(1)»;\n",
        "function Back() {\n  const router = useRouter();\n  return <a href={«router.query.next»}>Back</a>;\n}\n",
        "const form = document.createElement('form');\n"
        "form.setAttribute('action', «new URLSearchParams(location.search).get('to')»);\n",
    ),
    "system-address": (
        _ELECTRON + "win.webContents.setWindowOpenHandler((details) => {\n  shell.openExternal(«details.url»);\n});\n",
        _ELECTRON + "win.webContents.on('will-navigate', (event, url) => {\n  shell.openExternal(«url»);\n});\n",
        _ELECTRON + "ipcMain.handle('open', (_event, place) => shell.openPath(«place»));\n",
    ),
    "mass-assignment": (
        ROUTE + "  const data = { ...req.body };\n  res.json(await User.create(«{ ...data }»));\n" + END,
        "async function save(id, data) {\n  return prisma.user.update({ where: { id }, data: «{ ...data }» });\n}\n\n"
        + ROUTE
        + "  res.json(await save(1, req.body));\n"
        + END,
        "export async function POST(request) {\n  const { id, ...rest } = await request.json();\n"
        "  return Response.json(await db.insert(users).values(«{ ...rest }»));\n}\n",
    ),
    "cookie-flag-switched-off": (
        ROUTE + "  const flags = { httpOnly: false, secure: true };\n  res.cookie('session', id, «flags»);\n" + END,
        "function flags() {\n  return { path: '/' };\n}\n\n" + ROUTE + "  res.cookie('token', id, «flags()»);\n" + END,
        ROUTE + "  const flags = { maxAge: 10 };\n  res.cookie('sessionId', id, «flags»);\n" + END,
    ),
    "certificate-check-switched-off": (
        "const https = require('https');\nconst flags = { rejectUnauthorized: false };\nconst agent = new https.Agent(«flags»);\n",
        "const tls = require('tls');\nconst flags = { host: 'a', rejectUnauthorized: 1 > 2 };\ntls.connect(«flags»);\n",
        "const https = require('https');\nfunction flags() {\n  return { rejectUnauthorized: false };\n}\n"
        "const agent = new https.Agent(«flags()»);\n",
    ),
    "mode-for-everybody": (
        "const fs = require('fs');\nconst mode = 0o777;\nfs.chmodSync('a', «mode»);\n",
        "const fs = require('fs');\nconst modes = { open: 0o666 };\nfs.chmod('a', «modes.open», done);\n",
        "const fs = require('fs');\nconst options = { mode: 0o666 };\nfs.writeFileSync('a', text, «options»);\n",
    ),
    "token-check-switched-off": (
        "const jwt = require('jsonwebtoken');\nconst how = { ignoreExpiration: true };\nconst a = jwt.verify(token, key, «how»);\n",
        "const jwt = require('jsonwebtoken');\nfunction how() {\n  return { ignoreExpiration: true };\n}\n"
        "const a = jwt.verify(token, key, «how()»);\n",
        "import jwt from 'jsonwebtoken';\nconst how = { algorithms: ['HS256'], ignoreExpiration: true };\n"
        "const a = jwt.verify(token, key, «how»);\n",
    ),
    "unsafe-reflection": (
        ROUTE + "  const result = service[«req.body.method»](1);\n  res.json(result);\n" + END,
        ROUTE + "  res.json(Reflect.get(service, «req.query.name»));\n" + END,
        ROUTE + "  const { action } = req.params;\n  await global[«action»](req);\n  res.end();\n" + END,
    ),
}

SECURE: dict[str, tuple[str, ...]] = {
    "salt-from-the-program": (
        "const crypto = require('crypto');\nconst SALT = crypto.randomBytes(16);\nfunction hashed(password, salt = SALT) {\n"
        "  return crypto.scryptSync(password, salt, 64);\n}\n",
        "const crypto = require('crypto');\nfunction matches(password, row) {\n"
        "  const [salt, key] = row.password.split(':');\n  return crypto.scryptSync(password, salt, 64).toString('hex') === key;\n}\n",
        "const crypto = require('crypto');\nfunction derive(password, salt) {\n  return crypto.scryptSync(password, salt, 32);\n}\n"
        "function hashed(password, user) {\n  return derive(password, 'v1' + user.salt);\n}\n",
    ),
    "too-few-rounds": (
        "const bcrypt = require('bcryptjs');\nconst ROUNDS = 12;\nconst hashed = (password) => bcrypt.hashSync(password, ROUNDS);\n",
        "const crypto = require('crypto');\nfunction derive(password, salt, rounds) {\n"
        "  return crypto.pbkdf2Sync(password, salt, rounds, 32, 'sha256');\n}\n"
        "function hashed(password, row) {\n  return derive(password, row.salt, row.rounds);\n}\n",
        "const crypto = require('crypto');\nconst COST = { N: 2 ** 15 };\nfunction hashed(password, salt) {\n"
        "  return crypto.scryptSync(password, salt, 64, COST);\n}\n",
    ),
    "key-too-short": (
        "const { generateKeyPair } = require('crypto');\nconst generate = require('util').promisify(generateKeyPair);\n"
        "const made = () => generate('rsa', { modulusLength: 1024 * 3 });\n",
        "const crypto = require('crypto');\nconst SIZES = { small: 1024, large: 4096 };\n"
        "const pair = crypto.generateKeyPairSync('rsa', { modulusLength: SIZES.large });\n",
        "const { generateKeyPairSync } = require('crypto');\nfunction made(bits) {\n"
        "  return generateKeyPairSync('rsa', { modulusLength: Math.max(bits, 2048) });\n}\n",
    ),
    "argument-injection": (
        "import { execFile } from 'child_process';\nimport { Worker, Job } from 'bullmq';\n"
        "new Worker('clone', async (job: Job) => {\n  execFile('git', ['clone', '--', job.data.url]);\n});\n",
        "const { execFile, spawn } = require('node:child_process');\nconst run = require('node:util').promisify(execFile);\n"
        + ROUTE
        + "  await run('git', ['clone', '--', req.body.url]);\n  await run('ls', [req.body.url]);\n"
        + END,
        "const { execFile, spawn } = require('node:child_process');\nconst run = require('node:util').promisify(execFile);\n"
        + ROUTE
        + "  await run('tar', ['-czf', '-', '--', ...req.body.files]);\n"
        "  await run('tar', ['-czf', '-', ...req.body.files.map((f) => './' + f)]);\n" + END,
        "const { execFile, spawn } = require('node:child_process');\nconst run = require('node:util').promisify(execFile);\n"
        + ROUTE
        + "  if (!/^https:/.test(req.body.url)) return;\n  await run('git', ['clone', req.body.url]);\n"
        + END,
        "const { execFile, spawn } = require('node:child_process');\nconst run = require('node:util').promisify(execFile);\n"
        + ROUTE
        + "  if (req.body.branch.startsWith('-')) return;\n  spawn('git', ['log', req.body.branch]);\n"
        + END,
        "const { execFile, spawn } = require('node:child_process');\nconst run = require('node:util').promisify(execFile);\n"
        + ROUTE
        + "  spawn('git', ['clone', `https://github.com/${req.body.name}`]);\n  spawn('git', ['log', Number(req.body.n)]);\n"
        + END,
    ),
    "weak-algorithm-chosen": (
        "const crypto = require('crypto');\nconst props = { primary: 'md5', second: 'sha512' };\n"
        "const md = crypto.createHash(props.second);\n",
        "const crypto = require('crypto');\nfunction seal(key, iv, options) {\n"
        "  const name = options.algorithm ?? 'aes-256-gcm';\n  return crypto.createCipheriv(name, key, iv);\n}\n",
        "function createHash(name) {\n  return name;\n}\nconst table = { a: 'md5' };\ncreateHash(table.a);\n",
    ),
    "key-from-the-program": (
        "import { createHmac } from 'node:crypto';\nconst sign = (path) => createHmac('sha256', process.env.KEY).update(path);\n",
        "const jwt = require('jsonwebtoken');\nconst read = (token, settings) => jwt.verify(token, settings.key);\n",
        "const crypto = require('crypto');\nfunction seal(text, iv) {\n  const key = crypto.randomBytes(16);\n"
        "  return crypto.createCipheriv('aes-128-gcm', key, iv).update(text);\n}\n",
    ),
    "vector-from-the-program": (
        "const crypto = require('crypto');\nfunction seal(key) {\n  const start = crypto.randomBytes(16);\n"
        "  return crypto.createCipheriv('aes-256-cbc', key, start);\n}\n",
        "const crypto = require('crypto');\nfunction seal(key, start) {\n"
        "  return crypto.createCipheriv('aes-256-cbc', key, start);\n}\n",
        "const crypto = require('crypto');\nfunction open(key, box) {\n"
        "  return crypto.createDecipheriv('aes-256-cbc', key, box.subarray(0, 16));\n}\n",
    ),
    "sql-injection": (
        "const t = initTRPC.create();\nexport const one = t.procedure.input(z.object({ id: z.number() })).query(({ input }) =>\n"
        "  db.query(`select * from a where id = ${input.id}`),\n);\n",
        "const schema = { params: { type: 'object', properties: { id: { type: 'integer' } } } };\n"
        "fastify.get('/a/:id', { schema }, async (request) => db.query(`select * from a where id = ${request.params.id}`));\n",
        ROUTE
        + "  if (!Number.isInteger(Number(req.params.id))) return res.end();\n  db.query('SELECT * FROM t WHERE id = ' + req.params.id);\n"
        + END,
        ROUTE
        + "  const q = format('SELECT * FROM %I WHERE n = %L', req.query.t, req.query.n);\n  client.query(q);\n"
        + END,
        ROUTE
        + "  const cols = req.query.cols.split(',').filter((c) => ['a', 'b'].includes(c));\n  db.query(`SELECT ${cols.join(', ')} FROM t`);\n"
        + END,
        "const { query, validationResult } = require('express-validator');\nconst app = require('express')();\n"
        "app.get('/x', [query('id').isInt()], (req, res) => {\n  if (!validationResult(req).isEmpty()) return res.end();\n"
        "  db.query(`SELECT * FROM u WHERE id = ${req.query.id}`);\n});\n",
        "const Joi = require('joi');\nconst schema = Joi.object({ id: Joi.number(), role: Joi.string().valid('a', 'b') });\n"
        + ROUTE
        + "  const { error, value } = schema.validate(req.body);\n  if (error) return res.sendStatus(400);\n"
        "  db.query(`SELECT * FROM u WHERE id = ${value.id} AND role = '${value.role}'`);\n" + END,
        ROUTE + "  await pool.query({ text: 'SELECT * FROM u WHERE n = $1', values: [req.query.n] });\n" + END,
        ROUTE
        + "  const rows = await db.query('SELECT * FROM u WHERE name = ?', [req.query.name]);\n  res.json(rows);\n"
        + END,
        ROUTE + "  const id = Number(req.params.id);\n  db.query(`SELECT * FROM u WHERE id = ${id}`);\n" + END,
        "const SORT = ['name', 'age'];\n"
        + ROUTE
        + "  const sort = SORT.includes(req.query.sort) ? req.query.sort : 'name';\n"
        "  db.query(`SELECT * FROM u ORDER BY ${sort}`);\n" + END,
        ROUTE
        + "  const columns = { name: 'u.name', age: 'u.age' };\n  const column = columns[req.query.sort] || 'u.id';\n"
        "  db.query('SELECT * FROM u ORDER BY ' + column);\n" + END,
        "const mysql = require('mysql');\n"
        + ROUTE
        + "  db.query('SELECT * FROM u WHERE n = ' + mysql.escape(req.query.n));\n"
        + END,
        "const { Prisma, PrismaClient } = require('@prisma/client');\nconst prisma = new PrismaClient();\n"
        + ROUTE
        + "  res.json(await prisma.$queryRaw`SELECT * FROM u WHERE id = ${req.query.id}`);\n"
        + END,
        ROUTE + "  if (!/^[a-z_]+$/.test(req.query.table)) {\n    return res.sendStatus(400);\n  }\n"
        "  db.query(`SELECT * FROM ${req.query.table}`);\n" + END,
        ROUTE + "  const ids = req.body.ids;\n  const marks = ids.map(() => '?').join(', ');\n"
        "  db.query(`SELECT * FROM u WHERE id IN (${marks})`, ids);\n" + END,
        ROUTE
        + "  const size = parseInt(req.query.size, 10) || 20;\n  db.query('SELECT * FROM u LIMIT ' + size);\n"
        + END,
        ROUTE
        + "  let order;\n  switch (req.query.order) {\n    case 'up':\n      order = 'ASC';\n      break;\n    default:\n"
        "      order = 'DESC';\n  }\n  db.query(`SELECT * FROM u ORDER BY id ${order}`);\n" + END,
        "async function page(db, size: number, direction: 'ASC' | 'DESC') {\n"
        "  return db.query(`SELECT * FROM u ORDER BY id ${direction} LIMIT ${size}`);\n}\n",
        ROUTE
        + "  const debug = false;\n  let sql = 'SELECT 1 FROM t';\n  if (debug) {\n    sql += req.query.x;\n  }\n  db.query(sql);\n"
        + END,
    ),
    "nosql-injection": (
        "fastify.post('/a', { schema: { body: { properties: { token: { type: 'string' } } } } }, async (request) => {\n"
        "  const { token } = request.body;\n  return members.findOne({ token });\n});\n",
        ROUTE + "  res.json(await User.findOne({ username: { $eq: req.body.u } }));\n" + END,
        ROUTE + "  res.json(await User.findOne({ username: req.body.u.toString() }));\n" + END,
        ROUTE + "  const user = await User.findOne({ email: String(req.body.email) });\n  res.json(user);\n" + END,
        ROUTE
        + "  if (typeof req.body.email !== 'string') return res.sendStatus(400);\n  res.json(await User.findOne({ email: req.body.email }));\n"
        + END,
        ROUTE + "  res.json(await User.findOne({ where: { email: req.body.email } }));\n" + END,
        ROUTE + "  res.json(await User.findOne({ _id: req.params.id }));\n" + END,
        ROUTE + "  res.json(req.body.list.find((x) => x.id === req.body.id));\n" + END,
        "import { z } from 'zod';\nconst Login = z.object({ email: z.string().email() });\n"
        + ROUTE
        + "  const { email } = Login.parse(req.body);\n  res.json(await User.findOne({ email }));\n"
        + END,
    ),
    "shell-command-injection": (
        "const { execFile } = require('child_process');\n"
        + ROUTE
        + "  execFile('ping', ['-c', '1', req.query.host], () => res.end());\n"
        + END,
        "const { exec } = require('child_process');\nconst { quote } = require('shell-quote');\n"
        + ROUTE
        + "  exec(quote(['ping', req.query.host]));\n"
        + END,
        "const { exec } = require('child_process');\n"
        + ROUTE
        + "  exec('uptime', (e, out) => res.json({ out }));\n"
        + END,
        "const { exec } = require('child_process');\nconst COMMANDS = { disk: 'df -h', up: 'uptime' };\n"
        + ROUTE
        + "  const command = COMMANDS[req.query.c];\n  if (!command) return res.sendStatus(400);\n  exec(command);\n"
        + END,
        "const re = /(\\d+)/;\n" + ROUTE + "  const found = re.exec(req.query.q);\n  res.json({ found });\n" + END,
        "const { exec } = require('child_process');\n"
        + ROUTE
        + "  const port = Number.parseInt(req.query.port, 10);\n  exec(`lsof -i :${port}`);\n"
        + END,
    ),
    "code-eval": (
        ROUTE + "  res.json(JSON.parse(req.body.data));\n" + END,
        "const OPS = { add: (a, b) => a + b };\n" + ROUTE + "  res.json(OPS[req.query.op]?.(1, 2));\n" + END,
        ROUTE + "  setTimeout(() => save(req.body), 100);\n  res.end();\n" + END,
        "function debounce(fn, wait) {\n  return setTimeout(fn, wait);\n}\n",
    ),
    "template-injection": (
        ROUTE + "  res.render('page', { name: req.query.name });\n" + END,
        "const ejs = require('ejs');\n"
        + ROUTE
        + "  res.send(ejs.render('<p><%= name %></p>', { name: req.query.name }));\n"
        + END,
        "const pug = require('pug');\nconst page = pug.compile('p= name');\n"
        + ROUTE
        + "  res.send(page({ name: req.query.name }));\n"
        + END,
        "const Handlebars = require('handlebars');\nconst card = Handlebars.compile('<b>{{n}}</b>');\n"
        + ROUTE
        + "  res.send(card({ n: req.query.n }));\n"
        + END,
    ),
    "cross-site-scripting": (
        ROUTE + "  res.json({ name: req.query.name });\n" + END,
        ROUTE + "  res.send({ name: req.query.name });\n" + END,
        "const escape = require('escape-html');\n" + ROUTE + "  res.send(`<p>${escape(req.query.name)}</p>`);\n" + END,
        ROUTE + "  res.type('text/plain').send('Hello ' + req.query.name);\n" + END,
        ROUTE
        + "  res.setHeader('Content-Type', 'application/json');\n  res.end(JSON.stringify({ q: req.query.q }));\n"
        + END,
        "document.getElementById('x').textContent = location.hash;\n",
        "import DOMPurify from 'dompurify';\nexport function Post({ body }) {\n"
        "  return <div dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(body) }} />;\n}\n",
        "export function Hello({ name }) {\n  return <p title={name}>{name}</p>;\n}\n",
        ROUTE
        + "  const name = req.query.name.replace(/[&<>\"']/g, (c) => `&#${c.charCodeAt(0)};`);\n  res.send(`<b>${name}</b>`);\n"
        + END,
        ROUTE
        + "  const rows = await db.query('SELECT n FROM t WHERE id = ?', [req.params.id]);\n  res.send(rows);\n"
        + END,
        ROUTE + "  res.send(`<p>${Number(req.query.n)}</p>`);\n" + END,
        "function escapeHtml(text) {\n  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');\n}\n"
        + ROUTE
        + "  res.send('<p>' + escapeHtml(req.query.q) + '</p>');\n"
        + END,
    ),
    "path-traversal": (
        "const path = require('path');\nconst fs = require('fs');\n"
        + ROUTE
        + "  const f = path.join(BASE, req.query.f);\n  if (f.indexOf(BASE) !== 0) return res.end();\n  fs.readFile(f, () => {});\n"
        + END,
        "const path = require('path');\nconst fs = require('fs');\n"
        + ROUTE
        + "  const f = path.normalize(req.query.f).replace(/^(\\.\\.[\\/\\\\])+/, '');\n  res.sendFile(path.join(__dirname, f));\n"
        + END,
        "const path = require('path');\nconst fs = require('fs');\n"
        + ROUTE
        + "  res.json(fs.readFileSync(path.join('/data', path.basename(req.query.f)), 'utf8'));\n"
        + END,
        "const path = require('path');\nconst fs = require('fs');\nconst ROOT = path.resolve('data');\n"
        + ROUTE
        + "  const file = path.resolve(ROOT, req.query.f);\n  if (!file.startsWith(ROOT + path.sep)) {\n    return res.sendStatus(403);\n"
        "  }\n  fs.createReadStream(file).pipe(res);\n" + END,
        "const path = require('path');\nconst fs = require('fs');\n"
        + ROUTE
        + "  const file = path.join('/data', req.query.f);\n  const relative = path.relative('/data', file);\n"
        "  if (relative.startsWith('..') || path.isAbsolute(relative)) return res.sendStatus(403);\n  fs.unlinkSync(file);\n"
        + END,
        ROUTE + "  res.sendFile(req.params.name, { root: '/srv/files' });\n" + END,
        "const fs = require('fs');\n" + ROUTE + "  if (!/^[\\w-]+$/.test(req.query.id)) return res.sendStatus(400);\n"
        "  res.json(fs.readFileSync(`/data/${req.query.id}.json`, 'utf8'));\n" + END,
        "const fs = require('fs');\nconst FILES = new Map([['terms', 'terms.md'], ['about', 'about.md']]);\n"
        + ROUTE
        + "  const file = FILES.get(req.query.page);\n  if (!file) return res.sendStatus(404);\n  res.json(fs.readFileSync(file, 'utf8'));\n"
        + END,
    ),
    "zip-slip": (
        "const AdmZip = require('adm-zip');\nconst fs = require('fs');\nconst path = require('path');\nfunction unpack(file, out) {\n"
        "  const root = path.resolve(out);\n  new AdmZip(file).getEntries().forEach((entry) => {\n"
        "    const target = path.resolve(root, entry.entryName);\n    if (!target.startsWith(root + path.sep)) return;\n"
        "    fs.writeFileSync(target, entry.getData());\n  });\n}\n",
        "const AdmZip = require('adm-zip');\nconst fs = require('fs');\nconst path = require('path');\nfunction unpack(file, out) {\n"
        "  for (const entry of new AdmZip(file).getEntries()) {\n"
        "    fs.writeFileSync(path.join(out, path.basename(entry.entryName)), entry.getData());\n  }\n}\n",
        "const AdmZip = require('adm-zip');\nconst zip = new AdmZip('a.zip');\nfor (const entry of zip.getEntries()) {\n  console.log(entry.entryName.length);\n}\n",
        "const unzipper = require('unzipper');\nconst fs = require('fs');\nfs.createReadStream('a.zip').pipe(unzipper.Parse())\n"
        "  .on('entry', (entry) => {\n    if (entry.path.includes('..')) return entry.autodrain();\n"
        "    entry.pipe(fs.createWriteStream('out/' + entry.path));\n  });\n",
    ),
    "unrestricted-upload": (
        "const multer = require('multer');\nconst storage = multer.diskStorage({\n  filename: (req, file, cb) => cb(null, crypto.randomUUID()),\n});\n",
        "const path = require('path');\n"
        + ROUTE
        + "  req.files.doc.mv('/srv/' + path.basename(req.files.doc.name));\n"
        + END,
        "const multer = require('multer');\nconst path = require('path');\nconst storage = multer.diskStorage({\n"
        "  filename: (req, file, cb) => cb(null, Date.now() + path.extname(file.originalname)),\n});\n",
        ROUTE + "  req.files.doc.mv(`/srv/${req.files.doc.md5}`);\n" + END,
    ),
    "server-side-request-forgery": (
        ROUTE
        + "  const h = new URL(req.query.u).hostname;\n  if (!['a.com'].includes(h)) return res.end();\n  await fetch(req.query.u);\n"
        + END,
        ROUTE
        + "  const u = new URL(req.query.u);\n  if (u.hostname !== 'a.com' && !u.hostname.endsWith('.a.com')) return res.end();\n  await fetch(u.href);\n"
        + END,
        ROUTE
        + "  const r = await fetch(`https://api.example.com/users/${req.params.id}`);\n  res.json(await r.json());\n"
        + END,
        "const HOSTS = ['a.example.com'];\n"
        + ROUTE
        + "  const url = new URL(req.query.url);\n  if (!HOSTS.includes(url.hostname)) {\n"
        "    return res.sendStatus(400);\n  }\n  const r = await fetch(url);\n  res.json(await r.json());\n" + END,
        "export async function load(id) {\n  const r = await fetch(`/api/items/${id}`);\n  return r.json();\n}\n",
        ROUTE
        + "  const r = await fetch(`${process.env.API_URL}/users/${req.params.id}`);\n  res.json(await r.json());\n"
        + END,
        "const axios = require('axios');\n"
        + ROUTE
        + "  const r = await axios.get('https://x.example.com/s', { params: { q: req.query.q } });\n  res.json(r.data);\n"
        + END,
        "const TARGETS = { a: 'https://a.example.com', b: 'https://b.example.com' };\n"
        + ROUTE
        + "  const target = TARGETS[req.query.t];\n  if (!target) return res.sendStatus(400);\n  await fetch(target);\n"
        + END,
    ),
    "open-redirect": (
        ROUTE
        + "  const to = req.query.to;\n  const ok = /^\\/[a-z0-9/_-]*$/.test(to);\n  res.redirect(ok ? to : '/');\n"
        + END,
        ROUTE + "  res.redirect('/users/' + req.params.id);\n" + END,
        ROUTE
        + "  const next = req.query.next;\n  if (!next.startsWith('/') || next.startsWith('//')) {\n    return res.redirect('/');\n"
        "  }\n  res.redirect(next);\n" + END,
        "const PAGES = new Set(['/home', '/cart']);\n"
        + ROUTE
        + "  res.redirect(PAGES.has(req.query.p) ? req.query.p : '/home');\n"
        + END,
        ROUTE
        + "  const url = new URL(req.query.u, 'https://example.com');\n  if (url.origin !== 'https://example.com') return res.sendStatus(400);\n"
        "  res.redirect(url.href);\n" + END,
        "window.location.href = '/search?q=' + encodeURIComponent(location.hash);\n",
    ),
    "header-injection": (
        ROUTE + "  res.setHeader('X-Page', String(Number(req.query.page)));\n  res.end();\n" + END,
        ROUTE + "  res.setHeader('X-Name', encodeURIComponent(req.query.name));\n  res.end();\n" + END,
        ROUTE + "  res.set('X-Name', req.query.name.replace(/[\\r\\n]/g, ''));\n  res.end();\n" + END,
        ROUTE
        + "  if (/[\\r\\n]/.test(req.query.name)) return res.sendStatus(400);\n  res.set('X-Name', req.query.name);\n"
        + END,
    ),
    "log-injection": (
        ROUTE + "  console.log('login', Number(req.query.id));\n  res.end();\n" + END,
        ROUTE + "  console.log(JSON.stringify({ user: req.query.user }));\n  res.end();\n" + END,
        ROUTE + "  console.log('user %s', req.query.user.replace(/\\n|\\r/g, ''));\n  res.end();\n" + END,
        ROUTE + "  console.log({ user: req.query.user });\n  res.end();\n" + END,
    ),
    "ldap-injection": (
        "const ldap = require('ldapjs');\nconst client = ldap.createClient({});\n"
        + ROUTE
        + "  client.search('dc=x', { filter: new ldap.EqualityFilter({ attribute: 'uid', value: req.query.u }) }, () => res.end());\n"
        + END,
        "const ldap = require('ldapjs');\nconst client = ldap.createClient({});\n"
        + ROUTE
        + "  if (!/^[a-z0-9]+$/i.test(req.query.u)) return res.sendStatus(400);\n"
        "  client.search('dc=x', { filter: `(uid=${req.query.u})` }, () => res.end());\n" + END,
        "const ldap = require('ldapjs');\nconst client = ldap.createClient({});\n"
        + ROUTE
        + "  client.search('dc=x', { filter: '(uid=a)' }, () => res.end());\n"
        + END,
        ROUTE + "  res.json(index.search(`(uid=${req.query.q})`.length));\n" + END,
    ),
    "xpath-injection": (
        "const xpath = require('xpath');\n" + ROUTE + "  xpath.select('//user', doc);\n" + END,
        "const xpath = require('xpath');\n"
        + ROUTE
        + "  xpath.select(`//user[@id=${Number(req.query.id)}]`, doc);\n"
        + END,
        ROUTE + "  res.json(list.find((x) => x.name === req.query.name));\n" + END,
        'class Menu {\n  select(label) {\n    return label.length;\n  }\n}\nfunction choose(req) {\n  return new Menu().select("//a[b=\'" + req.query.n + "\']");\n}\n',
    ),
    "xml-external-entities": (
        "const libxmljs = require('libxmljs');\n" + ROUTE + "  libxmljs.parseXml(req.body);\n" + END,
        "const libxmljs = require('libxmljs');\n" + ROUTE + "  libxmljs.parseXml(req.body, { noent: false });\n" + END,
        "const { XMLParser } = require('fast-xml-parser');\n"
        + ROUTE
        + "  res.json(new XMLParser().parse(req.body));\n"
        + END,
        "const xml2js = require('xml2js');\n"
        + ROUTE
        + "  xml2js.parseString(req.body, (e, r) => res.json(r));\n"
        + END,
    ),
    "unsafe-deserialization": (
        ROUTE + "  res.json(JSON.parse(req.body.d));\n" + END,
        "const yaml = require('js-yaml');\n" + ROUTE + "  res.json(yaml.load(req.body.y));\n" + END,
        "const yaml = require('js-yaml');\n" + ROUTE + "  yaml.load(req.body.y, { schema: yaml.JSON_SCHEMA });\n" + END,
        "const serialize = require('node-serialize');\n" + ROUTE + "  res.json(serialize.serialize(req.body));\n" + END,
    ),
    "regex-injection": (
        "const _ = require('lodash');\n"
        + ROUTE
        + "  res.json(new RegExp(_.escapeRegExp(req.query.q)).test('x'));\n"
        + END,
        ROUTE
        + "  const q = req.query.q.replace(/[.*+?^${}()|[\\]\\\\]/g, '\\\\$&');\n  res.json(new RegExp(q).test('x'));\n"
        + END,
        ROUTE + "  res.json(/^a+$/.test(req.query.q));\n" + END,
        ROUTE + "  res.json(new RegExp(`^.{${Number(req.query.n)}}$`).test('x'));\n" + END,
    ),
    "trust-boundary-violation": (
        ROUTE
        + "  const user = await User.findById(req.params.id);\n  req.session.user = user.id;\n  res.end();\n"
        + END,
        ROUTE + "  req.session.page = Number(req.query.page);\n  res.end();\n" + END,
        "const LANGS = ['en', 'de'];\n"
        + ROUTE
        + "  if (LANGS.includes(req.query.lang)) {\n    req.session.lang = req.query.lang;\n  }\n  res.end();\n"
        + END,
        ROUTE + "  req.session.views = (req.session.views || 0) + 1;\n  res.end();\n" + END,
    ),
    "mail-header-injection": (
        "const mail = require('nodemailer').createTransport({});\n"
        + ROUTE
        + "  await mail.sendMail({ to: req.body.to, subject: req.body.subject, text: 'x' });\n"
        + END,
        ROUTE + "  mail.sendMail({ raw: `Subject: ${Number(req.body.n)}\\r\\n\\r\\nHi` });\n" + END,
        ROUTE + "  mail.sendMail({ raw: `Subject: hi\\r\\n\\r\\n${req.body.text}` });\n" + END,
    ),
    "prompt-injection": (
        "const OpenAI = require('openai');\nconst client = new OpenAI();\n"
        + ROUTE
        + "  await client.chat.completions.create({ messages: [{ role: 'system', content: 'Be kind.' }, { role: 'user', content: req.body.q }] });\n"
        + END,
        "import { generateText } from 'ai';\nexport async function POST(request: Request) {\n  const { prompt } = await request.json();\n"
        "  await generateText({ model, system: 'Be brief.', prompt });\n  return new Response('ok');\n}\n",
        "const TONES = { a: 'kind', b: 'brief' };\nconst client = new OpenAI();\n"
        + ROUTE
        + "  await client.responses.create({ instructions: 'Be ' + (TONES[req.body.t] ?? 'kind'), input: req.body.q });\n"
        + END,
        "const client = new OpenAI();\n"
        + ROUTE
        + "  await client.chat.completions.create({ messages: [{ role: 'user', content: 'Answer: ' + req.body.q }] });\n"
        + END,
    ),
    "prototype-pollution": (
        "function merge(target, source) {\n  for (const key of Object.keys(source)) {\n"
        "    if (key === '__proto__' || key === 'constructor') continue;\n    if (typeof source[key] === 'object') {\n"
        "      merge(target[key], source[key]);\n    } else {\n      target[key] = source[key];\n    }\n  }\n}\n",
        "const SKIPPED = new Set(['__proto__', 'constructor', 'prototype']);\nfunction merge(target, source) {\n"
        "  for (const key of Object.keys(source)) {\n    if (SKIPPED.has(key)) continue;\n"
        "    if (typeof source[key] === 'object') {\n      merge(target[key], source[key]);\n    } else {\n      target[key] = source[key];\n    }\n  }\n}\n",
        "function fill(grid, x: number, y: number, value) {\n  grid[x][y] = value;\n}\n",
        ROUTE + "  const counts = {};\n  counts[req.body.name] = 1;\n  res.json(counts);\n" + END,
        ROUTE
        + "  const groups = new Map();\n  groups.get(req.body.g).set(req.body.n, req.body.v);\n  res.end();\n"
        + END,
        "const FIELDS = ['a', 'b'];\n"
        + ROUTE
        + "  for (const field of FIELDS) {\n    store[field][field] = req.body[field];\n  }\n"
        + END,
        ROUTE + "  const settings = Object.assign({}, req.body);\n  res.json({ n: settings.n });\n" + END,
    ),
    "error-details-exposed": (
        APP + "app.use((err, req, res, next) => {\n  const trace = isProduction ? undefined : err.stack;\n"
        "  res.status(500).json({ trace });\n});\n",
        "async function show(ctx, next) {\n  try {\n    await next();\n  } catch (error) {\n    log.error(error.stack);\n"
        "    ctx.body = { id: error.code };\n  }\n}\n",
        APP + "app.use((err, req, res, next) => {\n  if (err.name === 'ValidationError') {\n"
        "    const body = { message: err.message };\n    return res.json(body);\n  }\n  next(err);\n});\n",
    ),
    "script-address": (
        "const link = document.querySelector('a');\nlink.href = '/search?q=' + location.hash.slice(1);\n",
        "const to = new URLSearchParams(location.search).get('to') ?? '';\nif (to.startsWith('https://')) {\n"
        "  document.querySelector('a').href = to;\n}\n",
        "const to = new URL(location.hash.slice(1), location.origin);\nif (['http:', 'https:'].includes(to.protocol)) {\n"
        "  document.querySelector('a').href = to.href;\n}\n",
    ),
    "system-address": (
        _ELECTRON + "win.webContents.setWindowOpenHandler(({ url }) => {\n  const { protocol } = new URL(url);\n"
        "  if (protocol === 'https:' || protocol === 'mailto:') shell.openExternal(url);\n});\n",
        _ELECTRON + "ipcMain.handle('open', (_event, url) => {\n"
        "  if (new URL(url).origin !== 'https://a.example') return;\n  shell.openExternal(url);\n});\n",
        _ELECTRON + "ipcMain.handle('open', (_event, url) => {\n  const parsed = new URL(url);\n"
        "  if (!['https:', 'mailto:'].includes(parsed.protocol)) throw new Error('no');\n"
        "  shell.openExternal(parsed.href);\n});\n",
    ),
    "mass-assignment": (
        ROUTE + "  const { name, bio } = req.body;\n  res.json(await User.create({ name, bio }));\n" + END,
        ROUTE
        + "  const hash = crypto.createHash('sha256');\n  hash.update(req.body);\n  cache.set('a', { ...req.body });\n"
        + END,
        "const schema = z.object({ name: z.string() });\n"
        + ROUTE
        + "  res.json(await User.create(schema.parse(req.body)));\n"
        + END,
    ),
    "cookie-flag-switched-off": (
        ROUTE + "  const flags = { httpOnly: true, secure: true };\n  res.cookie('session', id, flags);\n" + END,
        ROUTE + "  const flags = { maxAge: 10 };\n  res.cookie('theme', 'dark', flags);\n" + END,
        ROUTE + "  const flags = { ...base, maxAge: 10 };\n  res.cookie('session', id, flags);\n" + END,
    ),
    "certificate-check-switched-off": (
        "const https = require('https');\nconst flags = { rejectUnauthorized: true };\nconst agent = new https.Agent(flags);\n",
        "const https = require('https');\nconst flags = { rejectUnauthorized: safe };\nconst agent = new https.Agent(flags);\n",
        "const flags = { rejectUnauthorized: false };\nshow(flags);\n",
    ),
    "mode-for-everybody": (
        "const fs = require('fs');\nconst mode = 0o640;\nfs.chmodSync('a', mode);\n",
        "const fs = require('fs');\nfs.chmod('a', modes.open, done);\n",
        "const fs = require('fs');\nconst options = { mode: 0o600 };\nfs.writeFileSync('a', text, options);\n",
    ),
    "token-check-switched-off": (
        "const jwt = require('jsonwebtoken');\nconst how = { ignoreExpiration: false };\nconst a = jwt.verify(token, key, how);\n",
        "const jwt = require('jsonwebtoken');\nfunction read(token, how) {\n  return jwt.verify(token, key, how);\n}\n",
        "const how = { ignoreExpiration: true };\nconst a = verify(token, key, how);\n",
    ),
    "unsafe-reflection": (
        "const actions = { add: run, drop: stop };\n" + ROUTE + "  actions[req.body.action](1);\n  res.end();\n" + END,
        ROUTE + "  if (!['a', 'b'].includes(req.body.method)) {\n    return res.sendStatus(400);\n  }\n"
        "  service[req.body.method](1);\n  res.end();\n" + END,
        "function call(service, name) {\n  return service[name](1);\n}\n",
    ),
}
