// Where the words of a query are in a name, to be shown. Knows no index.
import { foldWithOrigins } from './fold.ts';
import { findWord, type SearchWord } from './search-word.ts';

/**
 * @returns start and end in UTF-16 units of the name, in order, neither overlapping nor touching. A letter is marked whole
 * also when only a part of what it folds to was looked for.
 * @example highlightsOf('Straße.txt', [{ pieces: ['strass'] }]) // [[0, 5]]
 */
export function highlightsOf(name: string, words: readonly SearchWord[]): [start: number, end: number][] {
  const { text, starts, ends } = foldWithOrigins(name);
  const found: [start: number, end: number][] = [];
  for (const word of words) {
    for (let at = findWord(text, word); at; at = findWord(text, word, at[1])) {
      found.push([starts[at[0]]!, ends[at[1] - 1]!]);
    }
  }
  return merged(found);
}

function merged(ranges: [start: number, end: number][]): [start: number, end: number][] {
  const result: [start: number, end: number][] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}
