// What a look into the catalog makes of a kept search. Pure.
import type { NewMatches } from '../catalog/catalog-index.ts';

/** Beyond it people read "many". */
const MOST_COUNTED = 100;

interface State {
  sinceEntry: number;
  newCount: number;
}

/** `found` is how many of the matches are news. */
export function advanced({ sinceEntry, newCount }: State, { count, lastEntry }: NewMatches): State & { found: number } {
  // In a catalog that was made anew since, this only learns where it stands.
  const found = lastEntry < sinceEntry ? 0 : count;
  return { sinceEntry: lastEntry, newCount: Math.min(MOST_COUNTED, newCount + found), found };
}
