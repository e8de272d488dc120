/** Reloads: the editor takes over what was written to a file outside. */

import * as vscode from "vscode";

import type { Edit } from "./edit";

/** Milliseconds between what a watcher sees and the reload. */
const WINDOW = 5_000;
/** Milliseconds after a save within which the watcher speaks of the save itself. */
const OWN = 2_000;

export class Disk implements vscode.Disposable {
  private readonly written = new Map<string, number>();
  private readonly saved = new Map<string, number>();
  private readonly disposables: vscode.Disposable[] = [];

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher("**/*", false, false, true);
    const note = (uri: vscode.Uri) => this.note(uri);
    this.disposables.push(
      watcher,
      watcher.onDidCreate(note), // a file that was replaced by renaming another over it
      watcher.onDidChange(note),
      vscode.workspace.onDidSaveTextDocument((document) => this.mark(this.saved, document.uri)),
    );
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  /**
   * Whether a change is a reload: the document is clean after it, as after no edit that a person makes, and somebody
   * else has written the file just before. (Giving changes up leaves a clean document too.)
   */
  isReload(edit: Edit): boolean {
    const { uri, isDirty } = edit.document;
    if (isDirty || uri.scheme !== "file") return false;
    const written = this.written.get(uri.toString());
    return written !== undefined && performance.now() - written <= WINDOW;
  }

  private note(uri: vscode.Uri): void {
    const saved = this.saved.get(uri.toString());
    if (saved !== undefined && performance.now() - saved <= OWN) return;
    this.mark(this.written, uri);
  }

  private mark(times: Map<string, number>, uri: vscode.Uri): void {
    const now = performance.now();
    times.set(uri.toString(), now);
    if (times.size < 1_000) return;
    for (const [name, time] of times) if (now - time > WINDOW) times.delete(name);
  }
}
