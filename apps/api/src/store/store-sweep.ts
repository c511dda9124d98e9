// What time ends: versions that were to be kept until now, reports that nobody could reproduce, audits of long ago, a
// quarantine that was long enough, and offers of room by devices that never came back. Looks each minute; knows nobody who waits for it.
import type { Database } from '../db/client.ts';
import { deleteAuditsBefore } from '../db/queries/store-audits.ts';
import { deleteOffer, offersUnseenSince } from '../db/queries/store-offers.ts';
import { deleteReportsBefore, endQuarantinesBefore } from '../db/queries/store-reports.ts';
import { expiredVersions } from '../db/queries/store-versions.ts';
import { REMEMBERED_MS } from './audit-verdict.ts';
import type { VersionEnd } from './version-end.ts';

const EVERY_MS = 60_000;
/** One after the other: the next ones a minute later. */
const VERSIONS_AT_ONCE = 100;
/** A disk that garbled something is given another chance; if it does so again, it is out again. */
export const QUARANTINE_MS = 30 * 86_400_000;

/** Longer than a leave; whoever comes back offers anew. */
export const OFFER_FORGOTTEN_MS = 90 * 86_400_000;

interface Dependencies {
  db: Database;
  isOnline: (deviceId: string) => boolean;
  end: VersionEnd;
  /** Devices count again, or no more. */
  released: () => void;
  failed: (error: unknown) => void;
}

export class StoreSweep {
  readonly #using: Dependencies;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(using: Dependencies) {
    this.#using = using;
    this.#timer = setInterval(() => this.#tick(), EVERY_MS).unref();
  }

  sweep(nowMs: number): void {
    const { db, isOnline, end, released } = this.#using;
    for (const version of expiredVersions(db, nowMs, VERSIONS_AT_ONCE)) end(version, 'expired', nowMs);
    deleteAuditsBefore(db, nowMs - REMEMBERED_MS);
    deleteReportsBefore(db, nowMs - REMEMBERED_MS);
    const unseen = offersUnseenSince(db, nowMs - OFFER_FORGOTTEN_MS).filter((deviceId) => !isOnline(deviceId));
    for (const deviceId of unseen) deleteOffer(db, deviceId);
    if (endQuarantinesBefore(db, nowMs - QUARANTINE_MS) + unseen.length > 0) released();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    try {
      this.sweep(Date.now());
    } catch (error) {
      this.#using.failed(error);
    }
  }
}
