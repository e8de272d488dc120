/** The log's entries on a block or a document, as a read-only Markdown document. */

import * as vscode from "vscode";

import { type Origin, phrase } from "../protocol";

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
    await vscode.window.showTextDocument(document, {
      preview: true,
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: false,
    });
  }
}

/** What only a verifier needs; `leery log show` has all of it. */
const HIDDEN = new Set([
  ...["index", "id", "time", "type", "file", "v", "run", "amends", "clipped", "commitments", "redacted", "revision"],
  ...[
    "erased",
    "withheld",
    "ranges",
    "length",
    "versions",
    "pathBlocks",
    "endLine",
    "fingerprint",
    "language",
    "content",
  ],
]);
/** What is text of its own. */
const QUOTED = new Set(["code", "message", "reason", "note"]);

function render(name: string, block: string | undefined, entries: readonly Entry[]): string {
  const head = `# Provenance of ${name}${block === undefined ? "" : `, block ${block.slice(0, 8)}`}\n`;
  if (entries.length === 0) return `${head}\nNothing is recorded yet.\n`;
  return head + entries.map(section).join("");
}

function section(entry: Entry): string {
  const facts: string[] = [];
  const quoted: string[] = [];
  for (const [key, value] of Object.entries(entry)) {
    if (HIDDEN.has(key) || value === null || value === undefined || value === "") continue;
    if (QUOTED.has(key) && typeof value === "string") quoted.push(fence(value));
    else facts.push(`- ${key}: ${words(key, value)}\n`);
  }
  return `\n## ${entry.type ?? ""}, ${when(entry.time)}\n\n${facts.join("")}${quoted.join("")}`;
}

function when(time: string | undefined): string {
  return time === undefined ? "" : new Date(time).toLocaleString();
}

function words(key: string, value: unknown): string {
  if (key === "origin" && typeof value === "object" && value !== null) return phrase(value as Origin);
  if (key === "block" && typeof value === "string") return value.slice(0, 8);
  if (key === "lines" && Array.isArray(value))
    return value.map((pair) => [...new Set(pair as number[])].join("–")).join(", ");
  if (Array.isArray(value)) return value.map((item) => words("", item)).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .filter(([, item]) => item !== null)
    .map(([name, item]) => `${name} ${words(name, item)}`)
    .join(", ");
}

/** A code block whose fence is longer than any run of backticks in it. */
function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = "`".repeat(longest + 1);
  return `\n${mark}\n${text.replace(/\s+$/, "")}\n${mark}\n`;
}
