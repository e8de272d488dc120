/**
 * The lines of a document as they were before the change that is being looked at.
 *
 * VS Code reports a change after it has happened, and says what was put in, not what was taken out.
 */

import type { TextDocument, TextDocumentContentChangeEvent } from "vscode";

/** Characters from which on a document is not mirrored: splitting it would take longer than an edit may. */
const MOST = 2_000_000;
const BREAK = /\r\n|\r|\n/;

/** What a change took away, or undefined where that is not known. */
export type Removed = (change: TextDocumentContentChangeEvent) => string | undefined;

export class Mirror {
  private lines: string[] | undefined;
  private version: number;
  private readonly eol: string;

  constructor(document: TextDocument) {
    this.version = document.version;
    this.eol = document.eol === 2 ? "\r\n" : "\n";
    const last = document.lineCount - 1;
    const size = document.offsetAt(document.lineAt(last).range.end);
    this.lines = size <= MOST ? document.getText().split(BREAK) : undefined;
  }

  /** The texts that a document's latest change removed; the mirror follows the change. */
  follow(document: TextDocument, changes: readonly TextDocumentContentChangeEvent[]): Removed {
    const lines = this.lines;
    if (lines === undefined || this.version !== document.version - 1) {
      this.lines = undefined;
      return () => undefined;
    }
    this.version = document.version;
    const removed = new Map<TextDocumentContentChangeEvent, string>();
    for (const change of changes) removed.set(change, this.slice(lines, change));
    // All changes of an event are in the coordinates before it: from the last to the first none moves another.
    for (const change of [...changes].sort((a, b) => b.rangeOffset - a.rangeOffset)) splice(lines, change);
    return (change) => removed.get(change);
  }

  private slice(lines: readonly string[], { range }: TextDocumentContentChangeEvent): string {
    const { start, end } = range;
    if (start.line === end.line) return (lines[start.line] ?? "").slice(start.character, end.character);
    const whole = lines.slice(start.line, end.line + 1);
    whole[0] = (whole[0] ?? "").slice(start.character);
    whole[whole.length - 1] = (whole[whole.length - 1] ?? "").slice(0, end.character);
    return whole.join(this.eol);
  }
}

function splice(lines: string[], { range, text }: TextDocumentContentChangeEvent): void {
  const head = (lines[range.start.line] ?? "").slice(0, range.start.character);
  const tail = (lines[range.end.line] ?? "").slice(range.end.character);
  const put = text.split(BREAK);
  put[0] = head + (put[0] ?? "");
  put[put.length - 1] = (put[put.length - 1] ?? "") + tail;
  const gone = range.end.line - range.start.line + 1;
  // Spreading a very long array into arguments overflows the stack.
  if (put.length > 10_000) {
    const rest = lines.splice(range.start.line).slice(gone);
    for (const line of put) lines.push(line);
    for (const line of rest) lines.push(line);
  } else {
    lines.splice(range.start.line, gone, ...put);
  }
}
