/** The extension's own commands. Those of the server are registered by the language client. */

import { copyFile } from "node:fs/promises";
import * as vscode from "vscode";

import { complete } from "./dialogs";
import { type Block, EXPORT_LOG, REVIEW, SCAN_WORKSPACE, SET_ORIGIN, SHOW_PROVENANCE, SUPPRESS } from "./protocol";
import type { Channels } from "./server/connection";
import { install } from "./server/install";
import type { Manager } from "./server/manager";
import type { Blocks } from "./view/blocks";
import { asRange, lastLine } from "./view/decorations";
import { findingsOf } from "./view/findings";
import type { Records } from "./view/record";
import type { Reports } from "./view/report";
import type { StatusItem } from "./view/status";
import { goTo, type Node, type Tree } from "./view/tree";

interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly manager: Manager;
  readonly blocks: Blocks;
  readonly records: Records;
  readonly reports: Reports;
  readonly status: StatusItem;
  readonly channels: Channels;
  readonly tree: Tree;
}

export function registerCommands(parts: Parts): vscode.Disposable[] {
  const { manager, blocks, channels, tree } = parts;
  const commands: Readonly<Record<string, (node?: Node) => unknown>> = {
    restart: () => manager.restart("asked for"),
    showLog: () => channels.log.show(),
    showStatus: () => showStatus(parts),
    installServer: () => installServer(parts),
    openReport: () => openReport(parts),
    exportWorkspaceLog: () => exportLog(parts),
    scan: () => send(parts, SCAN_WORKSPACE),
    reviewBlock: (node) => onBlock(parts, node, REVIEW, { decision: "approved" }),
    rejectBlock: (node) => onBlock(parts, node, REVIEW, { decision: "rejected" }),
    chooseOrigin: (node) => onBlock(parts, node, SET_ORIGIN, {}),
    suppressFinding: (node) => suppress(parts, node),
    goTo: (node) => node && goTo(node, blocks),
    refreshTree: () => {
      for (const { uri } of vscode.workspace.textDocuments) blocks.refreshSoon(uri.toString());
      tree.refresh();
    },
  };
  return Object.entries(commands).map(([name, run]) =>
    vscode.commands.registerCommand(`leery.${name}`, async (argument?: Node) => {
      try {
        return await run(argument);
      } catch (error) {
        void vscode.window.showErrorMessage(`Leery: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      }
    }),
  );
}

/** Carry out a command of the server, after asking the person what it needs; what it gave. */
async function send(parts: Parts, command: string, argument?: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { client } = parts.manager;
  if (client === undefined) throw new Error("the server does not run");
  const args = await complete(command, argument === undefined ? [] : [argument]);
  if (args === undefined) return undefined;
  return client.sendRequest("workspace/executeCommand", { command, arguments: args });
}

async function onBlock(
  parts: Parts,
  node: Node | undefined,
  command: string,
  more: Readonly<Record<string, unknown>>,
): Promise<void> {
  const found = node?.type === "block" ? { uri: node.uri, block: node.block } : await blockAtCursor(parts);
  if (found === undefined) throw new Error("there is no block at the cursor");
  await send(parts, command, { uri: found.uri.toString(), block: found.block.id, ...more });
}

async function blockAtCursor({ blocks }: Parts): Promise<{ uri: vscode.Uri; block: Block } | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { uri } = editor.document;
  const here = editor.selection.active;
  const found = (await blocks.refresh(uri)).filter(({ ranges }) =>
    ranges.some((range) => range.start.line <= here.line && here.line <= lastLine(range)),
  );
  const block = found.find(({ ranges }) => ranges.some((range) => asRange(range).contains(here))) ?? found[0];
  return block && { uri, block };
}

async function suppress(parts: Parts, node: Node | undefined): Promise<void> {
  const finding = node?.type === "finding" ? node.finding : await findingAtCursor(parts);
  if (finding === undefined) throw new Error("there is no finding at the cursor");
  await send(parts, SUPPRESS, { uri: finding.uri.toString(), fingerprint: finding.fingerprint });
}

async function findingAtCursor({ manager }: Parts) {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const here = editor.selection.active.line;
  const found = findingsOf(manager.client, editor.document.uri);
  const near = found.filter(({ range }) => range.start.line <= here && here <= range.end.line);
  if (near.length < 2) return near[0];
  const items = near.map((finding) => ({ label: finding.rule, description: finding.message, finding }));
  return (await vscode.window.showQuickPick(items, { title: "Suppress which finding?" }))?.finding;
}

async function openReport(parts: Parts): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) throw new Error("no file is open");
  const uri = document.uri.toString();
  if (document.uri.scheme === "file") {
    const name = vscode.workspace.asRelativePath(document.uri, false);
    const make = (path: string) => send(parts, EXPORT_LOG, { uri, path, scope: "file" });
    await parts.reports.show(uri, `Provenance: ${name}`, make);
  } else {
    // Only a file on disk has a report: here is the plain record.
    await parts.records.show(uri, undefined, await send(parts, SHOW_PROVENANCE, { uri }));
  }
}

async function exportLog(parts: Parts): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    title: "Export the provenance log",
    filters: { "JSON Lines": ["jsonl"], "Report for reviewers": ["html"] },
  });
  if (target === undefined) return;
  const uri = vscode.window.activeTextEditor?.document.uri;
  await send(parts, EXPORT_LOG, { path: target.fsPath, ...(uri?.scheme === "file" ? { uri: uri.toString() } : {}) });
  if (!target.path.toLowerCase().endsWith(".html")) return;
  const isHere = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  if (isHere) await vscode.env.openExternal(target);
  else await parts.reports.show(target.toString(), "Provenance report", (path) => copyFile(target.fsPath, path));
}

async function installServer({ context, manager, channels }: Parts): Promise<void> {
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: "Leery: installing the server", cancellable: true },
    (progress, token) => install(context, (message) => progress.report({ message }), channels.log, token),
  );
  await manager.restart("the server was installed");
}

async function showStatus({ status, channels }: Parts): Promise<void> {
  const actions: readonly (vscode.QuickPickItem & { readonly run: () => unknown })[] = [
    { label: "$(list-tree) Show the tree", run: () => vscode.commands.executeCommand("leery.provenance.focus") },
    { label: "$(book) Open the report of this file", run: () => vscode.commands.executeCommand("leery.openReport") },
    { label: "$(debug-restart) Restart the server", run: () => vscode.commands.executeCommand("leery.restart") },
    { label: "$(output) Show the log", run: () => channels.log.show() },
  ];
  const facts = status.lines().map((line) => ({ label: `$(info) ${line}`, run: () => undefined }));
  const picked = await vscode.window.showQuickPick([...facts, ...actions], { title: "Leery" });
  await picked?.run();
}
