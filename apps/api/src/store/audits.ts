// Audits as they are led: somebody is asked to fetch a chunk of what somebody else keeps, and what they say of it, like what
// downloads say of wrong bytes, has its consequences. What is checked next, and what follows from what was found, is decided
// in audit-plan.ts and wrong-bytes.ts. Never sees a byte.
import { randomUUID } from 'node:crypto';
import type { AuditVerdict, WrongBytes as WrongBytesReport } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import {
  concludeAudit,
  countCheckedSince,
  findAudit,
  insertAudit,
  isLookedAt,
  lastAuditOf,
  leastChecked,
  wasMissedByAudit,
} from '../db/queries/store-audits.ts';
import type { ColumnKey } from '../db/queries/store-groups.ts';
import { findPlace, type PlaceKey, updatePlace } from '../db/queries/store-places.ts';
import { refusal } from '../trpc/error.ts';
import { CHECKS_A_DAY, chooseAuditor, nextAudit } from './audit-plan.ts';
import { groupKey } from './lease-book.ts';
import type { StorePeer, StorePeers } from './store-peer.ts';
import { CHUNK_BYTES } from './stored-size.ts';
import { type Found, WrongBytes } from './wrong-bytes.ts';

const DAY_MS = 86_400_000;
/** Five within the eight hours that a computer in an office is on. */
const BETWEEN_AUDITS_MS = 90 * 60_000;
/** A second look that nobody took within that time may be asked of somebody else. */
const LOOK_MS = 10 * 60_000;
/** Enough that which of them comes next is left to chance where all were never checked. */
const LOOKED_AT = 50;

interface Dependencies {
  db: Database;
  /** There is something to look for on this device. */
  nudge: (deviceId: string) => void;
  /** A device has lost this column, or has it again. */
  lost: (place: PlaceKey) => void;
  found: (place: PlaceKey) => void;
  /** Something was said of this device. */
  concluded: (deviceId: string) => void;
  /** Whatever the device holds counts for nothing any more. */
  quarantined: (deviceId: string) => void;
  random?: () => number;
}

export class Audits {
  readonly #using: Dependencies;
  readonly #random: () => number;
  readonly #wrong: WrongBytes;
  /** When a device's turn was, by the plan: looks that others cause do not put it off. */
  readonly #plannedAtMs = new Map<string, number>();
  /** Second looks under way, by whom they are at; one at a time, or reports would keep everybody busy. */
  readonly #looks = new Map<string, { readonly auditId: string; readonly askedAtMs: number }>();

  constructor(using: Dependencies) {
    this.#using = using;
    this.#random = using.random ?? Math.random;
    this.#wrong = new WrongBytes({ ...using, checkAgain: (...again) => this.#checkAgain(...again) });
  }

  /** Asks for those that are due, of whoever is there. */
  plan(peers: StorePeers, nowMs: number): void {
    const { db } = this.#using;
    for (const peer of peers.values()) {
      if (peer.onlineSinceMs === null || nowMs - this.#lastTurn(peer) < BETWEEN_AUDITS_MS) continue;
      if (countCheckedSince(db, peer.peerId, nowMs - DAY_MS) >= CHECKS_A_DAY) continue;
      const found = leastChecked(db, peer.peerId, LOOKED_AT);
      const columns = found.map((column) => ({
        groupId: groupKey(column),
        index: column.index,
        shardCount: Math.ceil(column.sizeBytes / CHUNK_BYTES),
        checkedMs: column.checkedAt,
      }));
      const audit = nextAudit({ peer, columns, peers, nowMs }, this.#random);
      const column = found.find((each) => groupKey(each) === audit?.groupId && each.index === audit.index);
      if (!audit || !column) continue;
      this.#plannedAtMs.set(peer.peerId, nowMs);
      this.#ask(column, audit.shard, peer.peerId, audit.auditorId, nowMs);
    }
  }

  /**
   * Said twice, it counts once.
   *
   * @returns whether it was the first time
   * @throws `not-found` for one that nobody asked this device for
   */
  audited(auditorId: string, auditId: string, verdict: AuditVerdict, peers: StorePeers, nowMs: number): boolean {
    const { db } = this.#using;
    const audit = findAudit(db, auditId);
    if (audit?.auditorId !== auditorId) throw refusal('not-found');
    if (!concludeAudit(db, auditId, verdict, nowMs)) return false;
    const { versionId, group, index, holderId, chunk } = audit;
    if (this.#looks.get(holderId)?.auditId === auditId) this.#looks.delete(holderId);
    const place = { versionId, group, index, deviceId: holderId };
    // Who did not answer may have closed the lid: that is noted, and counts with what others say on other days.
    if (verdict === 'good') this.#good(place, nowMs);
    if (verdict === 'missing') this.#miss(place, nowMs);
    if (verdict === 'wrong') {
      const ownerId = peers.get(auditorId)?.ownerId;
      if (ownerId !== undefined) this.#wrong.found({ place, chunk }, { ownerId, wasAsked: true }, peers, nowMs);
    }
    this.#using.concluded(holderId);
    return true;
  }

  /** Some of them now, the others when the device says again what it has. */
  claimed(places: readonly PlaceKey[], peers: StorePeers, nowMs: number): void {
    const { db } = this.#using;
    for (const place of places.slice(0, CHECKS_A_DAY)) {
      const sizeBytes = findPlace(db, place)?.sizeBytes ?? 0;
      const auditorId = chooseAuditor(peers, [peers.get(place.deviceId)?.ownerId ?? ''], this.#random);
      if (auditorId === undefined || isLookedAt(db, place, nowMs - BETWEEN_AUDITS_MS)) continue;
      const chunk = Math.floor(this.#random() * Math.ceil(sizeBytes / CHUNK_BYTES));
      this.#ask(place, chunk, place.deviceId, auditorId, nowMs);
    }
  }

  /**
   * Something downloaded was wrong. Of what the device does not hold, as far as anybody knows, nothing is believed.
   *
   * @param reporterId may download it
   */
  report({ column, chunk, holder }: WrongBytesReport, reporterId: string, peers: StorePeers, nowMs: number): void {
    const place = { ...column, deviceId: holder };
    if (findPlace(this.#using.db, place)?.state !== 'held') return;
    this.#wrong.found({ place, chunk }, { ownerId: reporterId, wasAsked: false }, peers, nowMs);
  }

  #checkAgain({ place, chunk }: Found, exceptOwnerIds: readonly string[], peers: StorePeers, nowMs: number): void {
    const { deviceId: holderId } = place;
    const before = this.#looks.get(holderId);
    if (before && nowMs - before.askedAtMs < LOOK_MS) return;
    const auditorId = chooseAuditor(peers, exceptOwnerIds, this.#random);
    if (auditorId === undefined) return;
    const auditId = this.#ask(place, chunk, holderId, auditorId, nowMs);
    this.#looks.set(holderId, { auditId, askedAtMs: nowMs });
  }

  /** After a start, as far as the tables tell: what was a look then counts as a turn, once. */
  #lastTurn({ peerId }: StorePeer): number {
    const turnAtMs = this.#plannedAtMs.get(peerId) ?? lastAuditOf(this.#using.db, peerId) ?? 0;
    this.#plannedAtMs.set(peerId, turnAtMs);
    return turnAtMs;
  }

  #ask(
    { versionId, group, index }: ColumnKey,
    chunk: number,
    holderId: string,
    auditorId: string,
    nowMs: number,
  ): string {
    const auditId = randomUUID();
    insertAudit(this.#using.db, { auditId, versionId, group, index, holderId, auditorId, chunk, createdAt: nowMs });
    this.#using.nudge(auditorId);
    return auditId;
  }

  /** It counts again, if somebody else had not found it there. */
  #good(key: PlaceKey, nowMs: number): void {
    const { db, found } = this.#using;
    const place = findPlace(db, key);
    if (!place || place.state === 'released') return;
    const isBack = wasMissedByAudit(db, place);
    updatePlace(db, key, { checkedAt: nowMs, ...(isBack && { state: 'held', sinceMs: nowMs }) });
    if (isBack) found(key);
  }

  /** At once: it comes back when somebody finds it there, whatever the device says. */
  #miss(place: PlaceKey, nowMs: number): void {
    const { db, lost } = this.#using;
    if (findPlace(db, place)?.state !== 'held') return;
    updatePlace(db, place, { state: 'missing', sinceMs: nowMs });
    lost(place);
  }
}
