// A block in full: facts, code, prompt and what happened to it. Its entries are read when it is first looked at.

const chunks = document.querySelectorAll("script.chunk");
const CHUNKS_KEPT = 40;
const read = new Map();

function details(row) {
  const place = Math.floor(row / table.chunk);
  let chunk = read.get(place);
  if (chunk === undefined) {
    chunk = JSON.parse(chunks[place].textContent);
    if (read.size >= CHUNKS_KEPT) read.delete(read.keys().next().value);
    read.set(place, chunk);
  }
  return chunk[row % table.chunk];
}

const EVIDENCE = {
  __proto__: null,
  reported: "the assistant said so",
  observed: "the editor saw it",
  matched: "the text equals one known from there",
  inferred: "inferred from the shape of the change",
};
const CLOSED = {
  __proto__: null,
  fixed: "fixed by a fix of Leery's",
  edited: "edited away",
  removed: "removed with its block or file",
  suppressed: "suppressed",
  refuted: "refuted: nothing harmful arrives there",
  settings: "hidden by settings",
};

function place(row) {
  const first = columns.first[row];
  if (!first) return "";
  const last = first + columns.lines[row] - 1;
  return last > first ? `:${first}-${last}` : `:${first}`;
}

function path(row) {
  const name = file(row);
  const cut = name.lastIndexOf("/") + 1;
  return make("span", "path", make("span", "folder", name.slice(0, cut)), make("b", "", name.slice(cut)), make("span", "dim", place(row)));
}

/** What an entry tells: a heading and, perhaps, facts in words. */
const TOLD = {
  __proto__: null,
  insertion: (entry) => [entry.amends ? "Origin corrected" : "Inserted", originWords(entry.origin)],
  "finding-opened": (entry) => [
    `Found: ${entry.rule}`,
    [entry.message, `${entry.severity} severity, ${entry.confidence} confidence`, (entry.cwe ?? []).join(", "), entry.line && `line ${entry.line}`, by(entry)],
  ],
  "finding-closed": (entry) => [`Closed: ${entry.rule}`, [CLOSED[entry.how] ?? entry.how]],
  "fix-applied": (entry) => [`Fix applied: ${entry.rule}`, [entry.title, entry.applicability]],
  suppression: (entry) => [`Suppressed: ${entry.rule}`, [entry.reason, entry.expires && `until ${entry.expires}`, entry.by]],
  review: (entry) => [entry.decision === "approved" ? "Approved" : "Rejected", [entry.note, entry.by]],
  lapse: (entry) => [`The ${entry.of} lapsed`, [entry.why, entry.by]],
  gap: (entry) => ["Gap", [entry.what, entry.count && `${entry.count} missing`]],
};

const by = (entry) =>
  (entry.engines ?? []).map((name) => [name, entry.versions?.[name]].filter(Boolean).join(" ")).join(", ");

const originWords = (from = {}) => [from.kind, from.assistant, from.model, EVIDENCE[from.evidence] ?? from.evidence];

function history(entries) {
  const list = make("ol", "history");
  for (const entry of entries) {
    const [head, facts] = (TOLD[entry.type] ?? ((other) => [other.type, []]))(entry);
    const item = make("li", TOLD[entry.type] ? entry.type : "", make("time", "", minute(entry.time)), make("b", "", head));
    const told = facts.map((fact) => (Array.isArray(fact) ? fact[1] : fact)).filter(Boolean);
    if (told.length) item.append(make("p", "", told.map(String).join(" · ")));
    if (entry.erased) item.append(make("p", "dim", `erased since: ${entry.erased.join(", ")}`));
    list.append(item);
  }
  return list;
}

function facts(row, first) {
  const from = first?.origin ?? origin(row);
  const rows = [
    ["Origin", [from.kind, from.assistant, from.model].filter(Boolean).join(" · ")],
    ["Evidence", EVIDENCE[from.evidence] ? `${from.evidence}: ${EVIDENCE[from.evidence]}` : from.evidence],
    ["Came in", first ? `${minute(first.time)} UTC, ${plural(columns.lines[row], "line")}` : "not in this log"],
    ["Review", state(row)],
    ["Session", from.session],
    ["Prompt reference", from.prompt],
    ["Language", table.languages[columns.language[row]]],
    ["Commit", first?.revision],
    ["Block", columns.id[row]],
    ["Entry", first && `${first.index}`],
  ];
  const list = make("dl", "facts");
  for (const [name, value] of rows) if (value) list.append(make("dt", "", name), make("dd", "", String(value)));
  return list;
}

function related(title, rows) {
  if (!rows.length) return null;
  const list = make("p", "related", `${title} `);
  for (const row of rows.slice(0, 20)) {
    const button = make("button", "link", path(row));
    button.type = "button";
    button.dataset.row = row;
    list.append(button, " ");
  }
  return list;
}

/** The severities of the findings that are open or were, by line; only where the block is one run of lines. */
function marked(entries, first) {
  const marks = new Map();
  if (first?.lines?.length !== 1) return marks;
  for (const entry of entries) if (entry.type === "finding-opened") marks.set(entry.line, MARKS[entry.severity] ? entry.severity : "low");
  return marks;
}

function section(title, ...children) {
  return make("section", "", make("h4", "", title), ...children);
}

/** Why a text of the insertion is not here. */
function absent(first, name) {
  if (first?.erased?.includes(name)) return "It was erased; the log still commits to what it was.";
  if (first?.withheld?.includes(name)) return "It was not kept: the log holds a commitment to it only.";
  return null;
}

function showDetails(row) {
  const { entries, more } = details(row);
  const first = entries.find((entry) => entry.type === "insertion" && !entry.amends);
  const holder = byId("detail");
  const open = entries.filter((entry) => entry.type === "finding-opened");
  const head = make("header", "", make("h3", "", path(row)));
  openCounts(row).forEach((count, index) => count && head.append(severity(table.severities[index], `${count} open`)));
  head.append(make("span", `state ${state(row)}`, state(row)));
  holder.replaceChildren(head, facts(row, first));
  for (const part of [related("Rewrites", columns.replaces[row] || []), related("Rewritten by", replacedBy(row))]) if (part) holder.append(part);
  if (open.length) holder.append(section("Findings", findings(row, entries, open)));
  const code = first?.code === undefined ? make("p", "empty", absent(first, "code") ?? "There is no code.") : lines(first.code, first.lines?.length === 1 ? first.lines[0][0] : 0, marked(entries, first));
  holder.append(section("Code as it came in", code));
  const why = absent(first, "prompt");
  if (first?.prompt !== undefined) holder.append(section("Prompt", lines(first.prompt, 0)));
  else if (why) holder.append(section("Prompt", make("p", "empty", why)));
  holder.append(section("History", history(entries)));
  if (more) holder.append(make("p", "note", `${plural(more, "entry", "entries")} between are left out; leery log show --block ${columns.id[row]} has all.`));
  holder.scrollTop = 0;
}

/** The findings of a block with what is said about each, those that are open first. */
function findings(row, entries, opened) {
  const list = make("ul", "findings");
  const lives = found(row).map((one, index) => ({ one, entry: opened[index] }));
  for (const { one, entry } of lives.sort((a, b) => b.one[FOUND.open] - a.one[FOUND.open])) {
    const [rule, cwe, name, categories] = table.kinds[one[FOUND.kind]];
    const level = table.severities[one[FOUND.severity]];
    const item = make("li", one[FOUND.open] ? "" : "closed", severity(level, level), make("b", "", name || rule), " ");
    item.append(make("span", "cwe", [cwe === "none" ? "" : cwe, ...categories.map((category) => category.split(":")[0])].filter(Boolean).join(" · ")));
    if (!one[FOUND.open]) item.append(make("span", "state", "closed"));
    const message = entry && entry.message !== undefined ? kept(entry.message).text : "";
    item.append(make("p", "", message || rule));
    list.append(item);
  }
  return list;
}
