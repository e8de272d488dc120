// Exact sources with the person's permission; the server's installation.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";

import { eventually, Workbench } from "./harness/workbench.mjs";

const SHELL = 'import subprocess\n\n\ndef listing(name):\n    return subprocess.call("ls " + name, shell=True)\n';

describe("with permission for exact sources", () => {
  let vscode;
  before(async () => {
    vscode = await Workbench.start({ files: { "a.py": "# notes\n", "b.py": "# other\n", "c.py": "# third\n" }, exact: true });
  });
  after(() => vscode?.stop());

  test("a suggestion accepted by mouse has a name", async () => {
    await vscode.open("a.py", [1, 0]);
    await vscode.type("x");
    await vscode.suggest(" = 1");
    await vscode.page.locator(".inlineSuggestionsHints .inlineSuggestionStatusBarItemLabel", { hasText: "Accept" }).first().click();
    await eventually(async () => assert.equal(await vscode.text("a.py"), "# notes\nx = 1"));
    await vscode.ask("forget");
    await vscode.page.keyboard.press("Control+End");
    await vscode.paste("; y");
    await vscode.save("a.py");
    await eventually(async () => {
      assert.deepEqual(await vscode.runs("a.py"), [["nobody", "# notes"], ["typed", "x"], ["completion", " = 1"], ["paste", "; y"]]);
    });
    const { origin } = (await vscode.log()).find(({ type, origin: from }) => type === "insertion" && from.kind === "completion");
    assert.deepEqual([origin.evidence, origin.assistant, origin.prompt], ["reported", "leery-tests.stub-assistant", null]);
  });

  test("by Tab it has the same name, told once", async () => {
    await vscode.open("b.py", [1, 0]);
    await vscode.suggest("total = price * count");
    await vscode.press("Tab");
    await vscode.ask("forget");
    await vscode.save("b.py");
    await eventually(async () => assert.deepEqual((await vscode.runs("b.py")).at(-1), ["completion", "total = price * count"]));
    const mine = (await vscode.log()).filter(({ file }) => file === "b.py");
    assert.deepEqual(mine.filter(({ type }) => type === "insertion").map(({ origin }) => origin.evidence), ["reported"]);
    assert.deepEqual(mine.filter(({ type }) => type === "hint-unmatched"), []);
  });

  test("a file rewritten on disk", async () => {
    await vscode.open("c.py", [1, 0]);
    writeFileSync(vscode.path("c.py"), "# third\nz = 1\n");
    await eventually(async () => assert.equal(await vscode.text("c.py"), "# third\nz = 1\n"));
    await vscode.type("t");
    await vscode.save("c.py");
    await eventually(async () => {
      const kinds = (await vscode.runs("c.py")).map(([kind, text]) => `${kind} ${text}`).sort();
      assert.deepEqual(kinds, ["disk z = 1", "nobody # third", "typed t"]);
    });
  });
});

describe("without any server", () => {
  let vscode;
  before(async () => {
    const settings = { "leery.server.path": "" };
    vscode = await Workbench.start({ files: { "a.py": "# notes\n" }, settings, wait: false });
  });
  after(() => vscode?.stop());

  test("the button installs the one that the extension brings", { timeout: 240_000 }, async () => {
    const notice = vscode.page.locator(".notification-list-item", { hasText: "is not installed" }).first();
    await notice.waitFor();
    await notice.locator(".monaco-button", { hasText: "Install the Server" }).click();
    await eventually(async () => assert.match(await vscode.status(), /unreviewed|ready/), 200_000);
    await vscode.open("a.py", [1, 0]);
    await vscode.paste(SHELL);
    await vscode.page.locator(".squiggly-error").first().waitFor();
  });
});
