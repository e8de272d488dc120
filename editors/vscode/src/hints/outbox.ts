/** Hints on their way to the server. While it is away they wait, so that none is lost in silence: the server logs the
 * ones that it cannot match any more. */

import type { LogOutputChannel } from "vscode";

import type { Insertion } from "../protocol";

/** Hints that wait for a server; more are counted and told. */
const MOST = 500;

export class Outbox {
  private send: ((hint: Insertion) => void) | undefined;
  private waiting: Insertion[] = [];
  private dropped = 0;

  constructor(private readonly log: LogOutputChannel) {}

  /** The server is there, or (undefined) is not. */
  connect(send: ((hint: Insertion) => void) | undefined): void {
    this.send = send;
    if (send === undefined) return;
    for (const hint of this.waiting.splice(0)) send(hint);
    if (this.dropped > 0) this.log.warn(`${this.dropped} hints could not wait for the server and were dropped`);
    this.dropped = 0;
  }

  post(hint: Insertion): void {
    this.log.debug(`hint: ${hint.kind}, ${hint.evidence}, version ${hint.textDocument.version}`);
    if (this.send !== undefined) {
      this.send(hint);
    } else if (this.waiting.length < MOST) {
      this.waiting.push(hint);
    } else {
      this.dropped++;
    }
  }
}
