/** Tells the person why there is no server, with a button for what mends it. */

import * as vscode from "vscode";

import type { Problem } from "./manager";

const INSTALL = "Install the Server";
const SETTINGS = "Open Settings";
const RESTART = "Restart";
const LOG = "Show Log";

const BUTTONS: Readonly<Record<Problem["kind"], readonly string[]>> = {
  missing: [INSTALL, SETTINGS, LOG],
  setting: [SETTINGS, LOG],
  version: [INSTALL, SETTINGS, LOG],
  crash: [RESTART, LOG],
};

/** Show a problem; nothing waits for the answer. */
export function tellProblem(problem: Problem, log: vscode.LogOutputChannel): void {
  const show = problem.kind === "missing" ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
  void show(problem.message, ...BUTTONS[problem.kind]).then(async (button) => {
    if (button === INSTALL) await vscode.commands.executeCommand("leery.installServer");
    if (button === SETTINGS) await vscode.commands.executeCommand("workbench.action.openSettings", "leery.server");
    if (button === RESTART) await vscode.commands.executeCommand("leery.restart");
    if (button === LOG) log.show();
  });
}
