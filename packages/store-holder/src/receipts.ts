// Says to the server, signed, which columns are whole here. What it has not heard is said again: saying it twice is harmless.
import { type Column, LIMITS } from '@ferry/shared';
import type { Clock } from '@ferry/webrtc-core';
import { columnKey } from './column-key.ts';
import type { ColumnRecord } from './column-records.ts';
import type { ColumnShelf } from './column-shelf.ts';
import type { DeviceSigner } from './device-signer.ts';
import type { HolderServer } from './holder-server.ts';
import { pagesOf } from './pages.ts';

/** What was just said has its effect soon. */
const AGAIN_AFTER_MS = 60_000;

export interface ReceiptsOptions {
  shelf: ColumnShelf;
  signer: DeviceSigner;
  server: Pick<HolderServer, 'held'>;
  clock: Clock;
}

export class Receipts {
  readonly #options: ReceiptsOptions;
  /** When the server was told of a column; those that are not here any more are forgotten. */
  readonly #toldAtMs = new Map<string, number>();

  constructor(options: ReceiptsOptions) {
    this.#options = options;
  }

  /** Of what it was never told of. */
  async tell(): Promise<void> {
    await this.#tell(this.#options.shelf.in('fetched'));
  }

  /** Of what it wants to be kept here, and is here already: it may have lost what it knew. */
  async tellAgain(wanted: readonly Column[]): Promise<void> {
    const { shelf, clock } = this.#options;
    for (const key of this.#toldAtMs.keys()) if (!shelf.has(key)) this.#toldAtMs.delete(key);
    const isDue = (record: ColumnRecord) => {
      const toldAtMs = this.#toldAtMs.get(columnKey(record.column)) ?? Number.NEGATIVE_INFINITY;
      return shelf.isWhole(record.column) && clock.now() - toldAtMs >= AGAIN_AFTER_MS;
    };
    await this.#tell(wanted.flatMap((column) => shelf.get(column) ?? []).filter(isDue));
  }

  async #tell(records: readonly ColumnRecord[]): Promise<void> {
    const { signer, server, clock } = this.#options;
    for (const page of pagesOf(records, LIMITS.storeColumnsAtOnce)) {
      const receipts = await Promise.all(page.map((record) => signer.receipt(record)));
      await server.held({ deviceId: signer.keys.deviceId, receipts });
      for (const record of page) {
        this.#toldAtMs.set(columnKey(record.column), clock.now());
        await this.#markHeld(record);
      }
    }
  }

  /** It may have been deleted meanwhile. */
  async #markHeld(record: ColumnRecord): Promise<void> {
    const { shelf } = this.#options;
    if (record.state === 'held' || shelf.get(record.column) !== record) return;
    await shelf.put({ ...record, state: 'held' });
  }
}
