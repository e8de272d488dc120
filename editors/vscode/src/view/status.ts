/** The item in the status bar: what is left to review, what is open, and whether the engines are well. */

import * as vscode from "vscode";

import type { Engine, Status } from "../protocol";
import type { Health } from "../server/manager";

/** Whether an engine should run and cannot. One that is switched off says nothing, one that is missing is optional. */
function isIll({ state, message }: Engine): boolean {
  return state === "failed" || (state === "disabled" && message !== "");
}

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("leery.status", vscode.StatusBarAlignment.Left, 40);
  private health: Health = "stopped";
  private status: Status | undefined;

  constructor() {
    this.item.name = "Leery";
    this.item.command = "leery.showStatus";
    this.draw();
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }

  setHealth(health: Health): void {
    this.health = health;
    if (health !== "running") this.status = undefined;
    this.draw();
  }

  setStatus(status: Status): void {
    this.status = status;
    this.draw();
  }

  /** The engines and counts as lines of text. */
  lines(): string[] {
    if (this.status === undefined) return [`Server: ${this.health}`];
    const { engines, unreviewed, findings } = this.status;
    return [
      `${unreviewed} unreviewed ${unreviewed === 1 ? "block" : "blocks"}, ${findings} open ${findings === 1 ? "finding" : "findings"}`,
      ...engines.map(({ name, state, message }) => `${name}: ${state}${message === "" ? "" : ` (${message})`}`),
    ];
  }

  private draw(): void {
    const { status, health } = this;
    const ill = health === "missing" || health === "failed" || status?.engines.some(isIll);
    if (status === undefined) {
      const words = {
        stopped: "stopped",
        starting: "starting…",
        running: "ready",
        missing: "no server",
        failed: "failed",
      };
      this.item.text = `$(shield) Leery: ${words[health]}`;
    } else {
      const icon = ill ? "$(warning)" : status.analysing ? "$(sync~spin)" : "$(shield)";
      this.item.text = `${icon} ${status.unreviewed} unreviewed, ${status.findings} found`;
    }
    this.item.backgroundColor = ill ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    const tooltip = new vscode.MarkdownString("**Leery**\n\n");
    for (const line of this.lines()) tooltip.appendText(line).appendMarkdown("\n\n");
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { label: `Leery: ${this.lines().join("; ")}` };
  }
}
