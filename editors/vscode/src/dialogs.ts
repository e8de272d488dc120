/** What Leery's commands ask of the person before they are sent. */

import * as vscode from "vscode";

import { type Kind, type Origin, REVIEW, SET_ORIGIN, SUPPRESS } from "./protocol";

type Argument = Readonly<Record<string, unknown>>;

/** A command's arguments with what the person has to add; undefined when they give up. */
export async function complete(command: string, args: readonly unknown[]): Promise<readonly unknown[] | undefined> {
  const argument = (args[0] ?? {}) as Argument;
  if (command === SUPPRESS && argument["reason"] === undefined) {
    const more = await askReason();
    return more && [{ ...argument, ...more }];
  }
  if (command === SET_ORIGIN && argument["origin"] === undefined) {
    const origin = await askOrigin();
    return origin && [{ ...argument, origin }];
  }
  if (command === REVIEW && argument["decision"] === "rejected" && argument["note"] === undefined) {
    const note = await vscode.window.showInputBox({
      title: "Reject this block",
      prompt: "Why? (optional)",
      ignoreFocusOut: true,
    });
    return note === undefined ? undefined : [{ ...argument, ...(note === "" ? {} : { note }) }];
  }
  return args;
}

async function askReason(): Promise<{ reason: string; expires?: string } | undefined> {
  const reason = await vscode.window.showInputBox({
    title: "Suppress this finding (1/2)",
    prompt: "Why is it no problem here? The reason is kept in the log.",
    placeHolder: "A reason is required",
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === "" ? "A reason is required." : undefined),
  });
  if (reason === undefined) return undefined;
  const expires = await vscode.window.showInputBox({
    title: "Suppress this finding (2/2)",
    prompt: "Until which day? Empty: without end.",
    placeHolder: "2027-01-31",
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === "" || isDay(text.trim()) ? undefined : "A day is written like 2027-01-31.",
  });
  if (expires === undefined) return undefined;
  return expires.trim() === "" ? { reason: reason.trim() } : { reason: reason.trim(), expires: expires.trim() };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

const KINDS: readonly (vscode.QuickPickItem & { readonly kind_: Kind })[] = [
  { kind_: "typed", label: "typed", description: "A person wrote it" },
  { kind_: "paste", label: "paste", description: "It was pasted" },
  { kind_: "completion", label: "completion", description: "An assistant's completion" },
  { kind_: "chat", label: "chat", description: "An assistant's chat" },
  { kind_: "agent", label: "agent", description: "An agent wrote it" },
  { kind_: "vcs", label: "vcs", description: "A checkout, merge or pull brought it" },
  { kind_: "unknown", label: "unknown", description: "Nobody knows" },
];

async function askOrigin(): Promise<Origin | undefined> {
  const picked = await vscode.window.showQuickPick(KINDS, {
    title: "Where did this block come from?",
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  const kind = picked.kind_;
  if (!["completion", "chat", "agent"].includes(kind)) return { kind, evidence: "observed" };
  const assistant = await vscode.window.showInputBox({
    title: "Which assistant?",
    prompt: "Its name, as copilot or claude. Empty: not known.",
    ignoreFocusOut: true,
  });
  if (assistant === undefined) return undefined;
  return { kind, evidence: "observed", assistant: assistant.trim() === "" ? null : assistant.trim() };
}
