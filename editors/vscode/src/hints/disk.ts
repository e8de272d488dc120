/** Reloads: the editor takes over what was written to a file outside. */

import { createHash } from "node:crypto";

import * as vscode from "vscode";

import type { Edit } from "./edit";

/** Milliseconds after which a document that still counts as clean is. */
const SETTLED = 150;

interface Question {
  readonly version: number;
  readonly settle: (reload: boolean) => void;
}

export class Disk implements vscode.Disposable {
  /** A digest of each document's text when it was last what the file held. */
  private readonly clean = new WeakMap<vscode.TextDocument, string>();
  private readonly open = new Map<vscode.TextDocument, Question>();
  private readonly disposables: vscode.Disposable[];

  constructor() {
    for (const document of vscode.workspace.textDocuments) this.remember(document);
    this.disposables = [
      vscode.workspace.onDidOpenTextDocument((document) => this.remember(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.remember(document)),
    ];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  /**
   * Find out whether a change is a reload: the document is clean after it, as after no edit that a person makes, and its
   * text is another than that of the file before. (Giving changes up leaves a clean document too, with the text it had.)
   *
   * After a reload VS Code tells the next edit before it tells that the document is dirty now. So a clean document is
   * believed only once the next thing is heard of it, or a little later.
   *
   * @returns false if it is none for certain; else `decide` is called with the answer, soon.
   */
  mayBeReload({ document, version }: Edit, decide: (reload: boolean) => void): boolean {
    if (document.isDirty || document.uri.scheme !== "file") return false;
    const before = this.clean.get(document);
    const now = digest(document);
    if (before === undefined || before === now) return false;
    const settle = (reload: boolean): void => {
      clearTimeout(timer);
      this.open.delete(document);
      if (reload) this.clean.set(document, now);
      decide(reload);
    };
    const timer = setTimeout(() => settle(!document.isDirty), SETTLED);
    this.open.set(document, { version, settle });
    return true;
  }

  /** Hear the next thing of a document: its text has changed again, or nothing but its being dirty. */
  hear({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const question = this.open.get(document);
    if (question === undefined) return;
    if (contentChanges.length > 0) question.settle(true);
    else if (document.isDirty && document.version === question.version) question.settle(false);
  }

  private remember(document: vscode.TextDocument): void {
    if (!document.isDirty && document.uri.scheme === "file") this.clean.set(document, digest(document));
  }
}

function digest(document: vscode.TextDocument): string {
  return createHash("sha256").update(document.getText()).digest("base64");
}
