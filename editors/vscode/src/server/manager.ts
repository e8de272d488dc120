/**
 * The server's life: found, started, restarted, given up. One thing happens at a time, however many ask.
 *
 * A server that ends by itself is started again, up to five times within three minutes; then the person decides.
 */

import * as vscode from "vscode";
import { LanguageClient, State } from "vscode-languageclient/node";

import { note } from "../timings";
import { storage } from "./install";
import { type Channels, connect, type Connection, type Plan } from "./connection";
import { type Found, locate, type Missing } from "./locate";
import { onInterpreterSelected } from "./python";

export type Health = "stopped" | "starting" | "running" | "missing" | "failed";

const CRASHES = 5;
const CRASH_WINDOW = 180_000;
/** Milliseconds after which a start is called slow. */
const SLOW = 10_000;

export interface Problem {
  readonly message: string;
  readonly kind: "missing" | "setting" | "crash" | "version";
}

export class Manager implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Health>();
  /** The server's health is another; a client is there exactly while it is `running`. */
  readonly onHealth = this.changed.event;
  health: Health = "stopped";
  client: LanguageClient | undefined;
  private current: Connection | undefined;
  /** Ends the waiting for a server that is just starting. */
  private interrupt: (() => void) | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private crashes: number[] = [];
  /** Whether another server may be found, or one at all, once another interpreter is selected. */
  private selectable = false;
  private readonly selecting = onInterpreterSelected(() => {
    if (this.selectable) void this.restart("another Python was selected");
  });
  private disposed = false;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly channels: Channels,
    private readonly hooks: Pick<Plan, "complete" | "show"> & {
      readonly prepare: (client: LanguageClient) => void;
      readonly tell: (problem: Problem) => void;
    },
  ) {}

  /** Start the server, unless it runs. */
  start(): Promise<void> {
    return this.next(() => (this.current === undefined ? this.startNow() : Promise.resolve()));
  }

  /** Stop the server if it runs, and start it; earlier crashes are forgotten. */
  restart(why: string): Promise<void> {
    this.interrupt?.();
    return this.next(async () => {
      this.channels.log.info(`restarting: ${why}`);
      this.crashes = [];
      await this.stopNow();
      await this.startNow();
    });
  }

  /** Stop the server. */
  stop(): Promise<void> {
    this.interrupt?.();
    return this.next(() => this.stopNow());
  }

  dispose(): void {
    this.disposed = true;
    this.selecting.dispose();
    this.changed.dispose();
  }

  private next(task: () => Promise<void>): Promise<void> {
    const done = this.queue.then(task).catch((error: unknown) => this.channels.log.error(String(error)));
    this.queue = done;
    return done;
  }

  private async startNow(): Promise<void> {
    if (this.disposed) return;
    this.set("starting");
    const found: Found | Missing = await locate(this.context);
    this.selectable = "missing" in found ? found.setting === undefined : found.selected === true;
    if ("missing" in found) {
      this.channels.log.warn(found.missing);
      this.set("missing");
      this.hooks.tell({ message: found.missing, kind: found.setting === undefined ? "missing" : "setting" });
      return;
    }
    this.channels.log.info(`starting ${found.command}, from ${found.from}`);
    const folder = await storage(this.context);
    let ended = false;
    const connection: Connection = connect({
      command: found.command,
      folder,
      channels: this.channels,
      complete: this.hooks.complete,
      show: this.hooks.show,
      onClosed: () => {
        if (ended || this.current !== connection) return;
        ended = true;
        this.crashed(connection);
      },
    });
    const { client } = connection;
    this.current = connection;
    this.hooks.prepare(client);
    const slow = setTimeout(() => {
      void vscode.window.showWarningMessage(
        "Leery: the server is slow to start. It may still come; typing is not held up.",
      );
    }, SLOW);
    const began = performance.now();
    try {
      await Promise.race([client.start(), new Promise<void>((resolve) => (this.interrupt = resolve))]);
    } catch (error) {
      this.channels.log.error(`the server did not start: ${String(error)}`);
      if (!ended) {
        ended = true;
        this.crashed(connection);
      }
      return;
    } finally {
      this.interrupt = undefined;
      clearTimeout(slow);
    }
    if (ended || client.state !== State.Running) return;
    const fault = this.versionFault(client);
    if (fault !== undefined) {
      await this.stopNow();
      this.set("failed");
      this.hooks.tell({ message: fault, kind: "version" });
      return;
    }
    note("start", performance.now() - began);
    this.channels.log.info(`running after ${(performance.now() - began).toFixed(0)} ms`);
    this.client = client;
    this.set("running");
  }

  private async stopNow(): Promise<void> {
    const connection = this.current;
    this.current = undefined;
    this.client = undefined;
    if (connection === undefined) return;
    this.set("stopped");
    await connection.end();
  }

  private crashed(connection: Connection): void {
    this.client = undefined;
    this.set("stopped");
    const now = Date.now();
    this.crashes = [...this.crashes.filter((time) => now - time < CRASH_WINDOW), now];
    const times = this.crashes.length;
    this.channels.log.error(`the server has ended by itself (${times} of ${CRASHES})`);
    void this.next(async () => {
      if (this.current !== connection) return;
      this.current = undefined;
      await connection.end();
      if (times < CRASHES) {
        await new Promise((resolve) => setTimeout(resolve, 100 * times));
        await this.startNow();
        return;
      }
      this.set("failed");
      const message = `The Leery server has ended by itself ${CRASHES} times within three minutes and is not started again.`;
      this.hooks.tell({ message, kind: "crash" });
    });
  }

  private versionFault(client: LanguageClient): string | undefined {
    const manifest = this.context.extension.packageJSON as { leery: { minimumServer: string } };
    const minimum = manifest.leery.minimumServer;
    const version = client.initializeResult?.serverInfo?.version;
    if (version !== undefined && compareVersions(version, minimum) >= 0) return undefined;
    return `This extension needs a Leery server of version ${minimum} or newer, and the one found is ${version ?? "of no known version"}.`;
  }

  private set(health: Health): void {
    if (this.health === health || this.disposed) return;
    this.health = health;
    void vscode.commands.executeCommand("setContext", "leery.running", health === "running");
    this.changed.fire(health);
  }
}

/** Below 0, 0 or above: the order of two versions by their numbers. */
export function compareVersions(one: string, other: string): number {
  const numbers = (version: string) => (version.match(/\d+/g) ?? []).slice(0, 3).map(Number);
  const [a, b] = [numbers(one), numbers(other)];
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
