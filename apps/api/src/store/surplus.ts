// What may be released when room is short. Columns whose holders were dead and came back are kept, for they make a file easier
// to reach; but nobody needs them. Decides nothing while there is room.
import { isDead } from './departures.ts';
import type { Place } from './place.ts';
import type { StorePeers } from './store-peer.ts';

/** Held places without which n columns are alive all the same, those that would be missed least first. */
export function surplusPlaces(places: readonly Place[], n: number, peers: StorePeers, nowMs: number): Place[] {
  const uptime = ({ peerId }: Place) => peers.get(peerId)?.officeUptime ?? 0;
  const alive = places
    .filter(({ state, peerId }) => state === 'held' && !isDead(peers.get(peerId), nowMs))
    .sort((a, b) => uptime(b) - uptime(a));
  const best = new Map<number, Place>();
  for (const place of alive) if (best.size < n && !best.has(place.index)) best.set(place.index, place);
  const kept = new Set(best.values());
  return alive.filter((place) => !kept.has(place)).reverse();
}

export interface SurplusColumn {
  readonly groupId: string;
  readonly index: number;
  readonly sizeBytes: number;
}

/** As few as give that much room, on one peer; all of them when even that is not enough. */
export function releasedForRoom<Surplus extends SurplusColumn>(
  surplus: readonly Surplus[],
  wantedBytes: number,
): Surplus[] {
  let freedBytes = 0;
  return surplus
    .toSorted((a, b) => b.sizeBytes - a.sizeBytes)
    .filter(({ sizeBytes }) => {
      if (freedBytes >= wantedBytes) return false;
      freedBytes += sizeBytes;
      return true;
    });
}
