// Which candidate takes which column, so that nobody's leaving costs more than it must. Knows nothing of chance: the order of
// the candidates was decided before.
import { hasRoom, ownersOf } from './candidates.ts';
import type { Code } from './code.ts';
import { isDead } from './departures.ts';
import type { Place } from './place.ts';
import type { StorePeer, StorePeers } from './store-peer.ts';

export type Assignment = Pick<Place, 'index' | 'peerId' | 'ownerId'>;

export interface Assigning {
  readonly code: Code;
  /** Of the group, as they are. */
  readonly places: readonly Place[];
  readonly peers: StorePeers;
  /** In the order in which they are asked; placement, replacement and repair put them into it. */
  readonly candidates: readonly StorePeer[];
  /** Of the largest column of the group. */
  readonly needBytes: number;
  readonly nowMs: number;
  /** Ids of peers that hold other groups of the same version. */
  readonly companions?: ReadonlySet<string>;
  /** Another time than usual; the simulation compares. */
  readonly deadAfterMs?: number;
}

/**
 * One column a person where there are people enough. Else some get a second one when all have their first, and so on, up
 * to half of what is spare: the leaving of one person must not be what loses a file.
 */
export function columnsPerOwner({ k, n }: Code, ownerCount: number): number {
  return ownerCount >= n ? 1 : Math.max(1, Math.floor((n - k) / 2));
}

/** Fewer than the columns when there are too few candidates. */
export function assignColumns(columns: readonly number[], using: Assigning): Assignment[] {
  const { code, places, peers, nowMs, deadAfterMs } = using;
  const lives = ({ peerId }: { readonly peerId: string }) => !isDead(peers.get(peerId), nowMs, deadAfterMs);
  const live = places.filter((place) => (place.state === 'held' || place.state === 'assigned') && lives(place));
  // Of everybody who lives, not of those who are there now: at night two people must not get what is meant for ten.
  const most = columnsPerOwner(code, ownersOf([...peers.values()].filter(lives)).size);
  const all: Assignment[] = [...live];
  const assigned: Assignment[] = [];
  const left = [...columns];
  for (let round = 1; round <= most && left.length > 0; round++) {
    for (const candidate of leastFirst(using.candidates, all)) {
      const { peerId, ownerId } = candidate;
      if (all.filter((other) => other.ownerId === ownerId).length >= round) continue;
      const more = assigned.filter((other) => other.peerId === peerId).length + 1;
      if (!hasRoom(candidate, using.needBytes, more)) continue;
      const at = left.findIndex((index) => !all.some((other) => other.peerId === peerId && other.index === index));
      if (at < 0) continue;
      const assignment = { index: left.splice(at, 1)[0]!, peerId, ownerId };
      all.push(assignment);
      assigned.push(assignment);
    }
  }
  return assigned;
}

/** Of a person's devices the one with fewest columns comes first; all others stay in their order. */
function leastFirst(candidates: readonly StorePeer[], all: readonly Assignment[]): StorePeer[] {
  const count = ({ peerId }: StorePeer) => all.filter((other) => other.peerId === peerId).length;
  return candidates.toSorted((a, b) => count(a) - count(b));
}
