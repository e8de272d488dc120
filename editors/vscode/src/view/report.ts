/**
 * The server's report, a page of its own, in a tab. Its content-security policy admits its own script and style by their
 * digests and nothing else; the tab takes no messages, runs no commands and reads no files, so what a log quotes stays text.
 */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";

const { Dark, HighContrast } = vscode.ColorThemeKind;

export class Reports implements vscode.Disposable {
  private readonly panels = new Map<string, vscode.WebviewPanel>();

  dispose(): void {
    for (const panel of this.panels.values()) panel.dispose();
  }

  /**
   * Have a report made, and show it.
   *
   * @param of what it is of: there is one tab for each
   * @param make writes the page to a path
   */
  async show(of: string, title: string, make: (path: string) => Promise<unknown>): Promise<void> {
    const page = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: "Leery: making the report" },
      () => made(make),
    );
    const panel = this.panels.get(of) ?? this.open(of, title);
    panel.webview.html = themed(page);
    panel.reveal();
  }

  private open(of: string, title: string): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel("leery.report", title, vscode.ViewColumn.Active, {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [],
      retainContextWhenHidden: true, // filters and place would be lost
    });
    panel.onDidDispose(() => this.panels.delete(of));
    this.panels.set(of, panel);
    return panel;
  }
}

/** The page that is written to a path in a folder nobody else can read, and that does not last. */
async function made(make: (path: string) => Promise<unknown>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "leery-report-"));
  try {
    const path = join(folder, "report.html");
    await make(path);
    return await readFile(path, "utf8");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The page in the colours that VS Code has: of itself it would follow the system. */
function themed(page: string): string {
  const { kind } = vscode.window.activeColorTheme;
  const theme = kind === Dark || kind === HighContrast ? "dark" : "light";
  return page.replace(/<html(?= )/, `<html data-theme="${theme}"`);
}
