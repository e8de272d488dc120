/**
 * Chat edits: before VS Code's chat changes a file it opens a document of a scheme of its own for it.
 *
 * The scheme is internal, so this is evidence of the weakest kind. The change must come soon after, in the same file,
 * and must be more than a keystroke.
 */

import * as vscode from "vscode";

import type { Edit } from "./edit";

const SCHEMES = new Set(["chat-editing-text-model", "chat-editing-snapshot-text-model"]);
/** Milliseconds between the opening of that document and the change of the file. */
const WINDOW = 2_000;
/** Characters up to which an insertion may be a keystroke. */
const KEYSTROKE = 3;

interface Opened {
  readonly session: string | null;
  readonly time: number;
}

export class Chats implements vscode.Disposable {
  private readonly opened = new Map<string, Opened>();
  private readonly listener: vscode.Disposable;

  constructor() {
    this.listener = vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      if (!SCHEMES.has(uri.scheme)) return;
      this.opened.set(uri.path, { session: sessionOf(uri.query), time: performance.now() });
    });
  }

  dispose(): void {
    this.listener.dispose();
  }

  /** The chat session a change belongs to (null: it has no name); undefined if it belongs to none. */
  claim(edit: Edit): string | null | undefined {
    const found = this.opened.get(edit.document.uri.path);
    if (found === undefined) return undefined;
    if (performance.now() - found.time > WINDOW) {
      this.opened.delete(edit.document.uri.path);
      return undefined;
    }
    return edit.text.length > KEYSTROKE ? found.session : undefined;
  }
}

/** The session's id within the query of such a document. */
function sessionOf(query: string): string | null {
  try {
    const data: unknown = JSON.parse(query);
    if (typeof data !== "object" || data === null) return null;
    const { session, chatSessionResource } = data as Record<string, unknown>;
    if (typeof session === "string") return session;
    return chatSessionResource === undefined ? null : vscode.Uri.from(chatSessionResource as vscode.Uri).toString();
  } catch {
    return null;
  }
}
