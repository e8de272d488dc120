/** A bar beside each block and a faint background behind it, by origin and review state, in the theme's colours. */

import * as vscode from "vscode";

import type { Block, Kind, Range } from "../protocol";
import type { Blocks } from "./blocks";

type Shown = Exclude<Kind, "typed" | "vcs">;

const KINDS: readonly Shown[] = ["completion", "chat", "agent", "paste", "disk", "unknown"];
const STATES = ["unreviewed", "lapsed", "reviewed"] as const;
type State = (typeof STATES)[number];

/** How the bar tells the review state: what is reviewed steps back. */
const BARS: Readonly<Record<State, { readonly width: string; readonly style: string }>> = {
  unreviewed: { width: "0 0 0 2px", style: "solid" },
  lapsed: { width: "0 0 0 2px", style: "dashed" },
  reviewed: { width: "0 0 0 1px", style: "solid" },
};

export class Decorations implements vscode.Disposable {
  private readonly bars = new Map<string, vscode.TextEditorDecorationType>();
  private readonly backgrounds = new Map<string, vscode.TextEditorDecorationType>();
  private readonly disposables: vscode.Disposable[] = [];

  constructor(private readonly blocks: Blocks) {
    for (const kind of KINDS) {
      const color = new vscode.ThemeColor(`leery.${kind}`);
      for (const state of STATES) {
        const { width, style } = BARS[state];
        const bar = vscode.window.createTextEditorDecorationType({
          isWholeLine: true,
          borderColor: color,
          borderWidth: width,
          borderStyle: style,
          ...(state === "reviewed"
            ? {}
            : { overviewRulerColor: color, overviewRulerLane: vscode.OverviewRulerLane.Left }),
        });
        this.bars.set(`${kind}.${state}`, bar);
      }
      this.backgrounds.set(
        kind,
        vscode.window.createTextEditorDecorationType({
          backgroundColor: new vscode.ThemeColor(`leery.${kind}Background`),
          rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        }),
      );
    }
    this.disposables.push(
      ...this.bars.values(),
      ...this.backgrounds.values(),
      blocks.onChange((uri) => this.draw(uri)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.draw()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("leery.decorations")) this.draw();
      }),
    );
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private draw(uri?: string): void {
    const wanted = vscode.workspace.getConfiguration("leery").get("decorations", true);
    for (const editor of vscode.window.visibleTextEditors) {
      const { document } = editor;
      if (uri === undefined || document.uri.toString() === uri)
        this.apply(editor, wanted ? this.blocks.of(document.uri) : []);
    }
  }

  private apply(editor: vscode.TextEditor, blocks: readonly Block[]): void {
    for (const [name, type] of this.bars) {
      const mine = blocks.filter((block) => `${block.origin.kind}.${block.state}` === name);
      editor.setDecorations(
        type,
        mine.flatMap((block) => block.ranges.map(asLines)),
      );
    }
    for (const [kind, type] of this.backgrounds) {
      const mine = blocks.filter((block) => block.origin.kind === kind && block.state !== "reviewed");
      editor.setDecorations(
        type,
        mine.flatMap((block) => block.ranges.map(asRange)),
      );
    }
  }
}

/** The last line that a range has characters of. */
export function lastLine({ start, end }: Range): number {
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
}

/** The lines of a range, for a mark on whole lines. */
function asLines(range: Range): vscode.Range {
  return new vscode.Range(range.start.line, 0, lastLine(range), 0);
}

/** The editor's form of a range. */
export function asRange(range: Range): vscode.Range {
  return new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
}
