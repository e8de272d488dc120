/** The log's entries on a block or a document, as a read-only Markdown document. */

import * as vscode from "vscode";

export const SCHEME = "leery-record";

interface Entry extends Readonly<Record<string, unknown>> {
  readonly time?: string;
  readonly type?: string;
}

export class Records implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly disposables: vscode.Disposable[];

  constructor() {
    this.disposables = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
    ];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? "";
  }

  /** Show entries, oldest first. */
  async show(of: string, block: string | undefined, entries: unknown): Promise<void> {
    const name = vscode.Uri.parse(of).path.split("/").at(-1) ?? "document";
    const path = `/Provenance of ${name}${block === undefined ? "" : `, block ${block.slice(0, 8)}`}.md`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: String(Date.now()) });
    this.texts.set(uri.toString(), render(name, block, Array.isArray(entries) ? (entries as Entry[]) : []));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside, preserveFocus: false });
  }
}

const HIDDEN = new Set(["index", "id", "time", "type", "file"]);

function render(name: string, block: string | undefined, entries: readonly Entry[]): string {
  const head = `# Provenance of ${name}${block === undefined ? "" : `, block ${block}`}\n`;
  if (entries.length === 0) return `${head}\nNothing is recorded yet.\n`;
  return head + entries.map(section).join("");
}

function section(entry: Entry): string {
  const facts = Object.entries(entry)
    .filter(([key, value]) => !HIDDEN.has(key) && value !== null && value !== undefined && value !== "")
    .map(([key, value]) => `- ${key}: ${inline(value)}\n`);
  return `\n## ${entry.time ?? ""} ${entry.type ?? ""}\n\n${facts.join("")}`;
}

function inline(value: unknown): string {
  if (typeof value !== "object" || value === null) return `\`${String(value)}\``;
  if (Array.isArray(value)) return value.map(inline).join(", ");
  return Object.entries(value)
    .filter(([, item]) => item !== null)
    .map(([key, item]) => `${key} ${inline(item)}`)
    .join(", ");
}
