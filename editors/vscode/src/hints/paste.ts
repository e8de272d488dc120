/**
 * Pastes that the editor announces, and copies that carry their place with them.
 *
 * VS Code makes the paste wait for its providers, so nothing here awaits anything: what is seen is noted, and
 * `undefined` lets the paste go its usual way. The change that follows is recognised by its text and place.
 */

import * as vscode from "vscode";

import { note } from "../timings";
import { Edit } from "./edit";
import { Source, Sources } from "./source";

/** The MIME type under which a copy says where it was made. */
export const MIME = "application/vnd.leery.copy+json";
/** Milliseconds within which a paste must follow its announcement: on a busy machine VS Code takes seconds for a large one.
 * It explains nothing but a change of just its text. */
const WINDOW = 60_000;

interface Announced {
  readonly document: vscode.TextDocument;
  readonly version: number;
  /** Where it goes, in UTF-16 code units before it, in ascending order. */
  readonly offsets: readonly number[];
  readonly time: number;
  readonly source: Source | undefined;
  text: string | undefined;
}

/** What is known of a paste that a change turned out to be. */
export interface Pasted {
  readonly source: Source | undefined;
}

export class Pastes implements vscode.DocumentPasteEditProvider {
  private announced: Announced[] = [];

  constructor(private readonly sources: Sources) {}

  register(selector: vscode.DocumentSelector): vscode.Disposable {
    return vscode.languages.registerDocumentPasteEditProvider(selector, this, {
      providedPasteEditKinds: [],
      copyMimeTypes: [MIME],
      pasteMimeTypes: ["text/plain", MIME],
    });
  }

  prepareDocumentPaste(
    document: vscode.TextDocument,
    ranges: readonly vscode.Range[],
    data: vscode.DataTransfer,
  ): undefined {
    data.set(MIME, new vscode.DataTransferItem(this.sources.remember(document, ranges)));
  }

  provideDocumentPasteEdits(
    document: vscode.TextDocument,
    ranges: readonly vscode.Range[],
    data: vscode.DataTransfer,
  ): undefined {
    const began = performance.now();
    const plain = data.get("text/plain");
    const copied: unknown = data.get(MIME)?.value;
    const announced: Announced = {
      document,
      version: document.version,
      offsets: ranges.map(({ start }) => document.offsetAt(start)).sort((a, b) => a - b),
      time: began,
      source: typeof copied === "string" ? this.sources.find(copied) : undefined,
      text: typeof plain?.value === "string" ? plain.value : undefined,
    };
    this.announced.push(announced);
    if (announced.text === undefined) {
      plain?.asString().then(
        (text) => (announced.text = text),
        () => undefined,
      );
    }
    note("paste", performance.now() - began);
  }

  /** Whether a change is an announced paste; an announcement explains one change only. */
  match(edit: Edit): Pasted | undefined {
    const now = performance.now();
    this.announced = this.announced.filter((one) => now - one.time <= WINDOW);
    const index = this.announced.findIndex((one) => isPaste(one, edit));
    if (index < 0) return undefined;
    const [found] = this.announced.splice(index, 1);
    return { source: found?.source };
  }
}

function isPaste(one: Announced, edit: Edit): boolean {
  if (one.document !== edit.document || edit.version <= one.version || one.text === undefined) return false;
  if (!sameText(one.text, edit)) return false;
  // A text as short as a keystroke must also stand exactly where the paste was announced.
  if (one.text.length > 3) return true;
  const isThere = edit.pieces.every(({ before }, index) => before === one.offsets[index]);
  return edit.version === one.version + 1 && edit.pieces.length === one.offsets.length && isThere;
}

/** Whether a change inserted a text: as a whole at every cursor, or one of its lines at each. */
export function sameText(text: string, edit: Edit): boolean {
  const wanted = plain(text);
  const pieces = edit.pieces.filter((piece) => piece.text !== "").map((piece) => plain(piece.text));
  if (wanted === "" || pieces.length === 0) return false;
  if (pieces.every((piece) => piece === wanted)) return true;
  const joined = pieces.join("\n");
  return pieces.length > 1 && (joined === wanted || `${joined}\n` === wanted);
}

/** A text without regard to its line endings, which an editor makes its own. */
function plain(text: string): string {
  return text.replace(/\r\n|\r/g, "\n");
}
