"""Pieces of web services in three languages, for measuring dataflow: data only, `$name` stands for something drawn.

Each piece is one top-level part of a file. `$k` is its serial number; `$p`, `$q` and `$r` are those of a query builder,
a store and an archive of the same file, so that flows lead through several parts; `$n` and `$m` are nouns, `$i` and
`$j` numbers. Some flows do harm, most are guarded, as in code that people write.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Service:
    """How to write a file of one language.

    Attributes:
        head: before the first part.
        parts: in turn, and then again; first the query builder, third the store, fifth the archive.
        block: one function of 40 lines, to be pasted.
        host: what a pasted block stands in: the lines before and after it.
    """

    head: str
    parts: tuple[str, ...]
    block: str
    host: tuple[str, str] = ("", "")


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(piece.strip("\n") + "\n" for piece in text.split("\n---\n"))


PYTHON = Service(
    head='''"""The service."""

import html
import os
import re
import sqlite3
import subprocess

from flask import Flask, abort, jsonify, redirect, render_template_string, request, send_file

app = Flask(__name__)
ROOT = "/srv/files"
COLUMNS = ("name", "created", "size")


def connect():
    return sqlite3.connect("app.db")
''',
    parts=_pieces("""
def build_$k(name, order="name", limit=$i):
    parts = ["SELECT * FROM $n"]
    if name:
        parts.append("WHERE name = '" + name + "'")
    if order not in COLUMNS:
        order = "name"
    parts.append(f"ORDER BY {order} LIMIT {int(limit)}")
    return " ".join(parts)
---
@app.route("/$n/$k")
def show_$k():
    name = request.args.get("name", "")
    order = request.args.get("order", "name")
    if not re.fullmatch(r"[a-z_]+", order):
        abort(400)
    with connect() as connection:
        rows = connection.execute(build_$p(name, order)).fetchall()
    totals = {}
    for number, row in enumerate(rows):
        key = str(row[0])
        totals[key] = totals.get(key, 0) + number * $j
    return jsonify({"rows": len(rows), "totals": totals})
---
class Store$k:
    table = "$n"

    def __init__(self, folder=ROOT, retries=$i):
        self.folder = folder
        self.retries = retries
        self.seen = []

    def path(self, name):
        full = os.path.realpath(os.path.join(self.folder, name))
        if not full.startswith(self.folder + os.sep):
            raise ValueError("outside")
        return full

    def load(self, name):
        self.seen.append(name)
        with open(self.path(name), encoding="utf-8") as stream:
            return [line.strip().split(",") for line in stream if line.strip()]

    def count(self, name):
        with connect() as connection:
            return connection.execute(f"SELECT COUNT(*) FROM {self.table} WHERE name = ?", (name,)).fetchone()[0]
---
@app.route("/$n/$k/file")
def download_$k():
    name = request.args["name"]
    store = Store$q()
    try:
        lines = store.load(name)
    except (OSError, ValueError) as error:
        app.logger.warning("no $m: %s", error)
        return f"<p>no file {html.escape(name)}</p>", 404
    if len(lines) > $i:
        return send_file(os.path.join(ROOT, "$m", name))
    return render_template_string("<p>{{ lines }}</p>", lines=lines)
---
def archive_$k(folder, label="$m", keep=$i):
    command = ["tar", "-cf", label + ".tar", folder]
    done = subprocess.run(command, check=False, capture_output=True)
    if done.returncode != 0:
        subprocess.call("logger failed " + folder, shell=True)
    names = sorted(entry for entry in os.listdir(folder) if not entry.startswith("."))
    for entry in names[keep:]:
        os.remove(os.path.join(folder, entry))
    return dict(zip(names, range(len(names))))
---
@app.post("/$n/$k/go")
def forward_$k():
    target = request.form.get("next", "/")
    if not target.startswith("/") or target.startswith("//"):
        target = "/"
    count = int(request.form.get("count", "$j"))
    for step in range(count):
        archive_$r(os.path.join(ROOT, str(step)))
    return redirect(target)
"""),
    block='''
@app.route("/block/$k")
def block_$k():
    """Collect the rows that a visitor asks for."""
    name = request.args.get("name-$k", "")
    order = request.args.get("order", "name")
    limit = int(request.args.get("limit", "$i"))
    if order not in COLUMNS:
        order = "created"
    query = f"SELECT * FROM $n WHERE name = '{name}' ORDER BY {order} LIMIT {limit}"
    with connect() as connection:
        rows = connection.execute(query).fetchall()
        others = connection.execute(build_$p(name, order, limit)).fetchall()
    groups = {}
    for row in rows + others:
        key = (str(row[0]), len(row))
        groups.setdefault(key, []).append(row)
    listing = []
    for (first, size), members in sorted(groups.items()):
        label = html.escape(first)
        if size > $j:
            label += " and more"
        listing.append(f"<li>{label}: {len(members)}</li>")
    path = os.path.join(ROOT, "$m", name + ".csv")
    if os.path.exists(path):
        try:
            with open(path, encoding="utf-8") as stream:
                listing += [f"<li>{line}</li>" for line in stream]
        except OSError as error:
            app.logger.warning("no $m: %s", error)
    total = 0
    while total < $i and listing:
        total += len(listing[-1])
        if total % 7 == 0:
            break
    if request.args.get("run"):
        subprocess.call("convert " + name, shell=True)
        return redirect("/$n/" + str(total))
    body = "<ul>" + "".join(listing) + "</ul>"
    return f"<h1>{name}</h1>{body}<p>{total}</p>"
''',
)

JAVASCRIPT = Service(
    head="""const express = require("express");
const fs = require("fs");
const path = require("path");
const { exec, execFile } = require("child_process");
const db = require("./db");

const app = express();
const ROOT = "/srv/files";
const COLUMNS = ["name", "created", "size"];
""",
    parts=_pieces("""
function build$k(name, order = "name", limit = $i) {
  const parts = ["SELECT * FROM $n"];
  if (name) {
    parts.push("WHERE name = '" + name + "'");
  }
  if (!COLUMNS.includes(order)) {
    order = "name";
  }
  parts.push(`ORDER BY $${order} LIMIT $${Number(limit)}`);
  return parts.join(" ");
}
---
app.get("/$n/$k", async (req, res) => {
  const name = req.query.name || "";
  const order = req.query.order || "name";
  if (!/^[a-z_]+$$/.test(order)) {
    return res.status(400).end();
  }
  const rows = await db.query(build$p(name, order));
  const totals = {};
  rows.forEach((row, number) => {
    const key = String(row.id);
    totals[key] = (totals[key] || 0) + number * $j;
  });
  res.json({ rows: rows.length, totals });
});
---
class Store$k {
  constructor(folder = ROOT, retries = $i) {
    this.folder = folder;
    this.retries = retries;
    this.seen = [];
  }

  path(name) {
    const full = path.resolve(this.folder, name);
    if (!full.startsWith(this.folder + path.sep)) {
      throw new Error("outside");
    }
    return full;
  }

  load(name) {
    this.seen.push(name);
    const text = fs.readFileSync(this.path(name), "utf8");
    return text.split("\\n").filter((line) => line.trim()).map((line) => line.split(","));
  }

  async count(name) {
    const rows = await db.query("SELECT COUNT(*) AS n FROM $n WHERE name = ?", [name]);
    return rows[0].n;
  }
}
---
app.get("/$n/$k/file", (req, res) => {
  const { name, depth = "$j" } = req.query;
  const store = new Store$q();
  let lines = [];
  try {
    lines = store.load(name);
  } catch (error) {
    console.warn("no $m", error);
    return res.status(404).json({ name });
  }
  if (lines.length > $i) {
    return res.sendFile(path.join(ROOT, "$m", name));
  }
  res.send(`<p>$${lines.length} of $${parseInt(depth, 10)}</p>`);
});
---
function archive$k(folder, label = "$m", keep = $i) {
  execFile("tar", ["-cf", label + ".tar", folder], (error, out) => {
    if (error) {
      exec("logger failed " + folder);
    }
  });
  const names = fs.readdirSync(folder).filter((entry) => !entry.startsWith(".")).sort();
  for (const entry of names.slice(keep)) {
    fs.unlinkSync(path.join(folder, entry));
  }
  return Object.fromEntries(names.map((name, index) => [name, index]));
}
---
app.post("/$n/$k/go", (req, res) => {
  let target = req.body.next || "/";
  if (!target.startsWith("/") || target.startsWith("//")) {
    target = "/";
  }
  const count = Number(req.body.count || $j);
  for (let step = 0; step < count; step += 1) {
    archive$r(path.join(ROOT, String(step)));
  }
  res.redirect(target);
});
"""),
    block="""
app.get("/block/$k", async (req, res) => {
  const name = req.query.name$k || "";
  let order = req.query.order || "name";
  const limit = parseInt(req.query.limit, 10) || $i;
  if (!COLUMNS.includes(order)) {
    order = "created";
  }
  const query = `SELECT * FROM $n WHERE name = '$${name}' ORDER BY $${order} LIMIT $${limit}`;
  const rows = await db.query(query);
  const others = await db.query(build$p(name, order, limit));
  const groups = new Map();
  for (const row of [...rows, ...others]) {
    const key = String(row.id);
    if (!groups.has(key)) {
      groups.set(key, []);
    }
    groups.get(key).push(row);
  }
  const listing = [];
  for (const [first, members] of groups) {
    let label = first.replace(/</g, "&lt;");
    if (members.length > $j) {
      label += " and more";
    }
    listing.push(`<li>$${label}: $${members.length}</li>`);
  }
  const file = path.join(ROOT, "$m", name + ".csv");
  if (fs.existsSync(file)) {
    try {
      listing.push(...fs.readFileSync(file, "utf8").split("\\n"));
    } catch (error) {
      console.warn("no $m", error);
    }
  }
  if (req.query.run) {
    exec("convert " + name);
    return res.redirect("/$n/" + listing.length);
  }
  res.send(`<h1>$${name}</h1><ul>$${listing.join("")}</ul>`);
});
""",
)

JAVA = Service(
    head="""package service;

import java.io.*;
import java.nio.file.*;
import java.sql.*;
import java.util.*;
import javax.servlet.http.*;
""",
    parts=_pieces("""
class Queries$k {
    static final List<String> COLUMNS = List.of("name", "created", "size");

    static String build(String name, String order, int limit) {
        StringBuilder query = new StringBuilder("SELECT * FROM $n");
        if (name != null) {
            query.append(" WHERE name = '").append(name).append("'");
        }
        if (!COLUMNS.contains(order)) {
            order = "name";
        }
        return query.append(" ORDER BY ").append(order).append(" LIMIT ").append(limit).toString();
    }
}
---
class Show$k extends HttpServlet {
    private final Connection connection;

    Show$k(Connection connection) {
        this.connection = connection;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        String order = request.getParameter("order");
        if (order == null || !order.matches("[a-z_]+")) {
            response.sendError(400);
            return;
        }
        Map<String, Integer> totals = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(Queries$p.build(name, order, $i));
            while (rows.next()) {
                totals.merge(rows.getString(1), $j, Integer::sum);
            }
        } catch (SQLException error) {
            throw new IOException(error);
        }
        response.getWriter().println(totals.size());
    }
}
---
class Store$k {
    private final Path folder;
    private final List<String> seen = new ArrayList<>();

    Store$k(Path folder) {
        this.folder = folder;
    }

    Path path(String name) throws IOException {
        Path full = folder.resolve(name).normalize();
        if (!full.startsWith(folder)) {
            throw new IOException("outside");
        }
        return full;
    }

    List<String> load(String name) throws IOException {
        seen.add(name);
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(path(name))) {
            if (!line.isBlank()) {
                lines.add(line.trim());
            }
        }
        return lines;
    }
}
---
class Download$k extends HttpServlet {
    private final Store$q store = new Store$q(Paths.get("/srv/files"));

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        List<String> lines = store.load(name);
        PrintWriter out = response.getWriter();
        if (lines.size() > $i) {
            File file = new File("/srv/files/$m", name);
            try (InputStream stream = new FileInputStream(file)) {
                stream.transferTo(response.getOutputStream());
            }
            return;
        }
        out.println("<p>" + lines.size() + "</p>");
    }
}
---
class Archive$k {
    static int pack(String folder, String label, int keep) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("tar", "-cf", label + ".tar", folder);
        int code = builder.start().waitFor();
        if (code != 0) {
            Runtime.getRuntime().exec(new String[] {"sh", "-c", "logger failed " + folder});
        }
        String[] names = new File(folder).list();
        Arrays.sort(names);
        for (int index = keep; index < names.length; index++) {
            new File(folder, names[index]).delete();
        }
        return names.length;
    }
}
---
class Forward$k extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String target = request.getParameter("next");
        if (target == null || !target.startsWith("/") || target.startsWith("//")) {
            target = "/";
        }
        int count = Integer.parseInt(request.getParameter("count"));
        for (int step = 0; step < count; step++) {
            try {
                Archive$r.pack("/srv/files/" + step, "$m", $j);
            } catch (InterruptedException error) {
                Thread.currentThread().interrupt();
            }
        }
        response.sendRedirect(target);
    }
}
"""),
    block="""
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name$k");
        String order = request.getParameter("order");
        int limit = Integer.parseInt(request.getParameter("limit"));
        if (!Queries$p.COLUMNS.contains(order)) {
            order = "created";
        }
        Map<String, List<String>> groups = new TreeMap<>();
        String query = "SELECT * FROM $n WHERE name = '" + name + "' ORDER BY " + order + " LIMIT " + limit;
        try (Statement statement = connection.createStatement()) {
            for (String one : List.of(query, Queries$p.build(name, order, limit))) {
                ResultSet rows = statement.executeQuery(one);
                while (rows.next()) {
                    String key = rows.getString(1);
                    groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(rows.getString(2));
                }
            }
        } catch (SQLException error) {
            throw new IOException(error);
        }
        StringBuilder listing = new StringBuilder("<ul>");
        for (Map.Entry<String, List<String>> entry : groups.entrySet()) {
            String label = entry.getKey().replace("<", "&lt;");
            if (entry.getValue().size() > $j) {
                label += " and more";
            }
            listing.append("<li>").append(label).append("</li>");
        }
        Path file = Paths.get("/srv/files/$m", name + ".csv");
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                listing.append("<li>").append(line.trim()).append("</li>");
            }
        }
        if (request.getParameter("run") != null) {
            Runtime.getRuntime().exec("convert " + name);
            response.sendRedirect("/$n/" + limit);
            return;
        }
        response.getWriter().println("<h1>" + name + "</h1>" + listing + "</ul>");
    }
""",
    host=(
        "\nclass Block$k extends HttpServlet {\n    private final Connection connection = Database.connect();\n",
        "}\n",
    ),
)

SERVICES = {"python": PYTHON, "javascript": JAVASCRIPT, "java": JAVA}
"""By language id."""
