/** The messages of Leery's own, as docs/protocol.md gives them. Names and shapes only. */

export const INSERTION = "leery/insertion";
export const BLOCKS = "leery/blocks";
export const BLOCKS_CHANGED = "leery/blocksChanged";
export const STATUS = "leery/status";

export const SUPPRESS = "leery.suppress";
export const REVIEW = "leery.review";
export const SET_ORIGIN = "leery.setOrigin";
export const SHOW_PROVENANCE = "leery.showProvenance";
export const SCAN_WORKSPACE = "leery.scanWorkspace";
export const EXPORT_LOG = "leery.exportLog";

export type Kind = "typed" | "paste" | "completion" | "chat" | "agent" | "disk" | "vcs" | "unknown";
export type Evidence = "reported" | "observed" | "matched" | "inferred";

export interface Origin {
  readonly kind: Kind;
  readonly evidence: Evidence;
  readonly assistant?: string | null;
  readonly model?: string | null;
  readonly session?: string | null;
  readonly prompt?: string | null;
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Insertion extends Origin {
  readonly textDocument: { readonly uri: string; readonly version: number };
  readonly ranges: readonly Range[];
  readonly textHash: string;
  /** Where the text was copied from in the workspace, as it is at the version before the paste. */
  readonly source?: { readonly uri: string; readonly ranges: readonly Range[] };
}

export interface Block {
  readonly id: string;
  readonly ranges: readonly Range[];
  readonly origin: Origin;
  readonly state: "unreviewed" | "reviewed" | "lapsed";
  readonly survived: number;
  readonly findings: readonly string[];
}

export interface Engine {
  readonly name: string;
  readonly state: string;
  readonly message: string;
}

export interface Status {
  readonly engines: readonly Engine[];
  readonly unreviewed: number;
  readonly findings: number;
  readonly analysing: boolean;
}

/** One phrase on where a block came from, as the server's lenses have it. */
export function phrase(origin: Origin): string {
  const by = origin.assistant ? ` by ${origin.assistant}` : "";
  const model = origin.model ? ` (${origin.model})` : "";
  return `${origin.kind}${by}${model}, ${origin.evidence}`;
}
