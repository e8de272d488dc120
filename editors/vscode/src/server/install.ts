/** The server in an environment of the extension's own: made from the bundled wheel, in the global storage. */

import { createHash } from "node:crypto";
import { promises as fs } from "node:fs";
import * as path from "node:path";

import * as vscode from "vscode";

import { findPython } from "./python";
import { run } from "./run";

const WINDOWS = process.platform === "win32";
/** Written when everything is installed: an environment without it was left half made. */
const MARK = "leery-installed";

/** The private folder in which the server and its installation run. */
export async function storage(context: vscode.ExtensionContext): Promise<string> {
  const folder = context.globalStorageUri.fsPath;
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** The server of the own environment for the bundled wheel, if it is complete. */
export async function ownEnvironment(context: vscode.ExtensionContext): Promise<string | undefined> {
  const wheel = await bundledWheel(context);
  if (wheel === undefined) return undefined;
  const folder = await folderFor(context, wheel);
  try {
    await fs.access(path.join(folder, MARK));
    return program(folder, "leery");
  } catch {
    return undefined;
  }
}

/**
 * Make the own environment.
 *
 * @throws with a message for the person if that is not possible.
 */
export async function install(
  context: vscode.ExtensionContext,
  report: (message: string) => void,
  log: vscode.LogOutputChannel,
  token: vscode.CancellationToken,
): Promise<void> {
  const wheel = await bundledWheel(context);
  if (wheel === undefined) throw new Error("This build of the extension has no server in it; set leery.server.path.");
  const home = await storage(context);
  const found = await findPython(home);
  if ("missing" in found) throw new Error(found.missing);
  const folder = await folderFor(context, wheel);
  await fs.rm(folder, { recursive: true, force: true });
  const step = async (args: readonly string[], command: string): Promise<boolean> => {
    const line = (text: string): void => {
      log.info(text);
      report(text.slice(0, 80));
    };
    const ended = await run(command, args, home, line, token);
    if (token.isCancellationRequested) throw new Error("The installation was cancelled.");
    return ended.code === 0;
  };
  log.info(`making ${folder} with ${found.python}`);
  report("Making an environment");
  if (!(await step(["-I", "-m", "venv", folder], found.python))) {
    throw new Error(`${found.python} could not make an environment.`);
  }
  const python = program(folder, "python");
  const pip = ["-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"];
  if (!(await step([...pip, `${wheel}[semgrep]`], python))) {
    log.warn("semgrep could not be installed; going on without it");
    if (!(await step([...pip, wheel], python))) throw new Error("pip could not install the server; the log tells why.");
  }
  await fs.writeFile(path.join(folder, MARK), "");
  await removeOthers(home, folder);
}

async function bundledWheel(context: vscode.ExtensionContext): Promise<string | undefined> {
  const folder = context.asAbsolutePath("server");
  try {
    const wheels = (await fs.readdir(folder)).filter((name) => name.endsWith(".whl"));
    return wheels[0] === undefined ? undefined : path.join(folder, wheels[0]);
  } catch {
    return undefined;
  }
}

async function folderFor(context: vscode.ExtensionContext, wheel: string): Promise<string> {
  const digest = createHash("sha256")
    .update(await fs.readFile(wheel))
    .digest("hex");
  return path.join(context.globalStorageUri.fsPath, `env-${digest.slice(0, 16)}`);
}

function program(folder: string, name: string): string {
  return WINDOWS ? path.join(folder, "Scripts", `${name}.exe`) : path.join(folder, "bin", name);
}

async function removeOthers(home: string, kept: string): Promise<void> {
  for (const name of await fs.readdir(home)) {
    const folder = path.join(home, name);
    if (name.startsWith("env-") && folder !== kept) {
      await fs.rm(folder, { recursive: true, force: true }).catch(() => undefined); // still used by another window
    }
  }
}
