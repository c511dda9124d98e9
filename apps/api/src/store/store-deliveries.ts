// What waits in the Store for one person, and what became of it. Names and keys pass through it sealed; who may download is
// decided in version-audience.ts.
import type { Delivery, SentDelivery } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import {
  type DeliveryOutcome,
  deliveriesFor,
  deliveriesFrom,
  findDelivery,
  findSealedPage,
} from '../db/queries/store-deliveries.ts';
import { findVersion } from '../db/queries/store-versions.ts';
import { refusal } from '../trpc/error.ts';
import type { StoreHoldings } from './store-holdings.ts';
import type { VersionEnd } from './version-end.ts';

interface Dependencies {
  db: Database;
  holdings: Pick<StoreHoldings, 'health'>;
  end: VersionEnd;
}

/** What somebody sent in the last months; who sends more finds the newest. */
const MOST_SENT = 100;
/** Told at once: the next ones when some of these are answered. */
const MOST_WAITING = 500;

export class StoreDeliveries {
  readonly #using: Dependencies;

  constructor(using: Dependencies) {
    this.#using = using;
  }

  /** Whole, and safe without its sender: what is on its way still is told of when it is there. */
  waiting(userId: string, deviceId: string, nowMs: number): Delivery[] {
    const { db, holdings } = this.#using;
    const rows = deliveriesFor(db, { recipientId: userId, deviceId, limit: MOST_WAITING });
    return rows.map(({ version, sealedPageCount, senderName, wrappedKey }) => ({
      versionId: version.versionId,
      from: { userId: version.ownerId, username: senderName },
      createdAt: version.createdAt,
      expiresAt: version.expiresAt,
      sizeBytes: version.sizeBytes,
      wrappedKey,
      sealedPageCount,
      health: holdings.health(version, nowMs),
    }));
  }

  /** @throws `not-found` to all but the recipient */
  sealedPage(userId: string, versionId: string, page: number): string {
    const { db } = this.#using;
    this.#checkRecipient(userId, versionId);
    const bytes = findSealedPage(db, versionId, page);
    if (!bytes) throw refusal('not-found');
    return bytes.toString('base64url');
  }

  /**
   * It is of no use any more, and whoever keeps something of it may delete it. Said again it changes nothing.
   *
   * @throws `not-found` to all but the recipient
   */
  delivered(userId: string, versionId: string, outcome: Exclude<DeliveryOutcome, 'expired'>, nowMs: number): void {
    const { db, end } = this.#using;
    this.#checkRecipient(userId, versionId);
    const version = findVersion(db, versionId);
    if (version && version.goneAt === null) end(version, outcome, nowMs);
  }

  /** Without those that the sender took back. */
  sent(userId: string, nowMs: number): SentDelivery[] {
    const { db, holdings } = this.#using;
    return deliveriesFrom(db, userId, MOST_SENT).map(({ version, delivery, recipientName }) => ({
      versionId: version.versionId,
      to: { userId: delivery.recipientId, username: recipientName },
      createdAt: version.createdAt,
      sizeBytes: version.sizeBytes,
      state: delivery.outcome ?? (version.acceptedAt === null ? 'uploading' : 'waiting'),
      endedAt: delivery.endedAt,
      health: holdings.health(version, nowMs),
    }));
  }

  #checkRecipient(userId: string, versionId: string): void {
    if (findDelivery(this.#using.db, versionId)?.recipientId !== userId) throw refusal('not-found');
  }
}
