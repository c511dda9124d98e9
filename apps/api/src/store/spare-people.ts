// How many people can leave for good, whoever they are, and nothing is lost. By owners, not devices: who leaves a company
// leaves with all of theirs.
import { isDead } from './departures.ts';
import type { Place } from './place.ts';
import type { StorePeers } from './store-peer.ts';

/**
 * Never more than is true. For columns that are each at one owner it is exact; with copies it may be too low by a little:
 * the exact answer is a hitting set, which takes exponential time. Losing columns c₁…cₗ means that all owners of each leave,
 * so when every owner counts 1/d for a column that d owners hold, those who leave count l together at least.
 *
 * @returns less than zero when fewer than k columns are alive
 */
export function sparePeople(places: readonly Place[], k: number, peers: StorePeers, nowMs: number): number {
  const ownersOf = new Map<number, Set<string>>();
  for (const { index, peerId, ownerId, state } of places) {
    if (state !== 'held' || isDead(peers.get(peerId), nowMs)) continue;
    ownersOf.set(index, (ownersOf.get(index) ?? new Set()).add(ownerId));
  }
  const toLose = ownersOf.size - k + 1;
  if (toLose <= 0) return -1;
  let leaving = 0;
  let lost = 0;
  for (const share of shares(ownersOf)) {
    leaving++;
    lost += share;
    // Thirds do not add up to one in binary.
    if (lost > toLose - 1e-9) break;
  }
  return leaving - 1;
}

/** What each owner counts, the most first. */
function shares(ownersOf: ReadonlyMap<number, ReadonlySet<string>>): number[] {
  const counted = new Map<string, number>();
  for (const owners of ownersOf.values()) {
    for (const ownerId of owners) counted.set(ownerId, (counted.get(ownerId) ?? 0) + 1 / owners.size);
  }
  return [...counted.values()].sort((a, b) => b - a);
}
