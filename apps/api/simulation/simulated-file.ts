// A file of one group in the simulated Store: its code, its places and its lease, changed only as the product's transitions
// say. Decides nothing itself.
import { acceptedThreshold } from '../src/store/accepted-threshold.ts';
import type { Assignment } from '../src/store/assign-columns.ts';
import type { Code } from '../src/store/code.ts';
import { type GroupColumns, groupColumns } from '../src/store/columns.ts';
import { happiness } from '../src/store/happiness.ts';
import { columnKey } from '../src/store/inventory.ts';
import { assignedPlace, type Place, type PlaceEvent, placeTransition } from '../src/store/place.ts';
import { NEVER_LEASED, type RepairLease } from '../src/store/repair-lease.ts';
import type { RepairPlan } from '../src/store/repair-plan.ts';
import type { StorePeers } from '../src/store/store-peer.ts';
import { columnBytes } from '../src/store/stored-size.ts';
import type { SimulatedPeer } from './simulated-peer.ts';

/** One group, whatever the code; all files are alike, so that each counts the same. */
export const FILE_BYTES = 64 * 1024 ** 2;

export interface RunningRepair {
  readonly plan: RepairPlan;
  readonly token: number;
}

export class SimulatedFile {
  readonly groupId: string;
  readonly uploader: SimulatedPeer;
  readonly uploadedMs: number;
  readonly columnBytes: number;
  code: Code;
  acceptedMs: number | null = null;
  belowFloorOfficeMs = 0;
  lease: RepairLease = NEVER_LEASED;
  repair: RunningRepair | null = null;
  readonly #peers: ReadonlyMap<string, SimulatedPeer>;
  readonly #placesByPeer = new Map<string, Map<number, Place>>();
  readonly #everHeld = new Set<number>();
  #places: readonly Place[] | null = [];
  #columns: GroupColumns | null = null;
  #columnsAtMs = -1;

  constructor(groupId: string, uploader: SimulatedPeer, code: Code, nowMs: number, peers: SimulatedFile['peers']) {
    this.groupId = groupId;
    this.uploader = uploader;
    this.uploadedMs = nowMs;
    this.code = code;
    this.columnBytes = columnBytes(FILE_BYTES, code.k, 0);
    this.#peers = peers;
  }

  get peers(): ReadonlyMap<string, SimulatedPeer> {
    return this.#peers;
  }

  get places(): readonly Place[] {
    this.#places ??= [...this.#placesByPeer.values()].flatMap((places) => [...places.values()]);
    return this.#places;
  }

  /** Asked several times a step, and the same until something changes. */
  columns(peers: StorePeers, nowMs: number, deadAfterMs: number): GroupColumns {
    if (this.#columnsAtMs !== nowMs) this.#columns = null;
    this.#columns ??= groupColumns(this.places, peers, nowMs, deadAfterMs);
    this.#columnsAtMs = nowMs;
    return this.#columns;
  }

  placesAt(peerId: string): Place[] {
    return [...(this.#placesByPeer.get(peerId)?.values() ?? [])];
  }

  wasHeld(index: number): boolean {
    return this.#everHeld.has(index);
  }

  assign(assignment: Assignment, nowMs: number): void {
    this.#put(assignedPlace(assignment, nowMs));
  }

  apply(place: Place, event: PlaceEvent, nowMs: number): void {
    const [next, effects] = placeTransition(place, event, nowMs);
    const peer = this.#peers.get(place.peerId)!;
    const key = columnKey(this.groupId, place.index);
    if (next !== place) this.#put(next);
    if (next.state === 'held') {
      peer.columns.add(key);
      this.#everHeld.add(place.index);
    }
    if (effects.includes('let-go')) peer.columns.delete(key);
    if (this.acceptedMs === null && happiness(this.places) >= acceptedThreshold(this.code)) this.acceptedMs = nowMs;
  }

  #put(place: Place): void {
    const { index, peerId } = place;
    const places = this.#placesByPeer.get(peerId) ?? new Map<number, Place>();
    const columns = Number(takesRoom(place)) - Number(takesRoom(places.get(index)));
    this.#peers.get(peerId)!.usedBytes += columns * this.columnBytes;
    this.#placesByPeer.set(peerId, places.set(index, place));
    this.#places = null;
    this.#columns = null;
  }
}

function takesRoom(place: Place | undefined): boolean {
  return place?.state === 'held' || place?.state === 'assigned';
}
