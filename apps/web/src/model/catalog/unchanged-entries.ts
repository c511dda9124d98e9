// Keeps the entries of before where nothing about them changed: what is asked for again because something else changed
// must not draw all rows anew. Pure.
import type { CatalogEntry } from '@ferry/shared';
import { isEqual } from '../transfer/unchanged.ts';
import { keyOf } from './place.ts';

/** `next`, with every entry that equals its predecessor replaced by it. */
export function unchangedEntries<Entry extends CatalogEntry>(
  previous: readonly Entry[],
  next: readonly Entry[],
): Entry[] {
  const known = new Map(previous.map((entry) => [keyOf(entry), entry]));
  return next.map((entry) => {
    const before = known.get(keyOf(entry));
    return before && isEqual(before, entry) ? before : entry;
  });
}
