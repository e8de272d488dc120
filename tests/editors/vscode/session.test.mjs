// A long session of mixed actions, and a record of its own of whose every character is: both must agree in the end.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { eventually, output, Workbench } from "./harness/workbench.mjs";

const ACTIONS = Number(process.env.LEERY_ACTIONS ?? 200);
const SEED = Number(process.env.LEERY_SEED ?? 20261122);
const START = "# one\n\n# two\n\n# three\n";

let vscode;
before(async () => {
  const files = { "a.py": START, "b.py": START.replaceAll("#", "##") };
  vscode = await Workbench.start({ files, exact: process.env.LEERY_EXACT === "1" });
});
after(() => vscode?.stop());

/** Numbers that follow from a seed (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { below: (n) => Math.floor(next() * n), pick: (list) => list[Math.floor(next() * list.length)] };
}

/** The script's record: each character with its kind. A text never stands twice unless it was copied. */
class Record {
  constructor(text) {
    this.chars = [...text].map((char) => [char, "nobody"]);
    this.undone = [];
  }
  get text() {
    return this.chars.map(([char]) => char).join("");
  }
  put(at, until, chars) {
    this.chars.splice(at, until - at, ...chars);
  }
  of(at, until) {
    return this.chars.slice(at, until).map((char) => [...char]);
  }
  position(offset) {
    const before = this.text.slice(0, offset).split("\n");
    return [before.length - 1, before.at(-1).length];
  }
}

const made = (text, kind) => [...text].map((char) => [char, kind]);

test(`${ACTIONS} actions: every character's origin is that of the script`, { timeout: 200_000 }, async (t) => {
  t.diagnostic(`seed ${SEED}`);
  const { below, pick } = random(SEED);
  const records = { "a.py": new Record(START), "b.py": new Record(START.replaceAll("#", "##")) };
  let name;
  let count = 0;
  const word = () => `w${++count}_${below(36 ** 4).toString(36)}`;
  const lines = () => Array.from({ length: 1 + below(3) }, () => `${word()} = ${word()}(${below(1000)})`).join("\n") + "\n";
  const record = () => records[name];
  const show = async (file, offset) => {
    if (file !== name) await vscode.open(file);
    name = file;
    await vscode.select(record().position(offset));
  };
  const anywhere = () => below(record().chars.length + 1);
  /** A place where a line begins: texts of several lines go there. */
  const lineStart = () => {
    const starts = [0, ...[...record().text.matchAll(/\n/g)].map((match) => match.index + 1)];
    return pick(starts);
  };
  const span = (most) => {
    const start = below(Math.max(1, record().chars.length - most));
    return [start, Math.min(record().chars.length, start + 4 + below(most - 4))];
  };
  const selected = async ([start, end]) => vscode.select([...record().position(start), ...record().position(end)]);
  const agree = () => eventually(async () => assert.equal(await vscode.text(name), record().text));
  const press = (keys) => vscode.page.keyboard.press(keys);

  const actions = {
    type: async () => {
      const at = anywhere();
      await show(name, at);
      const text = word();
      await vscode.page.keyboard.type(text);
      record().put(at, at, made(text, "typed"));
    },
    enter: async () => {
      const at = anywhere();
      await show(name, at);
      await press("Enter");
      record().put(at, at, made("\n", "typed"));
    },
    paste: async () => {
      const [at, text] = below(2) ? [lineStart(), lines()] : [anywhere(), word()];
      await show(name, at);
      await vscode.copyOutside(text);
      await press("Control+V");
      record().put(at, at, made(text, "paste"));
    },
    pasteOver: async () => {
      const [start, end] = span(20);
      await selected([start, end]);
      const text = word();
      await vscode.copyOutside(text);
      await press("Control+V");
      record().put(start, end, made(text, "paste"));
    },
    complete: async () => {
      const at = lineStart();
      await show(name, at);
      const text = `${word()} = ${word()}`;
      await vscode.suggest(text);
      await press("Tab");
      await agreeing(at, at, made(text, "completion"));
      await vscode.ask("forget");
    },
    completeTyped: async () => {
      // The completion takes the place of what was typed, and begins with it.
      let at = lineStart();
      await show(name, at);
      const text = `${word()}_${word()}`;
      await vscode.page.keyboard.type(text.slice(0, 3));
      await agreeing(at, at, made(text.slice(0, 3), "typed"));
      const [line, column] = record().position(at);
      await vscode.suggest(text, [line, column, line, column + 3]);
      await press("Tab");
      at += 3;
      await agreeing(at, at, made(text.slice(3), "completion"));
      await vscode.ask("forget");
    },
    word: async () => {
      const at = lineStart();
      await show(name, at);
      const text = `${word()} ${word()}`;
      await vscode.suggest(text);
      await press("Control+ArrowRight");
      const first = text.split(" ")[0];
      await agreeing(at, at, made(first, "completion"));
      await press("Escape");
      await vscode.ask("forget");
    },
    copy: async () => {
      const [start, end] = span(30);
      await selected([start, end]);
      await press("Control+C");
      const chars = record().of(start, end);
      const file = below(3) === 0 ? pick(Object.keys(records)) : name;
      if (file !== name) await vscode.open(file);
      name = file;
      const at = anywhere();
      await show(name, at);
      await press("Control+V");
      record().put(at, at, chars);
    },
    move: async () => {
      const [start, end] = span(30);
      await selected([start, end]);
      await press("Control+X");
      const chars = record().of(start, end);
      record().put(start, end, []);
      await agree();
      const at = anywhere();
      await show(name, at);
      await press("Control+V");
      record().put(at, at, chars);
    },
    remove: async () => {
      const [start, end] = span(12);
      await selected([start, end]);
      await press("Delete");
      record().put(start, end, []);
    },
    undo: async () => {
      const kept = record().of(0, record().chars.length);
      const at = anywhere();
      await show(name, at);
      const text = word();
      await vscode.copyOutside(text);
      await press("Control+V");
      record().put(at, at, made(text, "paste"));
      await agree();
      const pasted = record().of(0, record().chars.length);
      await press("Control+Z");
      record().chars = kept;
      await agree();
      if (below(2)) {
        await press("Control+Shift+Z");
        record().chars = pasted;
      }
    },
    indent: async () => {
      // A formatter's edit: what it puts in is white space, and that keeps no author of its own.
      const at = lineStart();
      await show(name, at);
      const state = await vscode.text(name);
      await vscode.command("editor.action.indentLines");
      const changed = await eventually(async () => {
        const text = await vscode.text(name);
        assert.ok(text !== state || record().text.slice(at).startsWith("\n") || at === state.length);
        return text;
      });
      if (changed !== state) record().put(at, at, made("    ", "formatted"));
    },
    disk: async () => {
      await vscode.save(name);
      const at = lineStart();
      const text = lines();
      record().put(at, at, made(text, "disk"));
      writeFileSync(vscode.path(name), record().text);
      await eventually(async () => assert.equal(await vscode.text(name), record().text));
    },
    assistant: async () => {
      const at = lineStart();
      const text = `${word()} = "${word()} ${word()} ${word()} ${word()} ${word()}"\n${word()} = ${word()}\n`;
      const [line, column] = record().position(at);
      await vscode.ask("edit", { path: vscode.path(name), edits: [{ range: [line, column], text }] });
      record().put(at, at, made(text, "unknown"));
    },
  };
  const agreeing = async (start, end, chars) => {
    record().put(start, end, chars);
    await agree();
  };

  await vscode.open("b.py");
  await vscode.open("a.py");
  name = "a.py";
  const weighted = ["type", "type", "type", "enter", "paste", "paste", "pasteOver", "complete", "completeTyped", "word", "copy", "move", "remove", "undo", "indent", "disk", "assistant"];
  const done = [];
  for (let step = 0; step < ACTIONS; step++) {
    const action = pick(weighted);
    done.push(`${action} in ${name}`);
    try {
      await actions[action]();
      await agree();
    } catch (error) {
      throw new Error(`step ${step}: ${done.slice(-5).join(", ")}`, { cause: error });
    }
  }
  writeFileSync(path.join(output, "session.json"), JSON.stringify(done, null, 1));
  for (const file of Object.keys(records)) {
    await vscode.open(file);
    name = file;
    await vscode.save(file);
    t.diagnostic(`${file}: ${records[file].chars.length} characters`);
    const wanted = expected(records[file]);
    try {
      await eventually(async () => assert.deepEqual(open(await kinds(file), wanted), wanted));
    } finally {
      writeFileSync(path.join(output, "session-log.json"), JSON.stringify(await vscode.log(), null, 1));
    }
  }
  const unmatched = (await vscode.log()).filter(({ type }) => type === "hint-unmatched");
  assert.deepEqual(unmatched, []);
});

/** Each line as blame has it, with a letter for the kind of every character below. */
async function kinds(file) {
  const lines = vscode.read(file).split("\n");
  const blame = await vscode.blame(file);
  return blame.map(({ line, spans }) => {
    const chars = [...lines[line - 1]];
    const letters = chars.map(() => "?");
    for (const { start, end, origin } of spans) letters.fill(LETTER[origin?.kind ?? "nobody"], start, end);
    return `${chars.join("")}\n${letters.join("")}`;
  });
}

function expected(record) {
  const lines = [[]];
  for (const char of record.chars) {
    if (char[0] === "\n") lines.push([]);
    else lines.at(-1).push(char);
  }
  if (lines.at(-1).length === 0) lines.pop();
  return lines.map((line) => `${line.map(([char]) => char).join("")}\n${line.map(([, kind]) => LETTER[kind]).join("")}`);
}

const LETTER = { nobody: ".", typed: "t", paste: "P", completion: "C", disk: "D", unknown: "U", formatted: "*" };

/** What blame tells, with `*` where the record leaves it open. */
function open(lines, wanted) {
  return lines.map((line, index) => [...line].map((letter, at) => (wanted[index]?.[at] === "*" ? "*" : letter)).join(""));
}
