/** One change of a document, as the hints need it: where the inserted texts stand now, and what they replaced. */

import { createHash } from "node:crypto";

import type { TextDocument, TextDocumentChangeEvent } from "vscode";

import type { Origin, Insertion, Range } from "../protocol";
import type { Removed } from "./mirror";

/** An inserted text and its place after the change, as an offset in UTF-16 code units. */
export interface Piece {
  readonly text: string;
  readonly offset: number;
  /** Its place before the change. */
  readonly before: number;
  /** The length of what it replaced, in UTF-16 code units. */
  readonly replaced: number;
  /** What it replaced; undefined where that is not known. */
  readonly old: string | undefined;
}

export class Edit {
  readonly document: TextDocument;
  readonly version: number;
  readonly time = performance.now();
  readonly pieces: readonly Piece[];
  /** Whether some rule has said what this change is. */
  explained = false;
  private readonly places: readonly Range[];

  constructor(event: TextDocumentChangeEvent, removed: Removed) {
    this.document = event.document;
    this.version = event.document.version;
    let moved = 0;
    this.pieces = [...event.contentChanges]
      .sort((a, b) => a.rangeOffset - b.rangeOffset)
      .map((change) => {
        const offset = change.rangeOffset + moved;
        moved += change.text.length - change.rangeLength;
        const { text, rangeOffset: before, rangeLength: replaced } = change;
        return { text, offset, before, replaced, old: removed(change) };
      });
    // Positions must be taken now: later the document is another one.
    this.places = this.pieces.map((piece) => this.range(piece.offset, piece.offset + piece.text.length));
  }

  /** Whether any text came in. */
  get inserts(): boolean {
    return this.pieces.some((piece) => piece.text !== "");
  }

  /** The inserted texts, joined in document order. */
  get text(): string {
    return this.pieces.map((piece) => piece.text).join("");
  }

  /** A hint that everything this change inserted is of one origin; undefined if it inserted nothing. */
  whole(origin: Origin): Insertion | undefined {
    const texts: string[] = [];
    const ranges: Range[] = [];
    this.pieces.forEach((piece, index) => {
      const place = this.places[index];
      if (piece.text === "" || place === undefined) return;
      texts.push(piece.text);
      ranges.push(place);
    });
    return this.hint(origin, ranges, texts);
  }

  /**
   * A hint about what this change really brought: text that it replaced with itself, as completions do with what was
   * typed before, stays whose it was. Undefined if nothing is left, or if what was replaced is not known.
   */
  trimmed(origin: Origin): Insertion | undefined {
    const texts: string[] = [];
    const ranges: Range[] = [];
    for (const [index, { text, old, replaced }] of this.pieces.entries()) {
      const place = this.places[index];
      if (text === "" || place === undefined) continue;
      if (replaced > 0 && old === undefined) return undefined;
      const { head, tail } = common(old ?? "", text);
      const kept = text.slice(head, text.length - tail);
      if (kept === "") continue;
      texts.push(kept);
      ranges.push({
        start: advance(place.start, text.slice(0, head)),
        end: advance(place.start, text.slice(0, text.length - tail)),
      });
    }
    return this.hint(origin, ranges, texts);
  }

  private hint(origin: Origin, ranges: readonly Range[], texts: readonly string[]): Insertion | undefined {
    if (ranges.length === 0) return undefined;
    const hash = createHash("sha256");
    for (const text of texts) hash.update(text, "utf8");
    const textDocument = { uri: this.document.uri.toString(), version: this.version };
    return { textDocument, ranges, ...origin, textHash: hash.digest("hex") };
  }

  private range(start: number, end: number): Range {
    const from = this.document.positionAt(start);
    const to = this.document.positionAt(end);
    return {
      start: { line: from.line, character: from.character },
      end: { line: to.line, character: to.character },
    };
  }
}

function advance(from: Range["start"], text: string): Range["start"] {
  const lines = text.split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? "";
  if (lines.length === 1) return { line: from.line, character: from.character + last.length };
  return { line: from.line + lines.length - 1, character: last.length };
}

/** How much two texts share at their beginning and at their end; neither cuts a surrogate pair or a CR LF. */
function common(old: string, text: string): { head: number; tail: number } {
  const most = Math.min(old.length, text.length);
  let head = 0;
  while (head < most && old[head] === text[head]) head++;
  if (head > 0 && (isHigh(text, head - 1) || isHigh(old, head - 1) || text[head - 1] === "\r")) head--;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === text.at(-1 - tail)) tail++;
  if (tail > 0 && (isLow(text, text.length - tail) || text[text.length - tail] === "\n")) tail--;
  return { head, tail };
}

function isHigh(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}
