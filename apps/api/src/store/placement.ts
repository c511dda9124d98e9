// Who is asked to hold a group that is being uploaded. A few more than are needed: people close their lids, and the upload
// should not wait for the slowest. Decides no code: code-choice.ts does, from how many owners there are.
import { type Assigning, type Assignment, assignColumns } from './assign-columns.ts';
import { inOrderOfChance } from './candidates.ts';
import type { Code } from './code.ts';

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

export function placeGroup(using: Omit<Assigning, 'places'>, random: () => number): Placement {
  const { n } = using.code;
  const ordered = { ...using, places: [], candidates: inOrderOfChance(using.candidates, random, using.companions) };
  const columns = assignColumns(upTo(0, n), ordered);
  const asked = columns.map((assignment) => ({ ...assignment, state: 'assigned' as const, sinceMs: using.nowMs }));
  // Spares are for people who are not asked yet, never a second column for one who is.
  const owners = new Set(columns.map(({ ownerId }) => ownerId));
  const others = ordered.candidates.filter(({ ownerId }) => !owners.has(ownerId));
  const spares = assignColumns(upTo(n, n + spareCount(using.code)), {
    ...ordered,
    places: asked,
    candidates: others,
  });
  return { columns, spares };
}

function upTo(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}
