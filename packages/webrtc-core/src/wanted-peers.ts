// Which peers the connector is to keep a channel to: those that some transfer needs. Knows no transfer.
import type { Connector } from './connector.ts';

export class WantedPeers {
  readonly #connector: Connector;
  #wanted = new Set<string>();

  constructor(connector: Connector) {
    this.#connector = connector;
  }

  has(peerId: string): boolean {
    return this.#wanted.has(peerId);
  }

  /** These are needed now, and no others. */
  replace(needed: Set<string>): void {
    for (const peerId of needed) if (!this.#wanted.has(peerId)) this.#connector.want(peerId);
    for (const peerId of this.#wanted) if (!needed.has(peerId)) this.#connector.release(peerId);
    this.#wanted = needed;
  }

  releaseAll(): void {
    this.replace(new Set());
  }
}
