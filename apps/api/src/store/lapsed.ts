// Which assignments end without a receipt: those that nobody waits for any more, and those that were abandoned. Without this
// a column assigned to somebody who closed the lid would count as taken until they are dead. Decides nothing of held columns.
import { acceptedThreshold } from './accepted-threshold.ts';
import type { Code } from './code.ts';
import { groupColumns } from './columns.ts';
import { isDead } from './departures.ts';
import { isSpreading } from './doubled-columns.ts';
import { happiness } from './happiness.ts';
import type { Place } from './place.ts';
import type { StorePeer, StorePeers } from './store-peer.ts';

/** A lunch, or a long meeting. Whoever pulls a column more slowly than that (64 MiB at 0.15 Mbit/s) reports progress. */
const ABANDONED_AFTER_MS = 60 * 60_000;

export interface Assigned {
  readonly places: readonly Place[];
  readonly code: Code;
  readonly peers: StorePeers;
  readonly nowMs: number;
  /**
   * Who an assigned column is pulled from: the uploader while it keeps the file, or whoever made it anew. Nobody when that
   * is over, or they are gone.
   */
  readonly sourceOf: (place: Place) => StorePeer | undefined;
}

/**
 * To be released. Spares end with the acceptance: from then on nobody waits at a closed lid, and what is slow but gets on
 * would be sent for nothing. All others end when n columns are held without them. The second copy of a column whose holder is
 * away ends when that holder comes, unless it is for somebody without whom too few people keep any.
 */
export function lapsedPlaces({ places, code, peers, nowMs, sourceOf }: Assigned): Place[] {
  const assigned = places.filter(({ state }) => state === 'assigned');
  if (assigned.length === 0) return [];
  const { alive, online } = groupColumns(places, peers, nowMs);
  const held = places.filter(({ state, peerId }) => state === 'held' && !isDead(peers.get(peerId), nowMs));
  const isFull = alive.size >= code.n;
  const isAccepted = happiness(held) >= acceptedThreshold(code);
  return assigned.filter((place) => {
    if (isDead(peers.get(place.peerId), nowMs) || isAbandoned(place, sourceOf(place), nowMs)) return true;
    if (alive.has(place.index)) return online.has(place.index) && !isSpreading(place, held, code);
    return isFull || (isAccepted && place.index >= code.n);
  });
}

/** While the source is away nobody can get on, and what was pulled is not pulled again when it comes back. */
function isAbandoned({ sinceMs }: Place, source: StorePeer | undefined, nowMs: number): boolean {
  if (!source) return true;
  if (source.onlineSinceMs === null) return false;
  return nowMs - Math.max(sinceMs, source.onlineSinceMs) >= ABANDONED_AFTER_MS;
}
