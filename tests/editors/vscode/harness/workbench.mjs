// A real VS Code with a person in front of it: code-server, Chromium, and the stub assistant's socket.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const tools = process.env.LEERY_VSCODE;
const { chromium } = createRequire(path.join(tools, "x.js"))("playwright-core");
const execute = promisify(execFile);

export const root = path.resolve(here, "../../..");
export const output = path.join(here, "output");
export const leery = path.join(root, ".venv/bin/leery");

const CHROMIUM = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
];
const USUAL = {
  "files.autoSave": "off",
  "chat.disableAIFeatures": true,
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Light Modern",
  "window.autoDetectColorScheme": false,
  "editor.minimap.enabled": false,
  // What moves is painted by the processor here, over and over.
  "workbench.reduceMotion": "on",
  "editor.cursorBlinking": "solid",
  "editor.wordBasedSuggestions": "off",
  "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
  "editor.acceptSuggestionOnEnter": "off",
  "editor.autoClosingBrackets": "never",
  "editor.autoClosingQuotes": "never",
  "editor.autoIndent": "none",
  "editor.formatOnPaste": false,
  "editor.hover.delay": 100,
  "editor.inlineSuggest.showToolbar": "always",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
  "git.enabled": false,
  "leery.server.path": leery,
  "leery.logLevel": "info",
  // It starts with every server and says nothing that the others do not say of these files.
  "leery.engines.semgrep": false,
};

// A run that is broken off leaves nothing behind.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

export class Workbench {
  /**
   * Start VS Code on files and show it.
   *
   * @param {object} options
   * @param {Record<string, string>} options.files texts by path within the folder that is opened
   * @param {string[]} [options.folders] open these as a workspace of several folders
   * @param {object} [options.settings] the person's own
   * @param {boolean} [options.trust] false: VS Code asks whether to trust the folder
   * @param {boolean} [options.exact] allow Leery the proposed API
   * @param {Record<string, string>} [options.env] further environment variables
   * @param {string} [options.extensions] the folder of extensions in the output folder
   * @param {boolean} [options.wait] false: return before the server is attached
   */
  static async start(options) {
    const workbench = new Workbench();
    try {
      await workbench.#start(options);
    } catch (error) {
      await workbench.stop();
      throw error;
    }
    return workbench;
  }

  async #start({ files, folders, settings = {}, trust = true, exact = false, env = {}, wait = true, extensions: set = "extensions" }) {
    this.home = realpathSync(mkdtempSync(path.join(os.tmpdir(), "leery-vscode-")));
    this.folder = path.join(this.home, "work");
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    const user = path.join(this.home, "user");
    // Settings of the scope `machine` are those of the machine that the server runs on.
    for (const kind of ["User", "Machine"]) {
      mkdirSync(path.join(user, kind), { recursive: true });
      writeFileSync(path.join(user, kind, "settings.json"), JSON.stringify({ ...USUAL, ...settings }));
    }
    const extensions = path.join(this.home, "extensions");
    cpSync(path.join(output, set), extensions, { recursive: true });
    this.socket = path.join(this.home, "stub.sock");
    this.env = {
      ...process.env,
      HOME: this.home,
      XDG_CONFIG_HOME: path.join(this.home, "config"),
      XDG_CACHE_HOME: path.join(this.home, "cache"),
      XDG_STATE_HOME: path.join(this.home, "state"),
      XDG_DATA_HOME: path.join(this.home, "data"),
      LEERY_STUB_SOCKET: this.socket,
      SEMGREP_SEND_METRICS: "off",
      ...env,
    };
    delete this.env.NODE_OPTIONS;
    const port = await freePort();
    const args = [
      path.join(tools, "node_modules/code-server/out/node/entry.js"),
      "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--user-data-dir", user, "--extensions-dir", extensions,
      "--disable-telemetry", "--disable-update-check", "--disable-getting-started-override", "--reconnection-grace-time", "5",
      ...(trust ? ["--disable-workspace-trust"] : []),
      ...(exact ? ["--enable-proposed-api", "leery.leery"] : []),
    ];
    this.server = spawn(process.execPath, args, { env: this.env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    this.kill = () => {
      try {
        process.kill(-this.server.pid, "SIGKILL");
      } catch {
        // it is gone
      }
    };
    process.once("exit", this.kill);
    this.said = "";
    for (const stream of [this.server.stdout, this.server.stderr]) stream.on("data", (data) => (this.said += data));
    await eventually(() => assert.match(this.said, /HTTP server listening/), 120_000);
    this.browser = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: CHROMIUM });
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: `http://127.0.0.1:${port}` });
    this.page = await context.newPage();
    this.page.setDefaultTimeout(60_000);
    const target = folders === undefined ? `folder=${this.folder}` : `workspace=${this.#workspace(folders)}`;
    await this.page.goto(`http://127.0.0.1:${port}/?${target}`);
    await this.page.locator(".monaco-workbench").waitFor({ timeout: 120_000 });
    await eventually(() => this.ask("state"), 120_000);
    if (wait) await this.attached();
  }

  #workspace(folders) {
    const file = path.join(this.home, "two.code-workspace");
    writeFileSync(file, JSON.stringify({ folders: folders.map((name) => ({ path: path.join(this.folder, name) })) }));
    return file;
  }

  /** End everything that was started, and remove it. */
  async stop() {
    await this.browser?.close().catch(() => undefined);
    if (this.server !== undefined && this.server.exitCode === null) {
      const gone = new Promise((resolve) => this.server.once("close", resolve));
      process.kill(-this.server.pid, "SIGTERM");
      const late = setTimeout(this.kill, 10_000);
      await gone;
      clearTimeout(late);
      process.off("exit", this.kill);
    }
    if (this.home !== undefined) rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Set one of the settings that belong to the machine. */
  setMachine(name, value) {
    const file = path.join(this.home, "user/Machine/settings.json");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), [name]: value }));
  }

  path(name) {
    return path.join(this.folder, name);
  }

  write(name, text) {
    mkdirSync(path.dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  read(name) {
    return readFileSync(this.path(name), "utf8");
  }

  /** Have the stub assistant do something within the extension host. */
  ask(operation, argument = {}, timeout = 90_000) {
    const body = JSON.stringify({ operation, ...argument });
    return new Promise((resolve, reject) => {
      const request = http.request({ socketPath: this.socket, method: "POST", path: "/" }, (response) => {
        let text = "";
        response.on("data", (data) => (text += data));
        response.on("end", () => {
          const { error, result } = JSON.parse(text);
          if (error === undefined) resolve(result);
          else reject(new Error(`${operation}: ${error}`));
        });
      });
      request.on("error", reject);
      // Some commands wait for a dialog that nobody answers.
      request.setTimeout(timeout, () => request.destroy(new Error(`${operation} was not answered: ${body.slice(0, 200)}`)));
      request.end(body);
    });
  }

  command(id, ...args) {
    return this.ask("command", { id, args });
  }

  /** Wait until the status bar says that the server runs. */
  attached() {
    return eventually(async () => assert.match(await this.status(), /unreviewed|ready/), 120_000);
  }

  status() {
    return this.page.locator('[id="leery.leery.leery.status"]').innerText({ timeout: 60_000 });
  }

  /** Show a file with the cursor at a place, and put the keyboard's focus there. */
  async open(name, at = [0, 0]) {
    await this.ask("open", { path: this.path(name), at });
    await this.focus();
    await eventually(async () => assert.equal((await this.ask("state")).path, this.path(name)));
  }

  /** Give the editor the keyboard. */
  focus() {
    return this.command("workbench.action.focusActiveEditorGroup");
  }

  /** Set the cursors, and wait until the window has them: a key pressed earlier would go to another place. */
  async select(...ranges) {
    await this.ask("select", { ranges });
    await this.command("setContext", "leery.tests", true);
  }

  text(name) {
    return this.ask("text", name === undefined ? {} : { path: this.path(name) });
  }

  /** Type as a person does, and wait until the text has it. */
  async type(text) {
    const before = (await this.ask("state")).version;
    await this.page.keyboard.type(text);
    await eventually(async () => assert.ok((await this.ask("state")).version >= before + [...text].length));
  }

  /** Press keys and wait for the change that they make. */
  async press(keys) {
    const before = (await this.ask("state")).version;
    await this.page.keyboard.press(keys);
    await eventually(async () => assert.notEqual((await this.ask("state")).version, before));
  }

  /** Put a text on the clipboard as another program would, and paste it. */
  async paste(text) {
    await this.copyOutside(text);
    await this.press("Control+V");
  }

  copyOutside(text) {
    return this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
  }

  /** Have a completion shown and wait until it is visible. */
  async suggest(text, range) {
    await this.ask("suggest", range === undefined ? { text } : { text, range });
    await this.page.locator(".ghost-text, .ghost-text-decoration").first().waitFor();
  }

  async save(name) {
    await this.command("workbench.action.files.save");
    await eventually(async () => assert.equal(this.read(name), await this.text(name)));
  }

  /** What `leery` prints as JSON. */
  async leery(...args) {
    const { stdout } = await execute(leery, args, { env: this.env, cwd: this.folder, maxBuffer: 1 << 26 });
    return JSON.parse(stdout);
  }

  blame(name) {
    return this.leery("blame", this.path(name), "--format", "json");
  }

  log() {
    return this.leery("log", "show", "--format", "json");
  }

  /** The kind of each character of a file as `leery blame` tells it, as runs [kind, text]; the file must be saved. */
  async runs(name) {
    const lines = this.read(name).split("\n");
    const runs = [];
    for (const { line, spans } of await this.blame(name)) {
      const characters = [...lines[line - 1]];
      for (const { start, end, origin } of spans) {
        const text = characters.slice(start, end).join("");
        const kind = origin?.kind ?? "nobody";
        if (runs.at(-1)?.[0] === kind && runs.at(-1)[2] === line) runs.at(-1)[1] += text;
        else runs.push([kind, text, line]);
      }
    }
    return runs.map(([kind, text]) => [kind, text]);
  }

  screenshot(name) {
    return this.page.screenshot({ path: path.join(output, `${name}.png`) });
  }
}

/** Repeat until nothing is thrown; what is thrown at the end is thrown. */
export async function eventually(check, timeout = 60_000) {
  const end = performance.now() + timeout;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
