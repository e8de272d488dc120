// The list of blocks: only the rows in sight exist. Filters, keyboard, links from the figures above, and print.

const ROW = 58;
const SPARE = 6;
const PRINTED = 300;
const FIELDS = ["search", "open", "weakness", "assistant", "model", "kind", "state", "since", "until", "order"];
const list = byId("list");
const spacer = byId("spacer");
let rows = [];
let chosen = -1;

function rowElement(at) {
  const row = rows[at];
  const from = origin(row);
  const element = make("div", "row");
  element.id = `row-${at}`;
  element.dataset.at = at;
  element.setAttribute("role", "option");
  element.setAttribute("aria-selected", String(at === chosen));
  element.setAttribute("aria-posinset", String(at + 1));
  element.setAttribute("aria-setsize", String(rows.length));
  element.style.transform = `translateY(${at * ROW}px)`;
  const marks = make("span", "marks");
  openCounts(row).forEach((count, index) => count && marks.append(severity(table.severities[index], String(count))));
  const chips = make("span", "chips", columns.worse[row] ? make("span", "worse", "got worse") : null);
  chips.append(make("span", `state ${state(row)}`, state(row)));
  const who = [from.assistant ?? from.kind, from.model, plural(columns.lines[row], "line"), day(columns.time[row])];
  element.append(make("span", "where", path(row)), make("span", "who", who.filter(Boolean).join(" · ")), marks, chips);
  return element;
}

/** Put the rows that are in sight, and a few beside them, into the list. */
function draw() {
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - SPARE);
  const last = Math.min(rows.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + SPARE);
  const present = new Map();
  for (const element of [...spacer.children]) {
    const at = Number(element.dataset.at);
    if (at < first || at >= last) element.remove();
    else present.set(at, element);
  }
  for (let at = first; at < last; at++) if (!present.has(at)) spacer.append(rowElement(at));
}

function choose(at, { reveal = true } = {}) {
  if (at < 0 || at >= rows.length) return;
  chosen = at;
  if (reveal) {
    const top = at * ROW;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
  }
  draw();
  for (const element of spacer.children) element.setAttribute("aria-selected", String(Number(element.dataset.at) === at));
  list.setAttribute("aria-activedescendant", `row-${at}`);
  showDetails(rows[at]);
}

const form = byId("filters");
const wish = () => Object.fromEntries(FIELDS.map((name) => [name, byId(name).value.trim()]));

/** Show what the filters ask for. */
function update() {
  const asked = wish();
  if (byId("in-texts")?.checked) asked.inTexts = textsHold;
  rows = wanted(asked);
  spacer.style.height = `${rows.length * ROW}px`;
  spacer.replaceChildren();
  list.scrollTop = 0;
  chosen = -1;
  list.removeAttribute("aria-activedescendant");
  byId("count").textContent = rows.length === size ? number(size) : `${number(rows.length)} of ${number(size)}`;
  byId("detail").replaceChildren(make("p", "empty", rows.length ? "Choose a block to see its code, its prompt and its history." : "No block is like that."));
  draw();
}

/** Whether a block's code, prompt or another text of its entries holds a term. */
function textsHold(row, term) {
  return details(row).entries.some((entry) =>
    ["code", "prompt", "message", "reason", "note", "title", "by"].some((name) => {
      const value = entry[name];
      return value !== undefined && kept(value).text.toLowerCase().includes(term);
    }),
  );
}

function offer(id, values) {
  for (const [value, label] of [...values].sort((a, b) => (a[1] < b[1] ? -1 : 1))) {
    const option = document.createElement("option");
    option.value = value;
    option.append(visible(label, 80));
    byId(id).append(option);
  }
}

function fillFilters() {
  const weaknesses = new Map(table.kinds.map(([rule, cwe, name]) => [cwe, cwe === "none" ? "other" : name ? `${name} (${cwe})` : cwe]));
  offer("weakness", weaknesses);
  const by = (of) => new Map(table.origins.map(([kind, , assistant, model]) => of({ kind, assistant, model })).map((name) => [name, name]));
  offer("assistant", by((from) => from.assistant ?? `${from.kind}, not named`));
  offer("model", by((from) => from.model ?? "not told"));
  offer("kind", by((from) => from.kind));
  offer("state", new Map(table.states.map((name) => [name, name])));
}

/** Set the filters to what a link in the figures says, or choose its block, and go to the list. */
function follow(link) {
  form.reset();
  const given = (name) => (link.dataset[name] === undefined ? undefined : JSON.parse(link.dataset[name]));
  const { set } = link.dataset;
  if (set) byId(set).value = given("value");
  if (link.dataset.model) byId("model").value = given("model");
  if (set === "weakness") byId("open").value = "open";
  if (set === "search") byId("state").value = "waiting";
  update();
  if (link.dataset.block) choose(rows.indexOf(columns.id.indexOf(given("block"))));
  byId("blocks").scrollIntoView();
}

const KEYS = { __proto__: null, ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity };

function pressed(event) {
  const by = KEYS[event.key];
  if (by === undefined) return;
  event.preventDefault();
  choose(Math.max(0, Math.min(rows.length - 1, chosen + by)));
}

/** For paper: the first of the rows as a plain table, and the proof unfolded. */
function print() {
  for (const hidden of document.querySelectorAll(".verdict details")) hidden.open = true;
  const body = make("tbody");
  const head = make("tr", "", ...["Place", "Origin", "Came in", "Open findings", "Review"].map((name) => make("th", "", name)));
  for (const row of rows.slice(0, PRINTED)) {
    const from = origin(row);
    const counts = openCounts(row).map((count, index) => count && `${count} ${table.severities[index]}`);
    const cells = [path(row), [from.kind, from.assistant, from.model].filter(Boolean).join(" · "), day(columns.time[row]), counts.filter(Boolean).join(", "), state(row)];
    body.append(make("tr", "", ...cells.map((cell) => make("td", "", cell))));
  }
  const left = rows.length - PRINTED;
  const caption = make("caption", "", left > 0 ? `The first ${PRINTED} of ${number(rows.length)} blocks; filters choose others.` : plural(rows.length, "block"));
  byId("printed").replaceChildren(caption, make("thead", "", head), body);
}

function later(work, milliseconds) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
}

function start() {
  fillFilters();
  form.hidden = byId("explorer").hidden = false;
  const soon = later(update, 120);
  form.addEventListener("input", (event) => (event.target.id === "search" ? soon() : update()));
  byId("clear").addEventListener("click", () => {
    form.reset();
    update();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  list.addEventListener("scroll", draw, { passive: true });
  list.addEventListener("keydown", pressed);
  list.addEventListener("click", (event) => {
    const row = event.target.closest(".row");
    if (row) choose(Number(row.dataset.at), { reveal: false });
  });
  new ResizeObserver(draw).observe(list);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("button.link");
    if (!link) return;
    if (link.dataset.row !== undefined) showDetails(Number(link.dataset.row));
    else if (link.dataset.set || link.dataset.block) follow(link);
  });
  window.addEventListener("beforeprint", print);
  update();
}

offerTheme();
start();
