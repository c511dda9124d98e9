// Who takes the columns that nobody has: those whose holders left, and those of an n that was raised because more people came.
// Rows nest, so none of the others changes. Decides neither when, nor who makes them: the uploader while it has the file, a
// holder after that (repair-plan.ts).
import { type Assigning, type Assignment, assignColumns } from './assign-columns.ts';
import { inOrderOfChance } from './candidates.ts';
import { freeColumns, groupColumns } from './columns.ts';
import { copiesOfDoubled } from './doubled-columns.ts';
import { assignedPlace } from './place.ts';

/** Fewer than are free when there are too few candidates; and copies, while too few people keep any of it. */
export function replaceColumns(using: Assigning, random: () => number): Assignment[] {
  const { taken } = groupColumns(using.places, using.peers, using.nowMs, using.deadAfterMs);
  const columns = freeColumns(using.code.n, taken);
  if (columns.length === 0 && copiesOfDoubled(using).length === 0) return [];
  const ordered = { ...using, candidates: inOrderOfChance(using.candidates, random, using.companions) };
  const replaced = assignColumns(columns, ordered);
  const places = [...using.places, ...replaced.map((assignment) => assignedPlace(assignment, using.nowMs))];
  return [...replaced, ...copiesOfDoubled({ ...ordered, places })];
}
