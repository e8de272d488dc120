/**
 * The tree "Leery: provenance": workspace folder, file, block, findings. It shows the documents that are open.
 *
 * VS Code asks for rows of its own accord when the tree is shown. A refresh in the midst of that makes it forget the rows that
 * it is asking about, which then stay without children for good. So there are no refreshes while the tree is hidden, and one
 * more once it was shown and has stopped asking.
 */

import * as vscode from "vscode";

import { type Block, phrase } from "../protocol";
import type { Blocks } from "./blocks";
import { asRange, lastLine } from "./decorations";
import type { Finding } from "./findings";

export type Node =
  | { readonly type: "folder"; readonly name: string; readonly folder: vscode.WorkspaceFolder | undefined }
  | { readonly type: "file"; readonly uri: vscode.Uri }
  | { readonly type: "block"; readonly uri: vscode.Uri; readonly block: Block }
  | { readonly type: "finding"; readonly uri: vscode.Uri; readonly finding: Finding };

const ICONS: Readonly<Record<string, string>> = {
  completion: "sparkle",
  chat: "comment-discussion",
  agent: "robot",
  paste: "clippy",
  disk: "save",
  unknown: "question",
};

export class Tree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly disposables: vscode.Disposable[];
  private readonly view: vscode.TreeView<Node>;
  private timer: NodeJS.Timeout | undefined;
  private settling: NodeJS.Timeout | undefined;

  constructor(
    private readonly blocks: Blocks,
    private readonly findings: (uri: vscode.Uri) => readonly Finding[],
  ) {
    this.view = vscode.window.createTreeView("leery.provenance", { treeDataProvider: this });
    this.disposables = [
      this.changed,
      this.view,
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.settle();
      }),
      blocks.onChange(() => this.refresh()),
      vscode.languages.onDidChangeDiagnostics(() => this.refresh()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.refresh()),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    clearTimeout(this.settling);
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** Build the tree again, shortly. */
  refresh(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.view.visible) this.changed.fire(undefined);
    }, 100);
  }

  /** Refresh once VS Code has asked for nothing for a while. */
  private settle(): void {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      this.settling = undefined;
      this.refresh();
    }, 500);
  }

  getChildren(node?: Node): Node[] {
    if (this.settling !== undefined) this.settle();
    if (node === undefined) return this.folders();
    if (node.type === "folder") return this.filesIn(node.folder).map((uri) => ({ type: "file", uri }));
    if (node.type === "file") return this.blocks.of(node.uri).map((block) => ({ type: "block", uri: node.uri, block }));
    if (node.type === "block") return this.findingsIn(node.uri, node.block);
    return [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.type) {
      case "folder":
        return new vscode.TreeItem(node.name, vscode.TreeItemCollapsibleState.Expanded);
      case "file": {
        const item = new vscode.TreeItem(node.uri, vscode.TreeItemCollapsibleState.Expanded);
        item.iconPath = vscode.ThemeIcon.File;
        item.contextValue = "file";
        return item;
      }
      case "block":
        return this.blockItem(node.uri, node.block);
      case "finding":
        return findingItem(node);
    }
  }

  private folders(): Node[] {
    const folders: Node[] = [];
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      if (this.filesIn(folder).length > 0) folders.push({ type: "folder", name: folder.name, folder });
    }
    if (this.filesIn(undefined).length > 0) folders.push({ type: "folder", name: "Elsewhere", folder: undefined });
    return folders;
  }

  private filesIn(folder: vscode.WorkspaceFolder | undefined): vscode.Uri[] {
    const mine = this.blocks
      .documents()
      .filter((uri) => vscode.workspace.getWorkspaceFolder(uri)?.index === folder?.index)
      // A row that VS Code has seen without children it does not open by itself once there are some.
      .filter((uri) => this.blocks.of(uri).length > 0);
    return mine.sort((a, b) => a.path.localeCompare(b.path));
  }

  private findingsIn(uri: vscode.Uri, block: Block): Node[] {
    return this.findings(uri)
      .filter((finding) => finding.block === block.id)
      .map((finding) => ({ type: "finding", uri, finding }));
  }

  private blockItem(uri: vscode.Uri, block: Block): vscode.TreeItem {
    const first = block.ranges[0]?.start.line ?? 0;
    const end = block.ranges.at(-1);
    const last = end === undefined ? first : lastLine(end);
    const lines = first === last ? `line ${first + 1}` : `lines ${first + 1}–${last + 1}`;
    const found = this.findingsIn(uri, block).length;
    const { Expanded, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(phrase(block.origin), found > 0 ? Expanded : None);
    item.id = `${uri.toString()}#${block.id}#${found > 0 ? "open" : "leaf"}`; // another item, for the same reason
    item.description = `${lines} · ${block.state}`;
    item.tooltip = `${phrase(block.origin)}\n${lines}, ${block.state}, ${Math.round(block.survived * 100)} % unchanged`;
    item.contextValue = block.state === "reviewed" ? "block.reviewed" : "block.open";
    const color = new vscode.ThemeColor(
      block.state === "reviewed" ? "disabledForeground" : `leery.${block.origin.kind}`,
    );
    item.iconPath = new vscode.ThemeIcon(ICONS[block.origin.kind] ?? "question", color);
    item.command = { command: "leery.goTo", title: "Go to", arguments: [{ type: "block", uri, block } satisfies Node] };
    return item;
  }
}

function findingItem(node: Extract<Node, { type: "finding" }>): vscode.TreeItem {
  const { finding } = node;
  const item = new vscode.TreeItem(finding.rule);
  item.description = `${finding.range.start.line + 1}: ${finding.message}`;
  item.tooltip = finding.message;
  item.contextValue = "finding";
  const error = finding.severity === vscode.DiagnosticSeverity.Error;
  item.iconPath = new vscode.ThemeIcon(
    error ? "error" : "warning",
    new vscode.ThemeColor(error ? "list.errorForeground" : "list.warningForeground"),
  );
  item.command = { command: "leery.goTo", title: "Go to", arguments: [node] };
  return item;
}

/** Show a block or finding in its document, at its place of now. */
export async function goTo(node: Node, blocks: Blocks): Promise<void> {
  if (node.type !== "block" && node.type !== "finding") return;
  let range = node.type === "finding" ? node.finding.range : undefined;
  if (node.type === "block") {
    const current = (await blocks.refresh(node.uri)).find(({ id }) => id === node.block.id) ?? node.block;
    range = current.ranges[0] && asRange(current.ranges[0]);
  }
  await vscode.window.showTextDocument(node.uri, range ? { selection: range } : {});
}
