/**
 * What VS Code itself says about a change, where the user has allowed the proposed API `textDocumentChangeReason`.
 *
 * The names are those of VS Code's own edit sources. Without the permission there is no reason at all, and everything
 * else in this folder does the work.
 */

import type { TextDocumentChangeEvent } from "vscode";

import type { Origin } from "../protocol";

interface Detailed {
  readonly source: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/**
 * What is to be done about a change: a hint with this origin; `silent`: VS Code names a source that needs no hint, the
 * server's own rules (typing, moving, formatting, undoing) are exact; undefined: nobody says anything.
 */
export type Verdict = { readonly origin: Origin; readonly trim: boolean } | "silent" | undefined;

/** What the event's detailed reason means. */
export function verdict(event: TextDocumentChangeEvent, withPrompts: boolean): Verdict {
  const detailed = (event as TextDocumentChangeEvent & { detailedReason?: Detailed }).detailedReason;
  if (detailed === undefined) return undefined;
  const facts = detailed.metadata ?? {};
  switch (detailed.source) {
    case "inlineCompletionAccept":
    case "inlineCompletionPartialAccept":
      return { origin: { kind: "completion", evidence: "reported", assistant: assistant(facts) }, trim: true };
    case "Chat.applyEdits":
    case "inlineChat.applyEdits":
      return { origin: chat(facts, withPrompts), trim: true };
    case "reloadFromDisk":
      return { origin: { kind: "disk", evidence: "observed" }, trim: false };
    case "cursor":
      return facts["kind"] === "paste" ? { origin: { kind: "paste", evidence: "observed" }, trim: false } : "silent";
    case "applyEdits":
    case "unknown":
    case "setValue":
      return undefined;
    default:
      return "silent";
  }
}

function chat(facts: Readonly<Record<string, unknown>>, withPrompts: boolean): Origin {
  return {
    kind: facts["$$mode"] === "agent" ? "agent" : "chat",
    evidence: "reported",
    assistant: assistant(facts),
    model: text(facts["$modelId"]),
    session: text(facts["$$sessionId"]),
    prompt: withPrompts ? text(facts["$$requestId"]) : null,
  };
}

/** An extension's id as the hooks name its assistant. */
function assistant(facts: Readonly<Record<string, unknown>>): string | null {
  const id = text(facts["$extensionId"]);
  return id !== null && /^github\.copilot(-chat)?$/i.test(id) ? "copilot" : id;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
