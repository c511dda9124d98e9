// Which columns of a group there are, and where they stand. A column that is at several peers is one column. Decides nothing.
import { DEAD_AFTER_MS, isDead } from './departures.ts';
import type { Place } from './place.ts';
import type { StorePeers } from './store-peer.ts';

/** Indexes of columns. */
export interface GroupColumns {
  /** Held by somebody who is online. */
  readonly online: ReadonlySet<number>;
  /** Online, or assigned to somebody who is online. */
  readonly arriving: ReadonlySet<number>;
  /** Held by somebody who is not dead; those online are among them. */
  readonly alive: ReadonlySet<number>;
  /** Alive, or assigned to somebody who is not dead: nobody else need make them. */
  readonly taken: ReadonlySet<number>;
}

export function groupColumns(
  places: readonly Place[],
  peers: StorePeers,
  nowMs: number,
  deadAfterMs = DEAD_AFTER_MS,
): GroupColumns {
  const online = new Set<number>();
  const arriving = new Set<number>();
  const alive = new Set<number>();
  const taken = new Set<number>();
  for (const { index, peerId, state } of places) {
    if (state !== 'held' && state !== 'assigned') continue;
    const peer = peers.get(peerId);
    if (isDead(peer, nowMs, deadAfterMs)) continue;
    const isOnline = peer?.onlineSinceMs !== null;
    taken.add(index);
    if (isOnline) arriving.add(index);
    if (state === 'assigned') continue;
    alive.add(index);
    if (isOnline) online.add(index);
  }
  return { online, arriving, alive, taken };
}

/** Those that are to be made for n to be taken. The lowest first: data columns are the ones that need no decoding. */
export function freeColumns(n: number, taken: ReadonlySet<number>): number[] {
  const free = Array.from({ length: n }, (_, index) => index).filter((index) => !taken.has(index));
  return free.slice(0, Math.max(0, n - taken.size));
}
