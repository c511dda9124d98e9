// Which assignments end without a receipt: those that nobody waits for any more, and those that were abandoned. Without this
// a column assigned to somebody who closed the lid would count as taken until they are dead. Decides nothing of held columns.
import { isDead } from './departures.ts';
import type { Place } from './place.ts';
import type { StorePeers } from './store-peer.ts';

/** A column of 64 MiB takes that long at 0.3 Mbit/s; whoever pulls more slowly than that reports progress meanwhile. */
const ABANDONED_AFTER_MS = 30 * 60_000;

/** To be released. */
export function lapsedPlaces(places: readonly Place[], n: number, peers: StorePeers, nowMs: number): Place[] {
  const assigned = places.filter(({ state }) => state === 'assigned');
  if (assigned.length === 0) return [];
  const held = new Set<number>();
  for (const { index, state, peerId } of places) {
    if (state === 'held' && !isDead(peers.get(peerId), nowMs)) held.add(index);
  }
  return assigned.filter(({ index, peerId, sinceMs }) => {
    if (held.size >= n || held.has(index)) return true;
    return nowMs - sinceMs >= ABANDONED_AFTER_MS || isDead(peers.get(peerId), nowMs);
  });
}
