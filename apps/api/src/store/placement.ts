// Who is asked to hold a group that is being uploaded. A few more than are needed: people close their lids, and the upload
// should not wait for the slowest. Decides no code: code-choice.ts does, from how many owners there are.
import { type Assigning, type Assignment, assignColumns } from './assign-columns.ts';
import { hasRoom, inOrderOfChance } from './candidates.ts';
import type { Code } from './code.ts';
import { assignedPlace, type Place } from './place.ts';

export interface Placement {
  /** The uploader serves these first. */
  readonly columns: readonly Assignment[];
  /**
   * Columns of their own beyond n, for whoever is served when one of the first is slow. As soon as n columns are held
   * somewhere, all that is not is released: lapsed.ts.
   */
  readonly spares: readonly Assignment[];
}

export function spareCount({ n }: Code): number {
  return Math.max(2, Math.floor(n / 4));
}

/**
 * @param before columns of the group before this one: whoever has one of those gets the same one of this group, too, as
 *   long as they have room. A file whose groups are each with others is there when everybody is
 */
export function placeGroup(
  using: Omit<Assigning, 'places'>,
  random: () => number,
  before: readonly Assignment[] = [],
): Placement {
  const { n } = using.code;
  const ordered = { ...using, places: [], candidates: inOrderOfChance(using.candidates, random, using.companions) };
  const again = sameAgain(before, using);
  const left = upTo(0, n).filter((index) => !again.some((assignment) => assignment.index === index));
  const others = assignColumns(left, { ...ordered, places: asAsked(again, using.nowMs) });
  const columns = [...again, ...others].sort((a, b) => a.index - b.index);
  // Spares are for people who are not asked yet, never a second column for one who is.
  const owners = new Set(columns.map(({ ownerId }) => ownerId));
  const notAsked = ordered.candidates.filter(({ ownerId }) => !owners.has(ownerId));
  const spares = assignColumns(upTo(n, n + spareCount(using.code)), {
    ...ordered,
    places: asAsked(columns, using.nowMs),
    candidates: notAsked,
  });
  return { columns, spares };
}

/** One of each column below n. */
function sameAgain(before: readonly Assignment[], { code, candidates, needBytes }: Omit<Assigning, 'places'>) {
  const again = new Map<number, Assignment>();
  for (const { index, peerId, ownerId } of before) {
    const candidate = candidates.find((one) => one.peerId === peerId);
    const more = [...again.values()].filter((one) => one.peerId === peerId).length + 1;
    if (index >= code.n || again.has(index) || !candidate || !hasRoom(candidate, needBytes, more)) continue;
    again.set(index, { index, peerId, ownerId });
  }
  return [...again.values()];
}

function asAsked(assignments: readonly Assignment[], nowMs: number): Place[] {
  return assignments.map((assignment) => assignedPlace(assignment, nowMs));
}

function upTo(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}
