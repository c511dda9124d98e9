// How much of the Store each person may fill: counted as what they uploaded, and refused beyond it. Knows not how often it is
// kept, nor whether there is room for it.
import type { StoreUsage } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { usedBytesOf } from '../db/queries/store-usage.ts';
import { refusal } from '../trpc/error.ts';

export class Quota {
  readonly #db: Database;
  readonly #quotaBytes: number;

  constructor(db: Database, quotaBytes: number) {
    this.#db = db;
    this.#quotaBytes = quotaBytes;
  }

  usage(userId: string): StoreUsage {
    return { usedBytes: usedBytesOf(this.#db, userId), quotaBytes: this.#quotaBytes };
  }

  /**
   * Within the transaction that stores it, or two uploads at once would both fit.
   *
   * @throws `quota-full`
   */
  checkRoom(db: Database, userId: string, sizeBytes: number): void {
    if (usedBytesOf(db, userId) + sizeBytes > this.#quotaBytes) throw refusal('quota-full');
  }
}
