// A second column of one person, while fewer people than make a group safe keep any of it: as good as missing, for with that
// person both are gone. A copy of it at somebody who has none makes the group safer. Decides nothing while it is safe.
import type { Assigning, Assignment } from './assign-columns.ts';
import { ownersOf } from './candidates.ts';
import { isDead } from './departures.ts';
import { happiness } from './happiness.ts';
import type { Place } from './place.ts';
import { safeThreshold } from './safe-threshold.ts';

/**
 * As many as are wanting, and as there are people for them; nobody gets two.
 *
 * @param isThere whether somebody could give that column now
 */
export function copiesOfDoubled(using: Assigning, isThere: (index: number) => boolean = () => true): Assignment[] {
  const { code, candidates, nowMs, peers, deadAfterMs } = using;
  const live = using.places.filter(({ state, peerId }) => {
    return (state === 'held' || state === 'assigned') && !isDead(peers.get(peerId), nowMs, deadAfterMs);
  });
  const counted = live.map((place): Place => ({ ...place, state: 'held' }));
  const missing = safeThreshold(code) - happiness(counted);
  if (missing <= 0 || counted.length === 0) return [];
  const known = ownersOf(live);
  const newcomers = new Map<string, string>();
  for (const { ownerId, peerId } of candidates) {
    if (!known.has(ownerId) && !newcomers.has(ownerId)) newcomers.set(ownerId, peerId);
  }
  return spread(counted, [...newcomers].slice(0, missing), isThere);
}

/** Whether this one, when it has come, makes a group safer that is not safe. */
export function isSpreading(place: Place, held: readonly Place[], code: Assigning['code']): boolean {
  const owners = happiness(held);
  return owners < safeThreshold(code) && happiness([...held, { ...place, state: 'held' }]) > owners;
}

function spread(
  counted: readonly Place[],
  newcomers: readonly (readonly [ownerId: string, peerId: string])[],
  isThere: (index: number) => boolean,
): Assignment[] {
  const left = [...new Set(counted.map(({ index }) => index))].filter(isThere).sort((a, b) => a - b);
  const copies: Assignment[] = [];
  for (const [ownerId, peerId] of newcomers) {
    const withCopies = [...counted, ...copies.map((copy): Place => ({ ...copy, state: 'held', sinceMs: 0 }))];
    const owners = happiness(withCopies);
    const at = left.findIndex((index) => {
      return happiness([...withCopies, { index, peerId, ownerId, state: 'held', sinceMs: 0 }]) > owners;
    });
    if (at < 0) break;
    copies.push({ index: left.splice(at, 1)[0]!, peerId, ownerId });
  }
  return copies;
}
