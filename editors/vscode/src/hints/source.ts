/** Where texts were copied, kept current while their documents change: pasted text keeps the origin it had there. */

import { randomUUID } from "node:crypto";

import * as vscode from "vscode";

import type { Range } from "../protocol";

/** Copies that are remembered; pasting an older one is a paste like any other. */
const MOST = 50;

export interface Source {
  readonly uri: string;
  readonly ranges: readonly Range[];
}

interface Remembered {
  readonly uri: string;
  /** Offsets in UTF-16 code units as they are now; undefined once an edit has touched the text. */
  places: (readonly [number, number])[] | undefined;
  readonly document: vscode.TextDocument;
}

export class Sources {
  private readonly copies = new Map<string, Remembered>();

  /** Remember a copy of some ranges; returns the name under which it is found again. */
  remember(document: vscode.TextDocument, ranges: readonly vscode.Range[]): string {
    const name = randomUUID();
    const places = [...ranges]
      .sort((a, b) => a.start.compareTo(b.start))
      .map((range) => [document.offsetAt(range.start), document.offsetAt(range.end)] as const);
    this.copies.set(name, { uri: document.uri.toString(), places, document });
    for (const oldest of this.copies.keys()) {
      if (this.copies.size <= MOST) break;
      this.copies.delete(oldest);
    }
    return name;
  }

  /** The place of a copy as it is now; undefined when its text has changed, is gone, or was copied in another window. */
  find(name: string): Source | undefined {
    const found = this.copies.get(name);
    if (found?.places === undefined || found.document.isClosed) return undefined;
    const { document } = found;
    const ranges = found.places.map(([start, end]) => {
      const from = document.positionAt(start);
      const to = document.positionAt(end);
      return {
        start: { line: from.line, character: from.character },
        end: { line: to.line, character: to.character },
      };
    });
    return { uri: found.uri, ranges };
  }

  /** A document has changed: move the places of its copies. */
  follow(event: vscode.TextDocumentChangeEvent): void {
    for (const copy of this.copies.values()) {
      if (copy.document === event.document && copy.places !== undefined) copy.places = moved(copy.places, event);
    }
  }
}

function moved(
  places: readonly (readonly [number, number])[],
  event: vscode.TextDocumentChangeEvent,
): (readonly [number, number])[] | undefined {
  const result: (readonly [number, number])[] = [];
  for (const [start, end] of places) {
    let by = 0;
    for (const { rangeOffset, rangeLength, text } of event.contentChanges) {
      if (rangeOffset >= end) continue;
      if (rangeOffset + rangeLength > start) return undefined;
      by += text.length - rangeLength;
    }
    result.push([start + by, end + by]);
  }
  return result;
}
