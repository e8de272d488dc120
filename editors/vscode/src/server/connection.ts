/** Makes the language client for one start of the server. */

import { type ChildProcess, spawn } from "node:child_process";

import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn } from "vscode-languageclient/node";

import { environment } from "./run";
import { explicitSettings } from "./settings";

export interface Channels {
  readonly log: vscode.LogOutputChannel;
  readonly server: vscode.LogOutputChannel;
  readonly trace: vscode.LogOutputChannel;
}

export interface Plan {
  readonly command: string;
  /** A private folder: the server never runs in the workspace. */
  readonly folder: string;
  readonly channels: Channels;
  /** What a command needs from the person before it can be sent; undefined: given up. */
  readonly complete: (command: string, args: readonly unknown[]) => Promise<readonly unknown[] | undefined>;
  /** Shows what a command gave. */
  readonly show: (command: string, args: readonly unknown[], result: unknown) => Promise<void>;
  readonly onClosed: () => void;
}

export interface Connection {
  readonly client: LanguageClient;
  /** Say goodbye, wait a little, and end the process in any case. */
  readonly end: () => Promise<void>;
}

/** Milliseconds that a server has to end after it was told to. */
const PATIENCE = 5_000;

/** A client that is not started yet. It never starts anything again by itself: that is the manager's. */
export function connect(plan: Plan): Connection {
  let child: ChildProcess | undefined;
  const start = () =>
    new Promise<ChildProcess>((resolve, reject) => {
      child = spawn(plan.command, ["serve"], { cwd: plan.folder, env: environment(), windowsHide: true });
      child.once("error", reject);
      child.once("spawn", () => child && resolve(child));
    });
  const client = clientFor(plan, start);
  return { client, end: () => end(client, child) };
}

async function end(client: LanguageClient, child: ChildProcess | undefined): Promise<void> {
  const gone = child === undefined || child.exitCode !== null || child.signalCode !== null;
  const exited = gone ? Promise.resolve() : new Promise((resolve) => child.once("exit", resolve));
  try {
    await client.dispose(PATIENCE);
  } catch {
    child?.kill(); // a client that is not connected cannot say goodbye
  }
  const late = setTimeout(() => child?.kill("SIGKILL"), PATIENCE);
  await exited;
  clearTimeout(late);
}

function clientFor(plan: Plan, start: () => Promise<ChildProcess>): LanguageClient {
  const trusted = vscode.workspace.isTrusted;
  return new LanguageClient("leery", "Leery", start, {
    documentSelector: [{ scheme: "file" }, { scheme: "untitled" }],
    diagnosticCollectionName: "leery",
    outputChannel: plan.channels.server,
    traceOutputChannel: plan.channels.trace,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: { ...explicitSettings(undefined), trusted },
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        plan.onClosed();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
    markdown: { supportHtml: false },
    middleware: {
      workspace: {
        configuration: (params) =>
          params.items.map(({ scopeUri, section }) =>
            section === "leery"
              ? explicitSettings(scopeUri === undefined ? undefined : vscode.Uri.parse(scopeUri))
              : null,
          ),
      },
      executeCommand: async (command, args, next) => {
        const whole = await plan.complete(command, args);
        if (whole === undefined) return undefined;
        const result: unknown = await next(command, [...whole]);
        await plan.show(command, whole, result);
        return result;
      },
    },
  });
}
