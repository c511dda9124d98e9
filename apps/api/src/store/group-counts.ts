// How many columns of each group there are, at how many people, without reading a place of it: what is held is known as
// runs of groups, and little is on its way. Pure.
import type { PlaceOnItsWay } from '../db/queries/store-place-runs.ts';
import { isDead } from './departures.ts';
import type { Segment } from './segments.ts';
import type { StorePeers } from './store-peer.ts';

export interface GroupCount {
  readonly group: number;
  /** Columns that somebody holds who lives, and people who hold any. */
  readonly held: number;
  readonly owners: number;
  readonly assigned: number;
  /** Of those assigned, to somebody who is online. */
  readonly arriving: number;
}

interface CountedPlaces {
  readonly segments: readonly Segment[];
  readonly onTheirWay: readonly PlaceOnItsWay[];
  readonly peers: StorePeers;
  readonly nowMs: number;
}

/** Of the first so many groups, in order. */
export function countGroups({ segments, onTheirWay, peers, nowMs }: CountedPlaces, groupCount: number): GroupCount[] {
  const assigned = Map.groupBy(onTheirWay, ({ group }) => group);
  const isOnline = ({ deviceId }: PlaceOnItsWay) => (peers.get(deviceId)?.onlineSinceMs ?? null) !== null;
  const held = segments.flatMap(({ firstGroup, groupCount: alike, holdings }) => {
    const living = holdings.filter(({ deviceId }) => !isDead(peers.get(deviceId), nowMs));
    const columns = new Set(living.map(({ index }) => index)).size;
    const owners = new Set(living.map(({ deviceId }) => peers.get(deviceId)!.ownerId)).size;
    return Array.from({ length: Math.max(0, Math.min(alike, groupCount - firstGroup)) }, () => ({ columns, owners }));
  });
  return Array.from({ length: groupCount }, (_, group) => {
    const { columns = 0, owners = 0 } = held[group] ?? {};
    const places = assigned.get(group) ?? [];
    return { group, held: columns, owners, assigned: places.length, arriving: places.filter(isOnline).length };
  });
}
