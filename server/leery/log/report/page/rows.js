// The table of all blocks, and which of them a person asks for.

const table = JSON.parse(byId("table").textContent);
const columns = table.columns;
const size = columns.id.length;
const FOUND = { kind: 0, severity: 1, open: 2 };

const origin = (row) => {
  const [kind, evidence, assistant, model] = table.origins[columns.origin[row]];
  return { kind, evidence, assistant, model };
};
const assistantOf = (row) => origin(row).assistant ?? `${origin(row).kind}, not named`;
const found = (row) => columns.findings[row] || [];
const weakness = (one) => table.kinds[one[FOUND.kind]][1];
const state = (row) => table.states[columns.state[row]];
const file = (row) => table.files[columns.file[row]];

/** How many open findings a block has of each severity, the worst first. */
function openCounts(row) {
  const counts = table.severities.map(() => 0);
  for (const one of found(row)) if (one[FOUND.open]) counts[one[FOUND.severity]]++;
  return counts;
}

/** What a block can be found by, in small letters; made when it is first asked for. */
const words = [];
function searched(row) {
  if (words[row] === undefined) {
    const { kind, evidence, assistant, model } = origin(row);
    const rules = found(row).map((one) => table.kinds[one[FOUND.kind]].flat().join(" "));
    const parts = [file(row), kind, evidence, assistant ?? "", model ?? "", state(row), columns.id[row], ...rules];
    words[row] = parts.concat(table.languages[columns.language[row]]).join("\n").toLowerCase();
  }
  return words[row];
}

const OPEN = {
  open: (row) => found(row).some((one) => one[FOUND.open]),
  high: (row) => openCounts(row)[0] > 0,
  medium: (row) => openCounts(row)[1] > 0,
  low: (row) => openCounts(row)[2] > 0,
  ever: (row) => found(row).length > 0,
  never: (row) => found(row).length === 0,
  worse: (row) => columns.worse[row] === 1,
};

/** Whether each condition of a wish holds; without one everything does. */
function tests(wish) {
  const all = [];
  const terms = wish.search.toLowerCase().split(/\s+/).filter(Boolean);
  if (wish.open) all.push(OPEN[wish.open]);
  if (wish.weakness) {
    const open = ["open", "high", "medium", "low"].includes(wish.open);
    all.push((row) => found(row).some((one) => weakness(one) === wish.weakness && (!open || one[FOUND.open])));
  }
  if (wish.assistant) all.push((row) => assistantOf(row) === wish.assistant);
  if (wish.model) all.push((row) => (origin(row).model ?? "not told") === wish.model);
  if (wish.kind) all.push((row) => origin(row).kind === wish.kind);
  if (wish.state) {
    const waiting = ["unreviewed", "lapsed"];
    all.push((row) => (wish.state === "waiting" ? waiting.includes(state(row)) : state(row) === wish.state));
  }
  if (wish.since) all.push((row) => columns.time[row] >= Date.parse(wish.since) / 1000);
  if (wish.until) all.push((row) => columns.time[row] < Date.parse(wish.until) / 1000 + 86400);
  if (terms.length) all.push((row) => terms.every((term) => searched(row).includes(term) || wish.inTexts?.(row, term)));
  return all;
}

/** The table has them in the order of their urgency. */
const ORDERS = {
  newest: (a, b) => columns.time[b] - columns.time[a] || b - a,
  oldest: (a, b) => columns.time[a] - columns.time[b] || a - b,
  longest: (a, b) => columns.lines[b] - columns.lines[a] || a - b,
  path: (a, b) => (file(a) < file(b) ? -1 : file(a) > file(b) ? 1 : columns.first[a] - columns.first[b] || a - b),
};

/** The rows of the blocks that a wish is for, in its order. */
function wanted(wish) {
  const all = tests(wish);
  const rows = [];
  for (let row = 0; row < size; row++) if (all.every((test) => test(row))) rows.push(row);
  return ORDERS[wish.order] ? rows.sort(ORDERS[wish.order]) : rows;
}

/** The blocks that each block was replaced by, by row. */
let followers;
function replacedBy(row) {
  if (followers === undefined) {
    followers = new Map();
    for (let later = 0; later < size; later++)
      for (const before of columns.replaces[later] || []) followers.set(before, [...(followers.get(before) ?? []), later]);
  }
  return followers.get(row) ?? [];
}
