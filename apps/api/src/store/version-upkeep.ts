// What is to be done for a version while its uploader has it: who is asked to keep a column, and who is not waited for any
// longer. Two groups at a time, in order, so that what is uploaded first is safe first. Pure: tables are version-keeping.ts's.
import { AssignmentDesk, type GroupAssignment } from './assignment-desk.ts';
import { freeColumns, groupColumns } from './columns.ts';
import { isDead } from './departures.ts';
import { columnIndex } from './group-code.ts';
import { asCountedIn, type GroupFacts, isSafe } from './group-facts.ts';
import { lapsedPlaces } from './lapsed.ts';
import type { Place } from './place.ts';
import { placeGroup } from './placement.ts';
import { replaceColumns } from './replacement.ts';
import type { StorePeer, StorePeers } from './store-peer.ts';

/** The uploader encodes what two groups need while it serves them, not more. */
export const WINDOW_GROUPS = 2;
/** A lid that was closed while others wait; a reload, or a change of networks, is over by then. */
const VANISHED_AFTER_MS = 2 * 60_000;
/** Whoever made columns anew has nothing that others could not make, too. */
const REPAIRER_GONE_AFTER_MS = 60 * 60_000;

export interface UpkeepFacts {
  /** Undefined when it does not have the version any more. */
  readonly uploader: StorePeer | undefined;
  readonly uploaderOwnerId: string;
  readonly peers: StorePeers;
  readonly nowMs: number;
  /** In order: groups of which something is away, the one before the first of which nobody was asked, and a few of those. */
  readonly groups: readonly GroupFacts[];
  /** From this one on, nobody was asked. */
  readonly firstNew: number;
  /** Groups that are not among these, are not safe, and get on. */
  readonly movingElsewhere?: number;
}

export interface Upkeep {
  readonly assigned: readonly GroupAssignment[];
  readonly released: readonly GroupAssignment[];
}

export function planUpkeep(facts: UpkeepFacts, random: () => number): Upkeep {
  const { uploader, uploaderOwnerId, peers, nowMs } = facts;
  const desk = new AssignmentDesk(uploaderOwnerId, peers, nowMs);
  const released: GroupAssignment[] = [];
  const release = ({ group, code }: GroupFacts, places: readonly Place[]) => {
    for (const { index, peerId, ownerId } of places) {
      released.push({ group, index: columnIndex(code, index), peerId, ownerId });
    }
  };

  const groups = facts.groups.map((group): GroupFacts => {
    const lapsed = lapsedOf(group, facts);
    release(group, lapsed);
    const places = group.places.filter((place) => !lapsed.includes(place));
    desk.count(places);
    return { ...group, places };
  });
  if (!uploader || uploader.onlineSinceMs === null) return { assigned: [], released };

  const filling: Filling = { desk, facts, random, release };
  let window = Math.max(0, WINDOW_GROUPS - (facts.movingElsewhere ?? 0));
  for (const [at, group] of groups.entries()) {
    if (window === 0) break;
    if (isSafe(group)) continue;
    const filled = group.group < facts.firstNew ? fill(group, filling) : begin(group, groups[at - 1], filling);
    groups[at] = filled;
    // One that nobody can help now does not keep the next ones waiting.
    if (isMoving(filled, peers)) window--;
  }
  // What is safe has time: it gets its last columns when nobody waits.
  for (const group of groups) {
    if (window === 0) break;
    if (isSafe(group) && isMoving(fill(group, filling), peers)) window--;
  }
  return { assigned: desk.assigned, released };
}

interface Filling {
  readonly desk: AssignmentDesk;
  readonly facts: UpkeepFacts;
  readonly random: () => number;
  readonly release: (group: GroupFacts, places: readonly Place[]) => void;
}

/** Asks people for the columns that nobody has, or fetches. */
function fill(group: GroupFacts, { desk, facts: { peers, nowMs }, random, release }: Filling): GroupFacts {
  const vanished = isSafe(group) ? [] : group.places.filter((place) => hasVanished(place, peers, nowMs));
  const staying = group.places.filter((place) => !vanished.includes(place));
  const isTaken = freeColumns(group.code.n, groupColumns(staying, peers, nowMs).taken).length === 0;
  if (isTaken && isSafe(group)) return group;
  const replaced = replaceColumns(desk.using(group, staying), random);
  // In a small office nobody else can take over: then who vanished is waited for.
  const given = vanished.filter((place) => replaced.some(({ index }) => index === place.index));
  release(group, given);
  const kept = group.places.filter((place) => !given.includes(place));
  return { ...group, places: [...kept, ...desk.assign(group, replaced)] };
}

function begin(group: GroupFacts, before: GroupFacts | undefined, { desk, random }: Filling): GroupFacts {
  const again = before ? asCountedIn(group, before) : [];
  const { columns, spares } = placeGroup(desk.using(group, []), random, again);
  return { ...group, places: desk.assign(group, [...columns, ...spares]) };
}

function isMoving({ places }: GroupFacts, peers: StorePeers): boolean {
  return places.some(({ state, peerId }) => state === 'assigned' && peers.get(peerId)?.onlineSinceMs != null);
}

function lapsedOf({ code, places }: GroupFacts, facts: UpkeepFacts): Place[] {
  const { peers, nowMs } = facts;
  return lapsedPlaces({ places, code, peers, nowMs, sourceOf: (place) => sourceOf(place, facts) });
}

/** The uploader is waited for as long as it lives: nobody else could give what it has. */
function sourceOf({ sourceId }: Place, { peers, nowMs, uploader }: UpkeepFacts): StorePeer | undefined {
  const source = sourceId ? peers.get(sourceId) : uploader;
  if (!source || isDead(source, nowMs)) return undefined;
  const isGone = source.onlineSinceMs === null && nowMs - source.lastContactMs >= REPAIRER_GONE_AFTER_MS;
  return sourceId && isGone ? undefined : source;
}

function hasVanished({ state, peerId }: Place, peers: StorePeers, nowMs: number): boolean {
  const peer = peers.get(peerId);
  if (state !== 'assigned' || !peer) return false;
  return peer.onlineSinceMs === null && nowMs - peer.lastContactMs >= VANISHED_AFTER_MS;
}
