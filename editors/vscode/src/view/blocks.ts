/** The blocks of every open document, as the server last told them. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

import { type Block, BLOCKS } from "../protocol";
import { isWatched } from "../watched";

const DELAY = 30;

export class Blocks implements vscode.Disposable {
  private readonly known = new Map<string, readonly Block[]>();
  private readonly changed = new vscode.EventEmitter<string>();
  /** The blocks of a document, by its URI, are others. */
  readonly onChange = this.changed.event;
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly closing: vscode.Disposable;
  private client: LanguageClient | undefined;

  constructor() {
    this.closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri.toString()));
  }

  dispose(): void {
    this.closing.dispose();
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.changed.dispose();
  }

  /** The server is there, or (undefined) is not; without it nothing is known. */
  connect(client: LanguageClient | undefined): void {
    this.client = client;
    for (const uri of [...this.known.keys()]) this.forget(uri);
  }

  /** What is known of a document. */
  of(uri: vscode.Uri): readonly Block[] {
    return this.known.get(uri.toString()) ?? [];
  }

  /** The documents that have blocks. */
  documents(): vscode.Uri[] {
    return [...this.known].filter(([, blocks]) => blocks.length > 0).map(([uri]) => vscode.Uri.parse(uri));
  }

  /** Ask the server again, shortly. */
  refreshSoon(uri: string): void {
    if (this.timers.has(uri)) return;
    this.timers.set(
      uri,
      setTimeout(() => {
        this.timers.delete(uri);
        void this.refresh(vscode.Uri.parse(uri));
      }, DELAY),
    );
  }

  /** The blocks of a document as they are now. */
  async refresh(uri: vscode.Uri): Promise<readonly Block[]> {
    const { client } = this;
    const document = isWatched(uri) ? find(uri) : undefined;
    if (client === undefined || document === undefined) return this.of(uri);
    const { version } = document;
    let blocks: readonly Block[];
    try {
      blocks = await client.sendRequest(BLOCKS, { textDocument: { uri: client.code2ProtocolConverter.asUri(uri) } });
    } catch {
      return this.of(uri); // the server went away: connect follows
    }
    if (client !== this.client || document.isClosed) return this.of(uri);
    // Places of another version would stand wrong: VS Code moves the ones shown, and a later answer is right.
    if (document.version !== version) this.refreshSoon(uri.toString());
    else if (blocks.length > 0 || this.known.has(uri.toString())) {
      this.known.set(uri.toString(), blocks);
      this.changed.fire(uri.toString());
    }
    return blocks;
  }

  private forget(uri: string): void {
    if (this.known.delete(uri)) this.changed.fire(uri);
  }
}

function find(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}
