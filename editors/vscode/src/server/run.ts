/** Runs a program to its end: never through a shell, never in the workspace, never with its modules in reach. */

import { spawn } from "node:child_process";

import type { CancellationToken } from "vscode";

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The environment for Leery's programs: the person's own, without what would let Python load other modules. */
export function environment(): NodeJS.ProcessEnv {
  const kept = { ...process.env };
  for (const name of Object.keys(kept)) {
    if (/^PYTHON(PATH|HOME|STARTUP|USERBASE|INSPECT)$/i.test(name)) delete kept[name];
  }
  return kept;
}

/**
 * Run a program with a list of arguments.
 *
 * @param folder where it runs: a private one, since some systems look for programs there first.
 * @param onLine called with every line it prints.
 * @throws if it cannot be started.
 */
export function run(
  command: string,
  args: readonly string[],
  folder: string,
  onLine?: (line: string) => void,
  token?: CancellationToken,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd: folder,
      env: environment(),
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    const cancel = token?.onCancellationRequested(() => child.kill());
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      for (const line of text.split(/\r?\n/)) if (line.trim() !== "") onLine?.(line);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
      for (const line of text.split(/\r?\n/)) if (line.trim() !== "") onLine?.(line);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      cancel?.dispose();
      resolve({ code, out, err });
    });
  });
}
