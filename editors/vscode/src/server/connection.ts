/** Makes the language client for one start of the server. */

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

/** A client that is not started yet. It never starts anything again by itself: that is the manager's. */
export function connect(plan: Plan): LanguageClient {
  const trusted = vscode.workspace.isTrusted;
  return new LanguageClient(
    "leery",
    "Leery",
    { command: plan.command, args: ["serve"], options: { cwd: plan.folder, env: environment() } },
    {
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
              section === "leery" ? explicitSettings(scopeUri === undefined ? undefined : vscode.Uri.parse(scopeUri)) : null,
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
    },
  );
}
