// Which shares their owner has stopped from another device, remembered where the catalog's own file cannot lose it: a
// browser publishes again what it holds. For how long and how many, decided here; knows no catalog and no devices.
import type { Database } from '../db/client.ts';
import {
  deleteSharesEndedBefore,
  insertEndedShares,
  isShareEnded,
  keepNewestEndedShares,
} from '../db/queries/ended-shares.ts';

/** Who opens a browser for the first time in a year may be asked to stop a share once more. */
const KEPT_MS = 366 * 86_400_000;
/** Of one person: all that they may share at once, ended twice over. */
const MOST_KEPT = 1000;

export class EndedShares {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  has(userId: string, shareId: string): boolean {
    return isShareEnded(this.#db, userId, shareId);
  }

  add(userId: string, shareIds: readonly string[], nowMs = Date.now()): void {
    this.#db.transaction((transaction) => {
      insertEndedShares(transaction, { userId, shareIds, endedAt: nowMs });
      keepNewestEndedShares(transaction, userId, MOST_KEPT);
      deleteSharesEndedBefore(transaction, nowMs - KEPT_MS);
    });
  }
}
