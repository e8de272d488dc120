// What a person sees and does: findings, fixes, blocks, the tree, the status bar, decisions.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { eventually, Workbench } from "./harness/workbench.mjs";

/** Code that differs from file to file: the same text would be a copy, and the same block. */
const shell = (of) => `import subprocess\n\n\ndef ${of}(name):\n    return subprocess.call("ls " + name, shell=True)\n`;
const YAML = "import yaml\n\n\ndef read(stream):\n    return yaml.load(stream)\n";

let vscode;
let page;
before(async () => {
  const names = ["shown", "fixed", "quiet", "looked", "tree", "origin", "plain", "lens", "told"];
  const files = Object.fromEntries(names.map((name) => [`${name}.py`, "# notes\n"]));
  vscode = await Workbench.start({ files, settings: { "leery.engines.semgrep": true } });
  page = vscode.page;
});
after(() => vscode?.stop());

/** Paste a text into a fresh file and wait until its findings are shown. */
async function pasted(name, text) {
  await vscode.open(name, [1, 0]);
  await vscode.paste(text);
  await eventually(async () => assert.ok((await findings(name)).length > 0));
}

async function findings(name) {
  return (await vscode.ask("diagnostics", { path: vscode.path(name) })).filter(({ source }) => source === "leery");
}

/** Answer an input box. */
async function answer(title, text) {
  const box = page.locator(".quick-input-widget:visible", { hasText: title });
  await box.waitFor();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

/** Open the menu of quick fixes at a place and pick the one with a title. */
async function fix(at, title) {
  await vscode.select(at);
  const row = page.locator(".action-widget .monaco-list-row.action", { hasText: title }).first();
  await eventually(async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+.");
    await row.waitFor({ timeout: 2_000 });
  });
  await row.click();
}

const bars = () => page.locator(".view-overlays [class*='ced-'], .margin-view-overlays [class*='ced-']").count();

test("a pasted block is marked, named above and explained on hovering", async () => {
  await pasted("shown.py", shell("shown"));
  await page.locator(".squiggly-error").first().waitFor();
  await page.locator(".codelens-decoration a", { hasText: /paste, observed · \d+ findings? · unreviewed/ }).waitFor();
  await eventually(async () => assert.ok((await bars()) > 0));
  await page.locator(".squiggly-error").first().hover({ force: true });
  const hover = page.locator(".monaco-hover:not(.hidden)", { hasText: "CWE-78" }).first();
  await hover.waitFor();
  await hover.getByText("paste, observed").first().waitFor();
  await vscode.screenshot("hover");
  await page.mouse.move(5, 5);
});

test("the marks can be switched off", async () => {
  await vscode.open("shown.py");
  await eventually(async () => assert.ok((await bars()) > 0));
  await vscode.ask("setting", { name: "leery.decorations", value: false });
  await eventually(async () => assert.equal(await bars(), 0));
  await vscode.ask("setting", { name: "leery.decorations", value: undefined });
  await eventually(async () => assert.ok((await bars()) > 0));
});

test("the status bar tells what is left to do", async () => {
  await vscode.open("shown.py");
  await eventually(async () => assert.match(await vscode.status(), /^\s*1 unreviewed, [1-9]\d* found/));
  await page.locator('[id="leery.leery.leery.status"]').click();
  await page.locator(".quick-input-widget", { hasText: "bandit: ready" }).waitFor();
  await page.keyboard.press("Escape");
});

test("a quick fix is taken", async () => {
  await pasted("fixed.py", YAML);
  const [found] = (await findings("fixed.py")).filter(({ message }) => /yaml/i.test(message));
  await fix(found.range.slice(0, 2), "Use the safe loader");
  await eventually(async () => assert.match(await vscode.text("fixed.py"), /safe_load/));
  await eventually(async () => assert.ok(!(await findings("fixed.py")).some(({ code }) => code === found.code)));
  await vscode.save("fixed.py");
  await eventually(async () => assert.ok((await vscode.log()).some(({ type, file }) => type === "fix-applied" && file === "fixed.py")));
});

test("a finding is suppressed, with a reason and a day", async () => {
  await pasted("quiet.py", shell("quiet"));
  const found = (await findings("quiet.py")).find(({ severity }) => severity === 0);
  await fix(found.range.slice(0, 2), "Suppress");
  await answer("Suppress this finding (1/2)", " ");
  await page.locator(".quick-input-widget", { hasText: "A reason is required." }).waitFor();
  await answer("Suppress this finding (1/2)", "names are checked before");
  await answer("Suppress this finding (2/2)", "2099-12-31");
  await eventually(async () => assert.ok(!(await findings("quiet.py")).some(({ code }) => code === found.code)));
  const entry = (await vscode.log()).find(({ type }) => type === "suppression");
  assert.deepEqual([entry.file, entry.rule, entry.expires], ["quiet.py", found.code, "2099-12-31"]);
  assert.match(JSON.stringify(entry), /names are checked before/);
});

test("a block is marked reviewed by its lens, and lapses when it is pasted over", async () => {
  await pasted("looked.py", shell("looked"));
  await page.locator(".codelens-decoration a", { hasText: "Mark reviewed" }).first().click();
  await page.locator(".codelens-decoration a", { hasText: /· reviewed/ }).waitFor();
  await vscode.screenshot("reviewed");
  const review = (await vscode.log()).find(({ type, file }) => type === "review" && file === "looked.py");
  assert.equal(review.decision, "approved");
  await vscode.focus();
  await vscode.select([5, 4]);
  await vscode.paste("name = name.strip()\n    ");
  await page.locator(".codelens-decoration a", { hasText: /· lapsed/ }).first().waitFor();
});

test("the lens shows the record", async () => {
  await pasted("lens.py", shell("lens"));
  await page.locator(".codelens-decoration a", { hasText: "paste, observed" }).first().click();
  await eventually(async () => {
    const text = await vscode.text();
    assert.match(text, /# Provenance of lens\.py, block /);
    assert.match(text, /insertion/);
  });
  await vscode.screenshot("record");
  await vscode.ask("close");
});

test("the tree shows folders, files, blocks and findings, and acts on them", async () => {
  await vscode.ask("close");
  await pasted("tree.py", shell("tree"));
  await vscode.command("leery.provenance.focus");
  const row = (text) => page.locator(".pane-body .monaco-list-row", { hasText: text });
  await row("work").first().waitFor();
  await row("tree.py").waitFor();
  // Files that were shown before are still open to VS Code: this one comes last.
  await eventually(async () => assert.match(await row(/./).last().innerText(), /shell/));
  const block = row("paste, observed").last();
  await vscode.screenshot("tree");
  await row("shell-command-injection").last().click();
  await eventually(async () => assert.equal((await vscode.ask("state")).selections[0][0], 5));
  await block.hover();
  await block.locator('.action-label[aria-label*="Mark Block Reviewed"]').click();
  await page.locator(".codelens-decoration a", { hasText: /· reviewed/ }).waitFor();
  await eventually(async () => assert.match(await block.innerText(), /· reviewed/));
  const review = (await vscode.log()).find(({ type, file }) => type === "review" && file === "tree.py");
  assert.equal(review.decision, "approved");
});

test("a finding is suppressed from the tree", async () => {
  await vscode.open("tree.py");
  await vscode.command("leery.provenance.focus");
  const before = (await findings("tree.py")).length;
  const row = page.locator(".pane-body .monaco-list-row", { hasText: "shell-command-injection" }).last();
  await row.hover();
  await row.locator('.action-label[aria-label*="Suppress Finding"]').click();
  await answer("Suppress this finding (1/2)", "a list is coming");
  await answer("Suppress this finding (2/2)", "");
  await eventually(async () => assert.ok((await findings("tree.py")).length < before));
  const entry = (await vscode.log()).find(({ type, file }) => type === "suppression" && file === "tree.py");
  assert.equal(entry.expires, null);
});

test("a block's origin is corrected", async () => {
  await pasted("origin.py", shell("origin"));
  await vscode.select([5, 6]);
  const done = vscode.command("leery.chooseOrigin");
  await answer("Where did this block come from?", "agent");
  await answer("Which assistant?", "claude");
  await done;
  await page.locator(".codelens-decoration a", { hasText: "agent by claude" }).first().waitFor();
  await vscode.save("origin.py");
  await eventually(async () => {
    const { origin } = (await vscode.blame("origin.py"))[4];
    assert.deepEqual([origin.kind, origin.assistant], ["agent", "claude"]);
  });
});

test("the report of a file is opened, and nothing that it quotes is run or fetched", async () => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const hostile = '</script><img src="https://evil.example/x" onerror="top.owned = owned = 1"><a href="command:workbench.action.quit">';
  await pasted("told.py", `${shell("told")}EVIL = '${hostile}'\n`);
  await vscode.command("leery.openReport");
  const report = page.frameLocator("iframe.webview").frameLocator("iframe#active-frame");
  const title = report.getByRole("heading", { name: "told.py", level: 1 });
  await title.waitFor();
  await report.getByRole("heading", { name: "The log holds" }).waitFor();
  await report.getByText(/What came into this file of work from .*: 1 block,/).waitFor();
  // The page's own script draws the list of blocks and what is chosen in it.
  const rows = report.locator(".row");
  await eventually(async () => assert.match((await rows.allInnerTexts()).join("\n"), /^told\.py:2-7\s+paste · 6 lines/));
  assert.equal(await rows.count(), 1);
  await vscode.screenshot("report");
  await rows.first().click();
  await report.getByText("onerror").first().scrollIntoViewIfNeeded();
  await vscode.screenshot("report-block");
  assert.deepEqual(await report.locator("img, iframe, object, embed, form[action], a[href^='command:']").count(), 0);
  for (const frame of page.frames()) assert.equal(await frame.evaluate("typeof owned"), "undefined");
  assert.deepEqual(asked.filter((url) => /evil/.test(url)), []);
  // Asked for again it is made anew, in the same tab and in VS Code's colours.
  const theme = "workbench.colorTheme";
  await report.locator("html[data-theme=light]").waitFor();
  await vscode.open("told.py");
  await vscode.ask("setting", { name: theme, value: "Default Dark Modern" });
  await page.locator(".monaco-workbench.vs-dark").waitFor();
  await vscode.command("leery.openReport");
  await report.locator("html[data-theme=dark]").waitFor();
  await vscode.screenshot("report-dark");
  await vscode.ask("setting", { name: theme, value: undefined });
  assert.equal(await page.locator(".tab", { hasText: "Provenance: told.py" }).count(), 1);
  await vscode.ask("close");
});

test("typed code stays quiet", async () => {
  await vscode.ask("close");
  await vscode.open("plain.py", [1, 0]);
  await vscode.type("import subprocess\nsubprocess.call(x, shell=True)");
  await vscode.save("plain.py");
  await eventually(async () => {
    const kinds = new Set((await vscode.runs("plain.py")).map(([kind]) => kind));
    assert.deepEqual([...kinds], ["nobody", "typed"]);
  });
  assert.deepEqual(await findings("plain.py"), []);
});
