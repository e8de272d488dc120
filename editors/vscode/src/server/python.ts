/** Finds a Python that can make the server's environment, and the one selected in the Python extension. */

import type { PythonExtension } from "@vscode/python-extension";
import * as vscode from "vscode";

import { which } from "./locate";
import { run } from "./run";

const NAMES = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python"];
const PROBE = "import sys, venv, ensurepip; print(sys.executable if sys.version_info >= (3, 10) else '')";

const selected = new vscode.EventEmitter<void>();
/** Another interpreter has been selected in the Python extension; nothing is heard before it was asked for one. */
export const onInterpreterSelected = selected.event;
let listening: vscode.Disposable | undefined;

/** The interpreter selected in the Python extension, if there is one. */
export async function selectedInterpreter(): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
  if (extension === undefined) return undefined;
  try {
    const { environments } = await extension.activate();
    listening ??= environments.onDidChangeActiveEnvironmentPath(() => selected.fire());
    const chosen = environments.getActiveEnvironmentPath(vscode.workspace.workspaceFolders?.[0]?.uri);
    return (await environments.resolveEnvironment(chosen))?.executable.uri?.fsPath;
  } catch {
    return undefined; // another extension's fault is no reason not to start
  }
}

/** A Python 3.10 or newer with its venv module, or what is wrong with the one the person has named. */
export async function findPython(folder: string): Promise<{ python: string } | { missing: string }> {
  const chosen = vscode.workspace.getConfiguration("leery").get("server.interpreter", "").trim();
  if (chosen !== "") {
    const python = await probe(chosen, folder);
    if (python !== undefined) return { python };
    return {
      missing: `The setting leery.server.interpreter is "${chosen}", which is no Python 3.10 or newer with its venv module.`,
    };
  }
  // A workspace's interpreter is the workspace's code: it runs only where that is trusted.
  const own = vscode.workspace.isTrusted ? await selectedInterpreter() : undefined;
  for (const candidate of [own, ...(await Promise.all(NAMES.map(which)))]) {
    const python = candidate === undefined ? undefined : await probe(candidate, folder);
    if (python !== undefined) return { python };
  }
  return { missing: "Leery needs Python 3.10 or newer with its venv module, and none was found on PATH." };
}

async function probe(python: string, folder: string): Promise<string | undefined> {
  try {
    const { code, out } = await run(python, ["-I", "-c", PROBE], folder);
    return code === 0 && out.trim() !== "" ? out.trim() : undefined;
  } catch {
    return undefined;
  }
}
