// What is used now and then: the Python extension's interpreter, acceptance by line, logs, the walkthrough, scan, export.
import assert from "node:assert/strict";
import { copyFileSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { eventually, leery, output, Workbench } from "./harness/workbench.mjs";

const SHELL = 'import subprocess\n\n\ndef listing(name):\n    return subprocess.call("ls " + name, shell=True)\n';
const SECRET = "a_name_that_stands_nowhere_else";

let folder;
let vscode;
let page;
before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "leery-environments-"));
  // An environment without Leery, and one with it; as everywhere, `leery` stands beside `python`.
  for (const name of ["without", "with"]) {
    mkdirSync(path.join(folder, name, "bin"), { recursive: true });
    symlinkSync(path.join(path.dirname(leery), "python"), path.join(folder, name, "bin/python"));
  }
  copyFileSync(leery, path.join(folder, "with/bin/leery"));
  const files = { "line.py": "# notes\n", "log.py": "# notes\n", "export.py": "# notes\n", "unopened.py": SHELL };
  vscode = await Workbench.start({
    files,
    extensions: "extensions-python",
    wait: false,
    settings: { "leery.server.path": "", "leery.logLevel": "debug" },
    env: {
      LEERY_STUB_PYTHON: path.join(folder, "without/bin/python"),
      PATH: process.env.PATH.split(path.delimiter).filter((one) => !existsSync(path.join(one, "leery"))).join(path.delimiter),
    },
  });
  page = vscode.page;
});
after(async () => {
  await vscode?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

/** What stands in a log channel, as VS Code keeps it on disk. */
function channel(name) {
  return globSync(path.join(vscode.home, "user/logs/**", `${name}.log`)).map((file) => readFileSync(file, "utf8")).join("");
}

async function findings(name) {
  return (await vscode.ask("diagnostics", { path: vscode.path(name) })).filter(({ source }) => source === "leery");
}

test("the server comes from the environment selected in the Python extension", async () => {
  await page.locator(".notification-list-item", { hasText: "is not installed" }).first().waitFor();
  await eventually(async () => assert.match(await vscode.status(), /no server/));
  await vscode.ask("interpreter", { path: path.join(folder, "with/bin/python") });
  await vscode.attached();
  await vscode.command("notifications.clearAll");
  await vscode.command("leery.showLog");
  const shown = page.locator(".panel .view-lines");
  await shown.getByText("from the environment selected in the Python extension").first().waitFor();
  await vscode.screenshot("log");
  await vscode.command("workbench.action.closePanel");
  assert.ok(channel("Leery").includes(`starting ${path.join(folder, "with/bin/leery")}, from the environment selected`));
});

test("a completion accepted line by line", async () => {
  await vscode.open("line.py", [1, 0]);
  await vscode.type("a");
  await vscode.suggest("lpha = first\nbeta = second");
  await vscode.press("Control+Alt+ArrowRight");
  await page.keyboard.press("Escape");
  await vscode.ask("forget");
  const text = await vscode.text("line.py");
  assert.match(text, /^# notes\nalpha = first\n?$/);
  await page.keyboard.press("Control+End");
  await vscode.type("t");
  await vscode.save("line.py");
  await eventually(async () => {
    const runs = await vscode.runs("line.py");
    assert.deepEqual(runs.slice(0, 3), [["nobody", "# notes"], ["typed", "a"], ["completion", "lpha = first"]]);
    assert.deepEqual(runs.at(-1), ["typed", "t"]);
  });
  const insertion = (await vscode.log()).find(({ type, file }) => type === "insertion" && file === "line.py");
  assert.deepEqual([insertion.origin.kind, insertion.origin.evidence], ["completion", "observed"]);
});

test("the log channels tell what happens, and nothing of the text", async () => {
  await vscode.open("log.py", [1, 0]);
  await vscode.paste(SHELL.replaceAll("listing", SECRET));
  await eventually(async () => assert.ok((await findings("log.py")).length > 0));
  await vscode.command("leery.restart");
  await vscode.attached();
  await eventually(() => assert.match(channel("Leery"), /restarting: asked for[^]*running after \d+ ms/));
  await eventually(() => assert.match(channel("Leery Server"), /workspace folders: 1, trusted[^]*ended with status 0/));
  for (const name of ["Leery", "Leery Server", "Leery Trace"]) {
    assert.ok(!channel(name).includes(SECRET), `${name} holds text of a document`);
  }
});

test("the walkthrough opens, its buttons work, and a step that is done is marked", async () => {
  await vscode.ask("close");
  await vscode.command("workbench.action.openWalkthrough", "leery.leery#leery.first", false);
  const steps = page.locator(".gettingStartedContainer");
  await steps.getByText("First steps with Leery").first().waitFor();
  await steps.getByText("Start the server").first().waitFor();
  await vscode.screenshot("walkthrough");
  await steps.locator(".monaco-button", { hasText: "Show status" }).click();
  await page.locator(".quick-input-widget", { hasText: "bandit:" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".getting-started-step", { hasText: "Start the server" }).locator(".codicon-getting-started-step-checked").waitFor();
  await vscode.ask("close");
});

test("the workspace is scanned", async () => {
  await vscode.ask("setting", { name: "leery.scope", value: "all" });
  await vscode.command("workbench.action.showCommands");
  await page.keyboard.type("Leery: Scan the Workspace");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Scan the Workspace" }).first().waitFor();
  await page.keyboard.press("Enter");
  await eventually(async () => {
    const found = await findings("unopened.py");
    assert.ok(found.some(({ range }) => range[0] === 4), JSON.stringify(found));
  }, 30_000);
  await vscode.ask("setting", { name: "leery.scope", value: undefined });
});

test("the log is exported", async () => {
  await vscode.open("export.py", [1, 0]);
  await vscode.paste("one = 1\ntwo = 2\n");
  await eventually(async () => assert.ok((await vscode.log()).some(({ file }) => file === "export.py")));
  const target = path.join(vscode.home, "exported.jsonl");
  const done = vscode.ask("command", { id: "leery.exportWorkspaceLog" }, 30_000);
  const dialog = page.locator(".quick-input-widget:visible", { hasText: "Export the provenance log" });
  // The dialog looks into the folder, first into that of the workspace; before it has, it takes nothing in.
  await dialog.locator(".monaco-list-row", { hasText: ".." }).first().waitFor();
  await dialog.locator("input.input").first().fill(target);
  await dialog.locator(".monaco-list-row", { hasText: "config" }).first().waitFor();
  await dialog.locator(".monaco-button", { hasText: "OK" }).click();
  await done;
  const entries = readFileSync(target, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
  const [insertion] = entries.filter(({ type, file }) => type === "insertion" && file === "export.py");
  assert.deepEqual([insertion.origin.kind, insertion.origin.evidence], ["paste", "observed"]);
});
