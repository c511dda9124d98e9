// Who may be asked to hold a column now, and in which order. Knows no group: how many columns one of them gets is decided in
// assign-columns.ts.
import type { StorePeer } from './store-peer.ts';
import { weightedOrder } from './weighted-order.ts';

/** Who comes and goes within minutes would leave half a column behind. */
const SETTLED_AFTER_MS = 5 * 60_000;
/** Beyond what is needed: room that a browser measured may be gone when it is used. */
const RESERVE = 0.1;
const NOBODY: ReadonlySet<string> = new Set();

export interface Wanted {
  /** Of the largest column. */
  readonly needBytes: number;
  readonly nowMs: number;
  /** The uploader: a copy where the file came from is none. */
  readonly exceptOwnerId?: string;
}

/**
 * Peers that are online with room, for five minutes already. Just after a start, of the server or of a company's first
 * pilot, hardly anybody can be: as long as fewer than half of the owners who could hold it have been there for five
 * minutes, everybody who is online counts.
 */
export function candidates(peers: Iterable<StorePeer>, { needBytes, nowMs, exceptOwnerId }: Wanted): StorePeer[] {
  const online = [...peers].filter((peer) => {
    return peer.onlineSinceMs !== null && !peer.isQuarantined && hasRoom(peer, needBytes, 1);
  });
  const able = online.filter(({ ownerId }) => ownerId !== exceptOwnerId);
  const settled = able.filter(({ onlineSinceMs }) => nowMs - onlineSinceMs! >= SETTLED_AFTER_MS);
  return ownersOf(settled).size * 2 < ownersOf(able).size ? able : settled;
}

export function hasRoom({ freeBytes }: StorePeer, needBytes: number, columns: number): boolean {
  return freeBytes >= needBytes * columns * (1 + RESERVE);
}

export function ownersOf(some: Iterable<{ readonly ownerId: string }>): Set<string> {
  return new Set(Array.from(some, ({ ownerId }) => ownerId));
}

/**
 * Being there counts far more than room: twice the uptime is worth 256 times the room. Room is under a root, so that one
 * large disk does not fill before the others have anything.
 *
 * @param companions come before all others: peers that hold other groups of the same version. Twenty groups at the same
 *   peers are there as often as one; at others each, all twenty would have to be lucky
 */
export function inOrderOfChance(
  some: readonly StorePeer[],
  random: () => number,
  companions: ReadonlySet<string> = NOBODY,
): StorePeer[] {
  const ordered = weightedOrder(
    some,
    ({ freeBytes, officeUptime }) => Math.sqrt(freeBytes) * officeUptime ** 4,
    random,
  );
  if (companions.size === 0) return ordered;
  return ordered.sort((a, b) => Number(companions.has(b.peerId)) - Number(companions.has(a.peerId)));
}
