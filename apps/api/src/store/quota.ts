// How much of the Store each person may fill: counted as what they uploaded, with what the server itself has to keep of it, and
// refused beyond it. Knows not how often it is kept, nor whether there is room for it.
import { type BeginVersion, LIMITS, type StoreUsage } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { usedBy } from '../db/queries/store-usage.ts';
import { refusal } from '../trpc/error.ts';

/** What a version costs the server in rows, however small it is; an empty one, too. */
const LEAST_BYTES = 64 * 1024;
const SEALED_PAGE_BYTES = Math.ceil((LIMITS.storeSealedPageCharacters * 3) / 4);
const COUNTING = { leastBytes: LEAST_BYTES, sealedPageBytes: SEALED_PAGE_BYTES };
/** More than anybody looks through; each is a row that everybody's list has to pass. */
const MOST_VERSIONS = 10_000;

export class Quota {
  readonly #db: Database;
  readonly #quotaBytes: number;

  constructor(db: Database, quotaBytes: number) {
    this.#db = db;
    this.#quotaBytes = quotaBytes;
  }

  usage(userId: string): StoreUsage {
    return { usedBytes: usedBy(this.#db, userId, COUNTING).bytes, quotaBytes: this.#quotaBytes };
  }

  /**
   * Within the transaction that stores it, or two uploads at once would both fit.
   *
   * @throws `quota-full`, `too-many`
   */
  checkRoom(db: Database, userId: string, { sizeBytes, content }: Pick<BeginVersion, 'sizeBytes' | 'content'>): void {
    const { bytes, versions } = usedBy(db, userId, COUNTING);
    if (versions >= MOST_VERSIONS) throw refusal('too-many');
    const sealedBytes = content.type === 'delivery' ? content.sealedPageCount * SEALED_PAGE_BYTES : 0;
    if (bytes + Math.max(sizeBytes, LEAST_BYTES) + sealedBytes > this.#quotaBytes) throw refusal('quota-full');
  }
}
