// How large a file may be now: what fits with the people who are there, each of whom keeps one column of a group at most.
// Pure; an estimate, for people come and go while it is uploaded.
import type { Code } from './code.ts';

/** Room that placement leaves: see candidates.ts. */
const RESERVE = 0.1;

/** @param freeBytes of each owner with room, of all their devices together */
export function largestFileBytes({ k, n }: Code, freeBytes: readonly number[]): number {
  if (n === 0 || freeBytes.length < n) return 0;
  const rooms = freeBytes.map((bytes) => bytes / (1 + RESERVE)).sort((a, b) => a - b);
  // Columns of all groups together are as many bytes as an n-th of what is kept: whoever has less gives all they have, and
  // those with more take no more than one column of each group.
  let left = rooms.reduce((sum, bytes) => sum + bytes, 0);
  let columns = n;
  for (const room of rooms.toReversed()) {
    if (columns === 0 || room * columns <= left) break;
    // So large a room is not filled: it takes a column of every group, and the others share the rest.
    left -= room;
    columns--;
  }
  const columnBytes = columns === 0 ? 0 : left / columns;
  return Math.floor(columnBytes * k);
}
