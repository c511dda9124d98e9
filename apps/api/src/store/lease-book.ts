// Who repairs which group now, kept in the database and, for it is asked with every look at a group, in memory. Decides what
// repair-lease.ts decides; knows no columns.
import type { Database } from '../db/client.ts';
import {
  findLease,
  type Group,
  type LeaseRow,
  liveLeases,
  putLease,
  type RepairPlanRow,
} from '../db/queries/store-leases.ts';
import { refusal } from '../trpc/error.ts';
import { leaseOf, rowOf } from './kept-lease.ts';
import { LeaseRests } from './lease-rests.ts';
import { type LeaseEvent, leaseTransition } from './repair-lease.ts';

/** How whoever makes columns names what they do. */
export interface LeaseClaim extends Group {
  deviceId: string;
  token: number;
}

export class LeaseBook {
  readonly #db: Database;
  readonly #live: Map<string, Pick<LeaseRow, 'deviceId' | 'leasedUntil'>>;
  readonly #rests = new LeaseRests();

  constructor(db: Database) {
    this.#db = db;
    this.#live = new Map(liveLeases(db, Date.now()).map((row) => [groupKey(row), row]));
  }

  isLeased(group: Group, nowMs: number): boolean {
    return (this.#live.get(groupKey(group))?.leasedUntil ?? 0) > nowMs;
  }

  /** Whether it was leased in vain a moment ago. */
  isResting(group: Group, nowMs: number): boolean {
    const key = groupKey(group);
    this.#forgetRunOut(key, nowMs);
    return this.#rests.isResting(key, nowMs);
  }

  /** Who repairs anything. */
  busyPeers(nowMs: number): Set<string> {
    const busy = new Set<string>();
    for (const [key, { deviceId, leasedUntil }] of this.#live) {
      if (leasedUntil <= nowMs) this.#forgetRunOut(key, nowMs);
      else if (deviceId !== null) busy.add(deviceId);
    }
    return busy;
  }

  /** Whether it was free. */
  take({ versionId, group }: Group, peerId: string, plan: RepairPlanRow, nowMs: number): boolean {
    const [lease, [effect]] = leaseTransition(
      leaseOf(findLease(this.#db, { versionId, group })),
      { type: 'take', peerId },
      nowMs,
    );
    if (effect?.type !== 'granted') return false;
    this.#keep(this.#db, rowOf(lease, { versionId, group, token: 0, deviceId: null, leasedUntil: 0, plan }));
    return true;
  }

  /**
   * @returns until when it goes on
   * @throws `lease-lost`
   */
  renew(claim: LeaseClaim, nowMs: number): number {
    return this.#change(this.#db, claim, { type: 'renew', token: claim.token }, nowMs).leasedUntil;
  }

  /**
   * @param db the caller's transaction
   * @returns what had been planned
   * @throws `lease-lost`
   */
  end(db: Database, claim: LeaseClaim, nowMs: number): RepairPlanRow {
    const { plan } = this.#change(db, claim, { type: 'end', token: claim.token }, nowMs);
    this.#rests.repaired(groupKey(claim));
    return plan;
  }

  /** Of this very lease: whoever says a second time that all is made was not heard, or not answered, the first time. */
  hasEnded(claim: LeaseClaim): boolean {
    const row = findLease(this.#db, claim);
    return row?.deviceId === claim.deviceId && row.token === claim.token && row.leasedUntil === 0;
  }

  #change(db: Database, claim: LeaseClaim, event: LeaseEvent, nowMs: number): LeaseRow {
    const row = findLease(db, claim);
    if (row?.deviceId !== claim.deviceId) throw refusal('lease-lost');
    const [lease, [effect]] = leaseTransition(leaseOf(row), event, nowMs);
    if (effect?.type === 'refused') throw refusal('lease-lost');
    const next = rowOf(lease, row);
    this.#keep(db, next);
    return next;
  }

  /** Whoever had it has not said that anything is made. */
  #forgetRunOut(key: string, nowMs: number): void {
    const { leasedUntil } = this.#live.get(key) ?? {};
    if (leasedUntil === undefined || leasedUntil > nowMs) return;
    this.#live.delete(key);
    this.#rests.ranOut(key, leasedUntil);
  }

  #keep(db: Database, row: LeaseRow): void {
    putLease(db, row);
    if (row.leasedUntil === 0) this.#live.delete(groupKey(row));
    else this.#live.set(groupKey(row), row);
  }
}

export function groupKey({ versionId, group }: Group): string {
  return `${versionId}:${group}`;
}
