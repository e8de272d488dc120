/** Puts the extension together: hints to the server, what it says to the screen. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

import { registerCommands } from "./commands";
import { complete } from "./dialogs";
import { Observer } from "./hints/observer";
import { Outbox } from "./hints/outbox";
import { BLOCKS_CHANGED, INSERTION, SHOW_PROVENANCE, type Status, STATUS } from "./protocol";
import type { Channels } from "./server/connection";
import { Manager } from "./server/manager";
import { tellProblem } from "./server/problems";
import { timings } from "./timings";
import { Blocks } from "./view/blocks";
import { Decorations } from "./view/decorations";
import { findingsOf } from "./view/findings";
import { Records } from "./view/record";
import { Reports } from "./view/report";
import { StatusItem } from "./view/status";
import { Tree } from "./view/tree";

let manager: Manager | undefined;

export function activate(context: vscode.ExtensionContext): { readonly timings: typeof timings } {
  const channels: Channels = {
    log: vscode.window.createOutputChannel("Leery", { log: true }),
    server: vscode.window.createOutputChannel("Leery Server", { log: true }),
    trace: vscode.window.createOutputChannel("Leery Trace", { log: true }),
  };
  const outbox = new Outbox(channels.log);
  const blocks = new Blocks();
  const status = new StatusItem();
  const records = new Records();
  const reports = new Reports();
  const started = new Manager(context, channels, {
    complete,
    show: async (command, args, result) => {
      const argument = (args[0] ?? {}) as { uri?: string; block?: string };
      if (command === SHOW_PROVENANCE && argument.uri !== undefined)
        await records.show(argument.uri, argument.block, result);
    },
    prepare: (client) => listen(client, blocks, status),
    tell: (problem) => tellProblem(problem, channels.log),
  });
  manager = started;
  const tree = new Tree(blocks, (uri) => findingsOf(started.client, uri));
  context.subscriptions.push(
    ...Object.values(channels),
    blocks,
    status,
    records,
    reports,
    tree,
    started,
    new Observer(outbox, channels.log),
    new Decorations(blocks),
    started.onHealth((health) => {
      const client = started.client;
      status.setHealth(health);
      blocks.connect(client);
      outbox.connect(client && ((hint) => void client.sendNotification(INSERTION, hint).catch(() => undefined)));
      if (client !== undefined)
        for (const { uri } of vscode.workspace.textDocuments) blocks.refreshSoon(uri.toString());
    }),
    vscode.workspace.onDidOpenTextDocument(({ uri }) => blocks.refreshSoon(uri.toString())),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void started.restart("the workspace is trusted now")),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("leery.server")) void started.restart("a setting of the server has changed");
    }),
    ...registerCommands({ context, manager: started, blocks, records, reports, status, channels, tree }),
  );
  void vscode.commands.executeCommand("setContext", "leery.watching", true);
  void started.start();
  return { timings };
}

export async function deactivate(): Promise<void> {
  await manager?.stop();
}

function listen(client: LanguageClient, blocks: Blocks, status: StatusItem): void {
  client.onNotification(BLOCKS_CHANGED, ({ uri }: { uri: string }) =>
    blocks.refreshSoon(client.protocol2CodeConverter.asUri(uri).toString()),
  );
  client.onNotification(STATUS, (news: Status) => status.setStatus(news));
}
