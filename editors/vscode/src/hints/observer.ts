/**
 * Looks at every change of a document and sends a hint where something observed says what the change is.
 *
 * The rules stand in `explain`, the surest first. A change that none of them explains gets no hint: the server then goes
 * by its size. Nothing here is awaited before a change, and nothing is guessed.
 */

import * as vscode from "vscode";

import type { Insertion, Origin } from "../protocol";
import { note } from "../timings";
import { isWatched, WATCHED } from "../watched";
import { Chats } from "./chat";
import { Disk } from "./disk";
import { Edit } from "./edit";
import { Mirror } from "./mirror";
import type { Outbox } from "./outbox";
import { Pastes, sameText } from "./paste";
import { verdict } from "./reasons";
import { Sources } from "./source";

/** Characters that are not white space from which on an unexplained insertion is compared with the clipboard. */
const CLIPBOARD_FROM = 4;
/** Milliseconds after a change within which VS Code says that it was an accepted suggestion. */
const ACCEPT_WINDOW = 1_000;

const PASTED: Origin = { kind: "paste", evidence: "observed" };

export class Observer implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[] = [];
  private readonly mirrors = new Map<vscode.TextDocument, Mirror>();
  private readonly sources = new Sources();
  private readonly pastes: Pastes;
  private readonly disk = new Disk();
  private readonly chats = new Chats();
  /** The latest change of the document that is edited, as long as it may be an accepted suggestion. */
  private latest: Edit | undefined;

  constructor(
    private readonly outbox: Outbox,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.pastes = new Pastes(this.sources);
    this.disposables.push(
      this.disk,
      this.chats,
      this.pastes.register([...WATCHED]),
      vscode.workspace.onDidChangeTextDocument((event) => this.changed(event)),
      vscode.workspace.onDidCloseTextDocument((document) => this.mirrors.delete(document)),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.mirror(editor)),
      vscode.window.onDidChangeTextEditorSelection((event) => this.selected(event)),
      vscode.commands.registerCommand("leery.noteAccepted", () => this.accepted()),
    );
    this.mirror(vscode.window.activeTextEditor);
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private mirror(editor: vscode.TextEditor | undefined): void {
    this.latest = undefined;
    if (editor !== undefined && isWatched(editor.document.uri) && !this.mirrors.has(editor.document)) {
      this.mirrors.set(editor.document, new Mirror(editor.document));
    }
  }

  private changed(event: vscode.TextDocumentChangeEvent): void {
    const { document } = event;
    if (!isWatched(document.uri)) return;
    this.disk.hear(event);
    if (event.contentChanges.length === 0) return;
    const began = performance.now();
    const removed = this.mirrors.get(document)?.follow(document, event.contentChanges) ?? (() => undefined);
    const edit = new Edit(event, removed);
    this.explain(event, edit);
    // After the look at pastes: a paste names its source as it was before.
    this.sources.follow(event);
    if (document === vscode.window.activeTextEditor?.document) this.latest = edit;
    note("change", performance.now() - began);
  }

  private explain(event: vscode.TextDocumentChangeEvent, edit: Edit): void {
    if (!edit.inserts) return;
    if (event.reason !== undefined) {
      edit.explained = true; // undone or done again: the server gives back what was there
      return;
    }
    const pasted = this.pastes.match(edit);
    const said = verdict(event, setting("prompts.send", false));
    if (said !== undefined) {
      edit.explained = true;
      if (said === "silent") return;
      if (said.origin.kind === "paste") this.post(withSource(edit.whole(said.origin), pasted?.source));
      else this.post(said.trim ? edit.trimmed(said.origin) : edit.whole(said.origin));
      return;
    }
    if (pasted !== undefined) {
      edit.explained = true;
      this.post(withSource(edit.whole(PASTED), pasted.source));
    } else if (!this.disk.mayBeReload(edit, (reload) => this.decided(edit, reload))) {
      this.explainFurther(edit);
    }
  }

  private decided(edit: Edit, reload: boolean): void {
    if (edit.explained) return;
    if (reload) {
      edit.explained = true;
      this.post(edit.whole({ kind: "disk", evidence: "observed" }));
    } else {
      this.explainFurther(edit);
    }
  }

  private explainFurther(edit: Edit): void {
    const session = this.chats.claim(edit);
    if (session !== undefined) {
      edit.explained = true;
      this.post(edit.trimmed({ kind: "chat", evidence: "inferred", session }));
    } else if (solid(edit.text) >= CLIPBOARD_FROM && isActive(edit)) {
      this.compareWithClipboard(edit);
    }
  }

  /** VS Code has just carried out the acceptance of an inline suggestion: its change is the one that came last. */
  private accepted(): void {
    const edit = this.latest;
    this.latest = undefined;
    if (edit === undefined || edit.explained || !edit.inserts) return;
    if (performance.now() - edit.time > ACCEPT_WINDOW) return;
    edit.explained = true;
    note("accepted", performance.now() - edit.time);
    this.post(edit.trimmed({ kind: "completion", evidence: "observed" }));
  }

  /** A cursor that a key has moved: the change before it was typing. */
  private selected(event: vscode.TextEditorSelectionChangeEvent): void {
    if (event.kind !== vscode.TextEditorSelectionChangeKind.Keyboard) return;
    if (event.textEditor.document === this.latest?.document) this.latest = undefined;
  }

  /** A paste by menu or command is not announced everywhere; its text then equals the clipboard's. */
  private compareWithClipboard(edit: Edit): void {
    if (!setting("clipboardFallback", true)) return;
    vscode.env.clipboard.readText().then(
      (text) => {
        if (edit.explained || !sameText(text, edit)) return;
        edit.explained = true;
        this.post(edit.whole({ kind: "paste", evidence: "matched" }));
      },
      () => this.log.debug("the clipboard could not be read"),
    );
  }

  private post(hint: Insertion | undefined): void {
    if (hint !== undefined) this.outbox.post(hint);
  }
}

function withSource(hint: Insertion | undefined, source: Insertion["source"] | undefined): Insertion | undefined {
  return hint === undefined || source === undefined ? hint : { ...hint, source };
}

function isActive(edit: Edit): boolean {
  return vscode.window.activeTextEditor?.document === edit.document;
}

function solid(text: string): number {
  return text.replace(/\s+/g, "").length;
}

function setting<T>(name: string, usual: T): T {
  return vscode.workspace.getConfiguration("leery").get(name, usual);
}
