/** The settings that the person has set, for the server. */

import * as vscode from "vscode";

/**
 * Every `leery.*` setting that somebody has set. Defaults are left out: they would outweigh the workspace's own
 * leery.toml. Diagnostics are always pushed: VS Code would show pulled ones a second time.
 */
export function explicitSettings(scope: vscode.Uri | undefined): Record<string, unknown> {
  const settings = vscode.workspace.getConfiguration("leery", scope ?? vscode.workspace.workspaceFolders?.[0]?.uri);
  const found: Record<string, unknown> = {};
  for (const name of names()) {
    const known = settings.inspect(name);
    if (known === undefined) continue;
    const set = [known.globalValue, known.workspaceValue, known.workspaceFolderValue].some(
      (value) => value !== undefined,
    );
    // What VS Code withholds from an untrusted workspace must not come in by its raw value: `get` knows.
    if (set) found[name] = settings.get(name);
  }
  return { ...found, "diagnostics.mode": "push" };
}

function names(): string[] {
  const manifest = vscode.extensions.getExtension("leery.leery")?.packageJSON as Manifest | undefined;
  return Object.keys(manifest?.contributes?.configuration?.properties ?? {}).map((name) => name.slice("leery.".length));
}

interface Manifest {
  readonly contributes?: { readonly configuration?: { readonly properties?: Readonly<Record<string, unknown>> } };
}
