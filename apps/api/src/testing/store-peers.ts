// Peers, places and candidates of the Store for tests, made in one line each.
import type { Place } from '../store/place.ts';
import type { StorePeer, StorePeers } from '../store/store-peer.ts';

const GIB = 1024 ** 3;

/** Online since long, with room, of an owner of its own. */
export function peer(peerId: string, more: Partial<StorePeer> = {}): StorePeer {
  return {
    peerId,
    ownerId: `owner of ${peerId}`,
    onlineSinceMs: -1e9,
    lastContactMs: 0,
    freeBytes: 10 * GIB,
    officeUptime: 0.7,
    isQuarantined: false,
    ...more,
  };
}

export function peersOf(...peers: StorePeer[]): StorePeers {
  return new Map(peers.map((one) => [one.peerId, one]));
}

/** p0, p1, … */
export function manyPeers(count: number, more: (index: number) => Partial<StorePeer> = () => ({})): StorePeers {
  return peersOf(...Array.from({ length: count }, (_, index) => peer(`p${index}`, more(index))));
}

export function held(index: number, peerId: string, more: Partial<Place> = {}): Place {
  return { index, peerId, ownerId: `owner of ${peerId}`, state: 'held', sinceMs: 0, ...more };
}

/** Column 0 at p0, column 1 at p1, … */
export function heldByMany(count: number): Place[] {
  return Array.from({ length: count }, (_, index) => held(index, `p${index}`));
}
