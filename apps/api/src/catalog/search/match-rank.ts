// How well a match answers: what was typed first of all, then how new it is, and whether somebody can serve it now. Pure.
import type { Criteria } from './criteria.ts';
import { withoutSigns } from './name-tokens.ts';
import { findWord, type SearchWord } from './search-word.ts';
import { isWordEnd, isWordStart } from './word-starts.ts';

/** Added up; the largest possible sum is theirs. */
const WEIGHTS = {
  /** The name is what was typed, its extension aside. */
  exactName: 40,
  /** Words are whole words of the name; half of it when they only begin one. */
  wholeWords: 30,
  /** They are at the beginning of the name. */
  early: 10,
  /** They are much of it. */
  share: 20,
  available: 12,
  newlyListed: 6,
  newlyModified: 6,
} as const;

/** Places of one word that are looked at for the best. */
const PLACES = 4;
/** Spaces and lines that an exact name may have beyond what was typed. */
const SIGNS = 8;
/** What was modified so long ago is half as new. */
const HALF_AGE_MS = 90 * 86_400_000;

export interface Ranked {
  folded: string;
  extension: string;
  entryNo: number;
  modifiedMs: number;
}

/** The same for the same arguments, always: pages of one search are told apart by it. */
export function rankOf(
  match: Ranked,
  { words, wholeText }: Pick<Criteria, 'words' | 'wholeText'>,
  present: { isOnline: boolean; newestEntry: number; nowMs: number },
): number {
  const ageMs = Math.max(0, present.nowMs - match.modifiedMs);
  return (
    textRank(match, words, wholeText) +
    (present.isOnline ? WEIGHTS.available : 0) +
    WEIGHTS.newlyListed * Math.min(1, match.entryNo / Math.max(1, present.newestEntry)) +
    WEIGHTS.newlyModified * (HALF_AGE_MS / (HALF_AGE_MS + ageMs))
  );
}

function textRank({ folded, extension }: Ranked, words: readonly SearchWord[], wholeText: string): number {
  if (words.length === 0) return 0;
  const stem = extension === '' ? folded : folded.slice(0, -extension.length - 1);
  let fit = 0;
  let length = 0;
  let first = folded.length;
  for (const word of words) {
    const place = bestPlace(folded, word);
    if (!place) continue;
    fit += place.fit;
    length += place.length;
    first = Math.min(first, place.start);
  }
  // Most names are much longer than what was typed, and taking out their signs is what costs most here.
  const isExact = stem.length <= wholeText.length + SIGNS && isName(wholeText, folded, stem);
  return (
    (isExact ? WEIGHTS.exactName : 0) +
    WEIGHTS.wholeWords * (fit / words.length) +
    WEIGHTS.early * (1 - first / folded.length) +
    WEIGHTS.share * Math.min(1, length / Math.max(1, stem.length))
  );
}

function isName(wholeText: string, folded: string, stem: string): boolean {
  const said = withoutSigns(wholeText);
  return withoutSigns(folded) === said || withoutSigns(stem) === said;
}

function bestPlace(folded: string, word: SearchWord): { fit: number; start: number; length: number } | undefined {
  let best: { fit: number; start: number; length: number } | undefined;
  let from = 0;
  for (let place = 0; place < PLACES; place++) {
    const found = findWord(folded, word, from);
    if (!found) break;
    const [start, end] = found;
    const fit = !isWordStart(folded, start) ? 0 : isWordEnd(folded, end) ? 1 : 0.5;
    if (!best || fit > best.fit) best = { fit, start, length: end - start };
    if (fit === 1) break;
    from = start + 1;
  }
  return best;
}
