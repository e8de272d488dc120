/** Finds what starts the server. Nothing is executed here; a workspace's own environment counts only when trusted. */

import { constants, promises as fs } from "node:fs";
import * as path from "node:path";

import * as vscode from "vscode";

import { ownEnvironment } from "./install";
import { selectedInterpreter } from "./python";

const WINDOWS = process.platform === "win32";

export interface Found {
  readonly command: string;
  /** In words, for the log. */
  readonly from: string;
  /** Whether it is that of the environment selected in the Python extension. */
  readonly selected?: boolean;
}

export interface Missing {
  /** What to tell the person. */
  readonly missing: string;
  /** Whether a setting is to blame. */
  readonly setting?: string;
}

/** The first of: the setting, the extension's own environment, the selected Python's, the one on PATH. */
export async function locate(context: vscode.ExtensionContext): Promise<Found | Missing> {
  const chosen = vscode.workspace.getConfiguration("leery").get("server.path", "").trim();
  if (chosen !== "") {
    if (path.isAbsolute(chosen) && (await isExecutable(chosen)))
      return { command: chosen, from: "the setting leery.server.path" };
    const why = path.isAbsolute(chosen) ? "there is no such program" : "it is not an absolute path";
    return { missing: `The setting leery.server.path is "${chosen}", but ${why}.`, setting: "leery.server.path" };
  }
  const own = await ownEnvironment(context);
  if (own !== undefined) return { command: own, from: "the extension's own environment" };
  const python = vscode.workspace.isTrusted ? await selectedInterpreter() : undefined;
  if (python !== undefined) {
    const beside = path.join(path.dirname(python), WINDOWS ? "leery.exe" : "leery");
    if (await isExecutable(beside))
      return { command: beside, from: "the environment selected in the Python extension", selected: true };
  }
  const onPath = await which("leery");
  if (onPath !== undefined) return { command: onPath, from: "PATH" };
  return { missing: "The Leery server is not installed." };
}

/** A program on PATH, by its absolute path. Relative folders on PATH would be the workspace's: they are passed over. */
export async function which(name: string): Promise<string | undefined> {
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue;
    const candidate = path.join(folder, WINDOWS ? `${name}.exe` : name);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

export async function isExecutable(file: string): Promise<boolean> {
  try {
    await fs.access(file, WINDOWS ? constants.F_OK : constants.X_OK);
    return (await fs.stat(file)).isFile();
  } catch {
    return false;
  }
}
