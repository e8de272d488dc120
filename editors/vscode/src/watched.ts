/** The documents whose provenance is kept. */

import type { Uri } from "vscode";

export const WATCHED: readonly { readonly scheme: string }[] = [
  { scheme: "file" },
  { scheme: "untitled" },
  { scheme: "vscode-notebook-cell" },
];

/** Whether a document is one of them: not a diff's other side, an output channel or another extension's view. */
export function isWatched({ scheme }: Uri): boolean {
  return WATCHED.some((watched) => watched.scheme === scheme);
}
