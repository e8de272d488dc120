// What the extension tells the server about edits that a person and an assistant make.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { eventually, Workbench } from "./harness/workbench.mjs";

const SHELL = 'import subprocess\n\n\ndef listing(name):\n    return subprocess.call("ls " + name, shell=True)\n';

let vscode;
before(async () => {
  vscode = await Workbench.start({ files: { "paste.py": "# notes\n" } });
});
after(() => vscode?.stop());

test("a paste by keyboard is told, checked, shown and recorded", async () => {
  await vscode.open("paste.py", [1, 0]);
  await vscode.paste(SHELL);
  await vscode.page.locator(".squiggly-error, .squiggly-warning").first().waitFor();
  await vscode.save("paste.py");
  await eventually(async () => {
    const runs = await vscode.runs("paste.py");
    assert.deepEqual(runs[0], ["nobody", "# notes"]);
    assert.deepEqual([...new Set(runs.slice(1).map(([kind]) => kind))], ["paste"]);
  });
  const entries = await vscode.log();
  const insertion = entries.find(({ type }) => type === "insertion");
  assert.equal(insertion.origin.kind, "paste");
  assert.equal(insertion.origin.evidence, "observed");
  await vscode.screenshot("paste");
});
