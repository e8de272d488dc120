/** The findings shown in a document, read off its diagnostics. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

export interface Finding {
  readonly uri: vscode.Uri;
  readonly fingerprint: string;
  readonly block: string | null;
  readonly rule: string;
  readonly message: string;
  readonly severity: vscode.DiagnosticSeverity;
  readonly range: vscode.Range;
}

/** Every finding of a document, in document order; notices of engines are none. */
export function findingsOf(client: LanguageClient | undefined, uri: vscode.Uri): Finding[] {
  const found: Finding[] = [];
  for (const diagnostic of client?.diagnostics?.get(uri) ?? []) {
    const data = (diagnostic as { readonly data?: { fingerprint?: unknown; block?: unknown } }).data;
    if (typeof data?.fingerprint !== "string") continue;
    const { code } = diagnostic;
    found.push({
      uri,
      fingerprint: data.fingerprint,
      block: typeof data.block === "string" ? data.block : null,
      rule: String(typeof code === "object" ? code.value : (code ?? "")),
      message: diagnostic.message.split("\n", 1)[0] ?? "",
      severity: diagnostic.severity,
      range: diagnostic.range,
    });
  }
  return found.sort((a, b) => a.range.start.compareTo(b.range.start));
}
