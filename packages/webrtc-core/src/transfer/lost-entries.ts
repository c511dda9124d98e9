// Which entries are nowhere to be had any more: their origin has told what it has, and neither it nor anybody else has
// them. Pure.
import type { EntryMap } from './entry-map.ts';
import type { Fetch } from './fetch.ts';

/** A source that has told its manifest. */
export interface ToldSource {
  readonly peerId: string;
  readonly isOrigin: boolean;
  readonly map: EntryMap;
}

/** See {@link Receiver.lostEntries}. */
export function lostEntries(fetch: Fetch, told: readonly ToldSource[]): readonly number[] {
  // What others make up for is never lost: whoever has it may come back.
  if (fetch.isInSets || fetch.isBusy || !told.some(({ isOrigin }) => isOrigin)) return [];
  const lost: number[] = [];
  for (let entry = 0; entry < fetch.layout.entryCount; entry++) {
    if (fetch.entries.isWhole(entry)) continue;
    const isSomewhere = told.some(({ peerId, map }) => map.hasEntry(entry) && !fetch.sources.isUnable(peerId, entry));
    if (!isSomewhere) lost.push(entry);
  }
  return lost.length === fetch.completion.missingCount ? lost : [];
}
