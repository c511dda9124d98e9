// Gives out columns of a version, one group after the other, and remembers what that leaves: who has room still, and who has
// enough on their way already. Decides neither when nor which columns.
import type { Assigning, Assignment } from './assign-columns.ts';
import { candidates } from './candidates.ts';
import { columnIndex } from './group-code.ts';
import type { GroupFacts } from './group-facts.ts';
import { assignedPlace, type Place } from './place.ts';
import type { StorePeer } from './store-peer.ts';

/** Columns of one version on their way to a device. Who is that slow is not given more of it. */
const MOST_UNDER_WAY = 4;

export interface GroupAssignment extends Assignment {
  readonly group: number;
}

export class AssignmentDesk {
  readonly #uploaderOwnerId: string;
  readonly #nowMs: number;
  readonly #peers: Map<string, StorePeer>;
  readonly #underWay = new Map<string, number>();
  /** With columns as they are called everywhere. */
  readonly assigned: GroupAssignment[] = [];

  constructor(uploaderOwnerId: string, peers: ReadonlyMap<string, StorePeer>, nowMs: number) {
    this.#uploaderOwnerId = uploaderOwnerId;
    this.#peers = new Map(peers);
    this.#nowMs = nowMs;
  }

  /** What is on its way already. */
  count(places: readonly Place[]): void {
    for (const { state, peerId } of places) if (state === 'assigned') this.#countOne(peerId);
  }

  /** Whom the columns of this group could go to now. */
  using({ code, needBytes, failedPeerIds }: GroupFacts, places: readonly Place[]): Assigning {
    const wanted = { needBytes, nowMs: this.#nowMs, exceptOwnerId: this.#uploaderOwnerId };
    const able = candidates(this.#peers.values(), wanted).filter(({ peerId }) => {
      return !failedPeerIds.has(peerId) && (this.#underWay.get(peerId) ?? 0) < MOST_UNDER_WAY;
    });
    return { code, places, peers: this.#peers, candidates: able, needBytes, nowMs: this.#nowMs };
  }

  /** @returns the places that they are now */
  assign({ group, code, needBytes }: GroupFacts, assignments: readonly Assignment[]): Place[] {
    for (const { peerId, ownerId, index } of assignments) {
      this.assigned.push({ group, index: columnIndex(code, index), peerId, ownerId });
      this.#countOne(peerId);
      const peer = this.#peers.get(peerId)!;
      this.#peers.set(peerId, { ...peer, freeBytes: peer.freeBytes - needBytes });
    }
    return assignments.map((assignment) => assignedPlace(assignment, this.#nowMs));
  }

  #countOne(peerId: string): void {
    this.#underWay.set(peerId, (this.#underWay.get(peerId) ?? 0) + 1);
  }
}
