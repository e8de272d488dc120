// An assistant that suggests and writes what a test tells it to, through a file-system socket.
"use strict";

const http = require("node:http");
const fs = require("node:fs");
const vscode = require("vscode");

let suggestion;

const asRange = (r) => new vscode.Range(r[0], r[1], r[2] ?? r[0], r[3] ?? r[1]);
const find = (path) => vscode.workspace.textDocuments.find((d) => d.uri.fsPath === path || d.uri.toString() === path);

const operations = {
  /** The window's state. */
  state() {
    const editor = vscode.window.activeTextEditor;
    return {
      path: editor?.document.uri.fsPath ?? null,
      uri: editor?.document.uri.toString() ?? null,
      version: editor?.document.version ?? null,
      dirty: editor?.document.isDirty ?? null,
      selections: editor?.selections.map((s) => [s.start.line, s.start.character, s.end.line, s.end.character]) ?? [],
      trusted: vscode.workspace.isTrusted,
      folders: vscode.workspace.workspaceFolders?.map((f) => f.name) ?? [],
    };
  },
  /** Show a file; the cursor goes to `at`. */
  async open({ path, at = [0, 0] }) {
    const document = await vscode.workspace.openTextDocument(/^[a-z-]{2,}:/.test(path) ? vscode.Uri.parse(path) : vscode.Uri.file(path));
    await vscode.window.showTextDocument(document, { selection: asRange(at), preview: false });
  },
  async notebook({ path }) {
    await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument(vscode.Uri.file(path)));
  },
  select({ ranges }) {
    const editor = vscode.window.activeTextEditor;
    editor.selections = ranges.map((r) => new vscode.Selection(r[0], r[1], r[2] ?? r[0], r[3] ?? r[1]));
    editor.revealRange(asRange(ranges[0]));
  },
  text({ path }) {
    return (path ? find(path) : vscode.window.activeTextEditor?.document)?.getText() ?? null;
  },
  /** How long the active text is, and how it ends. */
  size() {
    const document = vscode.window.activeTextEditor.document;
    const last = document.lineAt(document.lineCount - 1);
    return { length: document.offsetAt(last.range.end), end: last.text };
  },
  /** Suggest a text at the cursor, or in place of a range. */
  async suggest({ text, range }) {
    suggestion = { text, range };
    await vscode.commands.executeCommand("editor.action.inlineSuggest.trigger");
  },
  forget() {
    suggestion = undefined;
  },
  /** A workspace edit, as an assistant's "apply" does it. */
  edit({ path, edits }) {
    const workspaceEdit = new vscode.WorkspaceEdit();
    for (const { range, text } of edits) workspaceEdit.replace(vscode.Uri.file(path), asRange(range), text);
    return vscode.workspace.applyEdit(workspaceEdit);
  },
  /** What VS Code's chat does before it edits a file. */
  async chat({ path, session }) {
    const query = JSON.stringify({ session, requestId: "r", undoStop: "" });
    await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: "chat-editing-snapshot-text-model", path, query }));
  },
  command({ id, args = [] }) {
    return vscode.commands.executeCommand(id, ...args).then((value) => (value === undefined ? null : JSON.parse(JSON.stringify(value))));
  },
  diagnostics({ path }) {
    return vscode.languages.getDiagnostics(vscode.Uri.file(path)).map((d) => ({
      source: d.source ?? null,
      code: typeof d.code === "object" ? d.code.value : (d.code ?? null),
      message: d.message,
      severity: d.severity,
      range: [d.range.start.line, d.range.start.character, d.range.end.line, d.range.end.character],
    }));
  },
  async setting({ name, value }) {
    await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
  },
  /** Select an interpreter in the Python extension. */
  async interpreter({ path }) {
    await vscode.extensions.getExtension("ms-python.python").exports.environments.updateActiveEnvironmentPath(path);
  },
  /** What Leery measures of itself. */
  timings() {
    return vscode.extensions.getExtension("leery.leery").exports.timings;
  },
  clipboard({ text }) {
    return vscode.env.clipboard.writeText(text);
  },
  /** Close everything; what is not saved is saved, since VS Code would ask. */
  async close() {
    await vscode.commands.executeCommand("workbench.action.files.saveAll");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  },
};

exports.activate = (context) => {
  const socket = process.env.LEERY_STUB_SOCKET;
  fs.rmSync(socket, { force: true });
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (data) => (body += data));
    request.on("end", async () => {
      try {
        const { operation, ...argument } = JSON.parse(body);
        const result = await operations[operation](argument);
        response.end(JSON.stringify({ result: result ?? null }));
      } catch (error) {
        response.end(JSON.stringify({ error: String(error?.stack ?? error) }));
      }
    });
  });
  server.listen(socket);
  context.subscriptions.push(
    { dispose: () => server.close() },
    vscode.workspace.registerTextDocumentContentProvider("chat-editing-snapshot-text-model", { provideTextDocumentContent: () => "" }),
    vscode.languages.registerInlineCompletionItemProvider({ pattern: "**" }, {
      provideInlineCompletionItems(document, position) {
        if (suggestion === undefined) return [];
        const range = suggestion.range ? asRange(suggestion.range) : new vscode.Range(position, position);
        return [new vscode.InlineCompletionItem(suggestion.text, range)];
      },
    }),
  );
};
