// The server's life as a person meets it: missing, wrong, crashing, killed, slow; trust; several folders.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";

import { eventually, leery, Workbench } from "./harness/workbench.mjs";

const SHELL = 'import subprocess\n\n\ndef listing(name):\n    return subprocess.call("ls " + name, shell=True)\n';

/** The process ids of the servers that a window has started. */
function servers(vscode) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
        return words.includes("serve") && readFileSync(`/proc/${pid}/environ`, "utf8").includes(vscode.socket);
      } catch {
        return false;
      }
    })
    .map(Number);
}

const notice = (vscode, text) => vscode.page.locator(".notification-list-item", { hasText: text }).first();

async function findings(vscode, name) {
  return (await vscode.ask("diagnostics", { path: vscode.path(name) })).filter(({ source }) => source === "leery");
}

describe("two folders", () => {
  let vscode;
  before(async () => {
    vscode = await Workbench.start({ files: { "one/a.py": "# one\n", "two/b.py": "# two\n", "two/c.py": "" }, folders: ["one", "two"] });
  });
  after(() => vscode?.stop());

  test("each keeps its own record, and the tree shows both", async () => {
    await vscode.open("one/a.py", [1, 0]);
    await vscode.paste(SHELL);
    await vscode.open("two/b.py", [1, 0]);
    await vscode.paste(SHELL.replace("listing", "other"));
    await eventually(async () => assert.ok((await findings(vscode, "two/b.py")).length > 0));
    for (const [name, folder] of [["one/a.py", "one"], ["two/b.py", "two"]]) {
      await vscode.open(name);
      await vscode.save(name);
      await eventually(async () => assert.equal((await vscode.blame(name))[4].origin?.kind, "paste"));
      await vscode.command("leery.provenance.focus");
      await vscode.page.locator(".pane-body .monaco-list-row", { hasText: folder }).first().waitFor();
    }
    await vscode.screenshot("folders");
  });

  test("a killed server is started again, and nothing is forgotten", async () => {
    const [pid] = servers(vscode);
    process.kill(pid, "SIGKILL");
    await eventually(() => {
      const now = servers(vscode);
      assert.ok(now.length === 1 && now[0] !== pid, `${now}`);
    });
    await vscode.attached();
    await vscode.open("one/a.py", [1, 0]);
    await vscode.page.locator(".codelens-decoration a", { hasText: "paste, observed" }).waitFor();
    await vscode.select([6, 0]);
    await vscode.type("x = 1");
    await vscode.paste(" + 2_345");
    await vscode.save("one/a.py");
    await eventually(async () => {
      const runs = await vscode.runs("one/a.py");
      assert.deepEqual(runs.slice(-2), [["typed", "x = 1"], ["paste", " + 2_345"]]);
    });
  });

  test("restarts that are asked for at once come one after the other", async () => {
    const [pid] = servers(vscode);
    await Promise.all([1, 2, 3].map(() => vscode.command("leery.restart")));
    await vscode.attached();
    await eventually(() => assert.equal(servers(vscode).length, 1));
    assert.notEqual(servers(vscode)[0], pid);
    await vscode.open("one/a.py");
    await vscode.page.locator(".codelens-decoration a", { hasText: "paste, observed" }).first().waitFor();
  });

  test("read-only and virtual documents are left alone, and what was not pasted there explains nothing", async () => {
    await vscode.open("two/c.py", [0, 0]);
    await vscode.command("workbench.action.files.setActiveEditorReadonlyInSession");
    await vscode.copyOutside("p");
    await vscode.page.keyboard.press("Control+V");
    await vscode.page.keyboard.press("p");
    await vscode.page.locator(".monaco-editor-overlaymessage", { hasText: /read-only/ }).waitFor();
    await vscode.ask("open", { path: "leery-record:/nothing.md" });
    await vscode.focus();
    await vscode.page.keyboard.press("Control+V");
    assert.equal(await vscode.text("two/c.py"), "");
    await vscode.open("two/c.py", [0, 0]);
    await vscode.command("workbench.action.files.resetActiveEditorReadonlyInSession");
    await vscode.type("p");
    await vscode.save("two/c.py");
    await eventually(async () => assert.deepEqual(await vscode.runs("two/c.py"), [["typed", "p"]]));
    const others = (await vscode.log()).filter(({ file }) => !["a.py", "b.py"].includes(path.basename(file ?? "a.py")));
    assert.deepEqual(others, []);
  });
});

describe("a server that does not work", () => {
  let folder;
  let vscode;
  const program = (name, text) => {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const use = (file) => vscode.setMachine("leery.server.path", file);
  before(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "leery-programs-"));
    const settings = { "leery.server.path": path.join(folder, "absent") };
    vscode = await Workbench.start({ files: { "a.py": "# a\n" }, settings, wait: false });
  });
  after(async () => {
    await vscode?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("missing: said with a button, and typing goes on", async () => {
    await notice(vscode, "there is no such program").waitFor();
    await eventually(async () => assert.match(await vscode.status(), /no server/));
    await vscode.screenshot("missing");
    await notice(vscode, "there is no such program").getByText("Open Settings").waitFor();
    await vscode.open("a.py", [1, 0]);
    await vscode.type("typed");
    await vscode.paste("pasted");
    assert.equal(await vscode.text("a.py"), "# a\ntypedpasted");
    await vscode.command("notifications.clearAll");
  });

  test("crashing in a loop: given up after five times, and said so", async () => {
    const count = path.join(folder, "count");
    await use(program("crashing", `echo x >>"${count}"; exit 1`));
    await notice(vscode, "5 times within three minutes").waitFor({ timeout: 120_000 });
    await eventually(async () => assert.match(await vscode.status(), /failed/));
    await vscode.open("a.py");
    await vscode.type("#");
    assert.equal(readFileSync(count, "utf8"), "x\n".repeat(5));
    await vscode.command("notifications.clearAll");
  });

  test("of a wrong version: said, and not used", async () => {
    const script = path.join(folder, "old.py");
    writeFileSync(script, `
import json, sys
def read():
    size = 0
    while (line := sys.stdin.buffer.readline().strip()):
        if line.lower().startswith(b"content-length:"):
            size = int(line.split(b":")[1])
    return json.loads(sys.stdin.buffer.read(size)) if size else sys.exit()
while True:
    message = read()
    if message.get("method") == "exit":
        break
    if "id" in message:
        result = {"capabilities": {}, "serverInfo": {"name": "leery", "version": "0.0.9"}} if message["method"] == "initialize" else None
        body = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}).encode()
        sys.stdout.buffer.write(b"Content-Length: %d\\r\\n\\r\\n" % len(body) + body)
        sys.stdout.buffer.flush()
`);
    await use(program("old", `exec python3 "${script}"`));
    await notice(vscode, "the one found is 0.0.9").waitFor();
    await eventually(async () => assert.match(await vscode.status(), /failed/));
    await vscode.command("notifications.clearAll");
  });

  test("hanging: typing goes on, and the right one is used once it is named", async () => {
    await use(program("hanging", "exec sleep 1000"));
    await eventually(async () => assert.match(await vscode.status(), /starting/));
    await vscode.open("a.py");
    await vscode.type("##");
    await notice(vscode, "the server is slow to start").waitFor({ timeout: 120_000 });
    await use(leery);
    await vscode.attached();
    await vscode.page.keyboard.press("Control+End");
    await vscode.paste("\nimport os\nos.system(name)\n");
    await vscode.page.locator(".codelens-decoration a", { hasText: "paste, observed" }).first().waitFor();
  });

  test("a hint from before the server was there is in the log as unmatched", async () => {
    await eventually(async () => assert.ok((await vscode.log()).some(({ type }) => type === "hint-unmatched")));
  });
});

describe("an untrusted workspace", () => {
  let vscode;
  before(async () => {
    const files = {
      "a.py": "# a\n",
      "leery.toml": 'scope = "all"\n',
      ".vscode/settings.json": JSON.stringify({ "leery.engines.checks": false, "leery.server.path": "/nowhere" }),
    };
    vscode = await Workbench.start({ files, trust: false, wait: false, settings: { "security.workspace.trust.startupPrompt": "never" } });
    await vscode.attached();
  });
  after(() => vscode?.stop());

  test("its settings are not read until it is trusted", async () => {
    assert.equal((await vscode.ask("state")).trusted, false);
    await vscode.open("a.py", [1, 0]);
    await vscode.type("import subprocess\nsubprocess.call(x, shell=True)\n");
    await vscode.paste(SHELL);
    await eventually(async () => assert.ok((await findings(vscode, "a.py")).length > 0));
    const lines = (await findings(vscode, "a.py")).map(({ range }) => range[0]);
    assert.ok(lines.every((line) => line >= 3), `${lines}`);
  });

  test("its report is shown", async () => {
    await vscode.command("leery.openReport");
    const report = vscode.page.frameLocator("iframe.webview").frameLocator("iframe#active-frame");
    await report.getByRole("heading", { name: "a.py", level: 1 }).waitFor();
    await vscode.ask("close");
  });

  test("trust is told to the server", async () => {
    const [pid] = servers(vscode);
    const manage = vscode.command("workbench.trust.manage");
    await vscode.page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ }).first().click();
    await manage;
    await eventually(async () => assert.equal((await vscode.ask("state")).trusted, true));
    await eventually(() => assert.ok(servers(vscode).length === 1 && servers(vscode)[0] !== pid));
    await vscode.attached();
    await vscode.open("a.py");
    await eventually(async () => {
      const lines = (await findings(vscode, "a.py")).map(({ range }) => range[0]);
      assert.ok(lines.some((line) => line === 2), `${lines}`);
    });
  });
});
