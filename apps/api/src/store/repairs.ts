// Repairs as they are led: groups that need one are leased to somebody who makes the columns, and what was made is given to
// those who are to keep it. What is needed, by whom and for whom is decided by the functions beside it; which group is looked
// at when, by whoever calls.
import type { Database } from '../db/client.ts';
import { columnsOfGroups } from '../db/queries/store-groups.ts';
import type { Group } from '../db/queries/store-leases.ts';
import { assignPlace, findPlace } from '../db/queries/store-places.ts';
import { candidates } from './candidates.ts';
import { groupColumns } from './columns.ts';
import { copyDoubled } from './copied-columns.ts';
import { isDead } from './departures.ts';
import { FloorWatch } from './floor-watch.ts';
import { columnIndex, countedIndex, type GroupCode } from './group-code.ts';
import { groupKey, LeaseBook, type LeaseClaim } from './lease-book.ts';
import type { Place } from './place.ts';
import { type RepairNeed, repairNeed } from './repair-need.ts';
import { planRepair, type RepairPlan } from './repair-plan.ts';
import { LAZY_REPAIR } from './repair-policy.ts';
import { mayRepair } from './repair-rate.ts';
import type { StorePeer, StorePeers } from './store-peer.ts';

interface Dependencies {
  db: Database;
  /** There is something to look for on this device. */
  nudge: (deviceId: string) => void;
  /** Places of it have changed. */
  changed: (versionId: string) => void;
  counted: (step: 'leased' | 'made') => void;
  random?: () => number;
}

/** What a look at a group is given of it. */
export interface LookedAt extends Group {
  code: GroupCode;
  /** With their indexes as devices know them. */
  places: readonly Place[];
  peers: StorePeers;
  /** Of the largest column. */
  needBytes: number;
  /** Peers that hold other groups of the same version. */
  companions: ReadonlySet<string>;
  /** Who still has the file itself: a copy where it came from is none. */
  uploaderId: string | undefined;
  isOfficeTime: boolean;
  nowMs: number;
}

export class Repairs {
  readonly #using: Dependencies;
  readonly #leases: LeaseBook;
  readonly #floor = new FloorWatch(LAZY_REPAIR.floor!);

  constructor(using: Dependencies) {
    this.#using = using;
    this.#leases = new LeaseBook(using.db);
  }

  underWay(nowMs: number): number {
    return this.#leases.busyPeers(nowMs).size;
  }

  isUnderWay(group: Group, nowMs: number): boolean {
    return this.#leases.isLeased(group, nowMs);
  }

  /** Has it repaired, if it needs that and there is anybody to do it. */
  look(group: LookedAt): void {
    const { code, peers, isOfficeTime, nowMs } = group;
    const places = group.places.map((place) => ({ ...place, index: countedIndex(code, place.index) }));
    const columns = groupColumns(places, peers, nowMs);
    const seen = { code, onlineColumns: columns.online.size, isOfficeTime };
    const belowFloorOfficeMs = this.#floor.look(groupKey(group), seen, nowMs);
    if (this.#leases.isLeased(group, nowMs)) return;
    const isResting = this.#leases.isResting(group, nowMs);
    const need = isResting ? undefined : repairNeed({ code, columns, belowFloorOfficeMs });
    if (!need || !this.#lease(need, { ...group, places })) this.#copy({ ...group, places });
  }

  /**
   * @returns until when it goes on
   * @throws `lease-lost`
   */
  renew(claim: LeaseClaim, nowMs: number): number {
    return this.#leases.renew(claim, nowMs);
  }

  /**
   * Those who are to keep what was made fetch it from whoever made it. The lease ends; said twice, it is taken once.
   *
   * @param indexes made, verified and served
   * @throws `lease-lost`
   */
  repaired(claim: LeaseClaim, indexes: readonly number[], peers: StorePeers, nowMs: number): void {
    if (this.#leases.hasEnded(claim)) return;
    const { db, nudge, changed, counted } = this.#using;
    const { versionId, group, deviceId: sourceDeviceId } = claim;
    const holders = db.transaction((transaction) => {
      const { make } = this.#leases.end(transaction, claim, nowMs);
      const known = columnsOfGroups(transaction, versionId, group, group + 1);
      const sizes = new Map(known.map(({ index, sizeBytes }) => [index, sizeBytes]));
      const assigned = make.filter(({ index, deviceId }) => {
        const isWanted = indexes.includes(index) && sizes.has(index) && !isDead(peers.get(deviceId), nowMs);
        return isWanted && findPlace(transaction, { versionId, group, index, deviceId })?.state !== 'held';
      });
      for (const { index, deviceId } of assigned) {
        const place = { versionId, group, index, deviceId, sizeBytes: sizes.get(index)!, sourceDeviceId };
        assignPlace(transaction, place, nowMs);
      }
      return new Set(assigned.map(({ deviceId }) => deviceId));
    });
    counted('made');
    changed(versionId);
    for (const deviceId of holders) nudge(deviceId);
  }

  /** Whether there is somebody to do it. */
  #lease(need: RepairNeed, group: LookedAt): boolean {
    const plan = this.#plan(need, group);
    if (!plan) return false;
    const make = plan.columns.map(({ index, peerId }) => ({ index: columnIndex(group.code, index), deviceId: peerId }));
    if (!this.#leases.take(group, plan.repairerId, { make }, group.nowMs)) return false;
    this.#using.counted('leased');
    this.#using.changed(group.versionId);
    this.#using.nudge(plan.repairerId);
    return true;
  }

  /** All that could be made is there, but too few people have it. */
  #copy(group: LookedAt): void {
    const { db, changed, nudge, random = Math.random } = this.#using;
    const deviceIds = copyDoubled(db, { ...group, candidates: ableFor(group) }, random);
    if (deviceIds.length > 0) changed(group.versionId);
    for (const deviceId of deviceIds) nudge(deviceId);
  }

  #plan(need: RepairNeed, group: LookedAt): RepairPlan | undefined {
    const { versionId, code, places, peers, needBytes, companions, nowMs } = group;
    const busyPeerIds = this.#leases.busyPeers(nowMs);
    const onlinePeers = [...peers.values()].filter(({ onlineSinceMs }) => onlineSinceMs !== null).length;
    if (!mayRepair(need.reason, { underWay: busyPeerIds.size, onlinePeers })) return undefined;
    const able = ableFor(group);
    const known = columnsOfGroups(this.#using.db, versionId, group.group, group.group + 1);
    const makeable = new Set(known.map(({ index }) => countedIndex(code, index)));
    const using = { code, places, peers, candidates: able, needBytes, companions, nowMs, busyPeerIds, makeable };
    const plan = planRepair(need, using, this.#using.random ?? Math.random);
    if (!plan) return undefined;
    // Whoever makes columns holds one already; another one there would be of the same person.
    const columns = plan.columns.filter(({ peerId }) => peerId !== plan.repairerId);
    return columns.length < need.leastColumns ? undefined : { ...plan, columns };
  }
}

function ableFor({ peers, needBytes, nowMs, uploaderId }: LookedAt): StorePeer[] {
  const wanted = { needBytes, nowMs, ...(uploaderId === undefined ? {} : { exceptOwnerId: uploaderId }) };
  return candidates(peers.values(), wanted);
}
