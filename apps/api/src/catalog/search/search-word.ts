// A word or phrase of a query as it is looked for in folded names. Knows no index: tokens only say which names are worth
// looking at.
import type { QueryWord } from '@ferry/shared';
import { fold } from './fold.ts';
import { TRIGRAM, trigramsOf, wordStartToken } from './name-tokens.ts';
import { hasLetterOrDigit, isLetterOrDigitAt, isWordStart } from './word-starts.ts';

export interface SearchWord {
  /** Of a phrase, its words: they follow each other, with anything between them but letters and digits. */
  pieces: readonly string[];
}

/** @returns null for what is in every name or in none: signs that do not even make a trigram */
export function searchWord({ text, isPhrase }: QueryWord): SearchWord | null {
  const folded = fold(text).trim();
  const pieces = isPhrase ? folded.split(' ').map(withoutSignsAround).filter(hasLetterOrDigit) : [folded];
  const [first] = pieces;
  if (first === undefined || (isShort(first) && !hasLetterOrDigit(first))) return null;
  return { pieces };
}

/**
 * @returns where it is in a folded name, at or after a place: start and end; undefined when it is not
 */
export function findWord(folded: string, { pieces }: SearchWord, from = 0): [start: number, end: number] | undefined {
  const first = pieces[0]!;
  const mustStartWord = isShort(first);
  for (let at = folded.indexOf(first, from); at !== -1; at = folded.indexOf(first, at + 1)) {
    if (mustStartWord && !isWordStart(folded, at)) continue;
    const end = endOfPhrase(folded, pieces, at + first.length);
    if (end !== -1) return [at, end];
  }
  return undefined;
}

/** What names that have it are found by: all of these. */
export function tokensOfWord({ pieces }: SearchWord): string[] {
  return pieces.flatMap((piece) => (isShort(piece) ? [wordStartToken(piece)] : trigramsOf(piece)));
}

function endOfPhrase(folded: string, pieces: readonly string[], endOfFirst: number): number {
  let end = endOfFirst;
  for (let index = 1; index < pieces.length; index++) {
    let next = end;
    while (next < folded.length && !isLetterOrDigitAt(folded, next)) next++;
    if (next === end || !folded.startsWith(pieces[index]!, next)) return -1;
    end = next + pieces[index]!.length;
  }
  return end;
}

/** Too short to be looked for anywhere but where words begin. */
function isShort(piece: string): boolean {
  return piece.length < TRIGRAM || (piece.length < 2 * TRIGRAM && Array.from(piece).length < TRIGRAM);
}

function withoutSignsAround(piece: string): string {
  let start = 0;
  let end = piece.length;
  while (start < end && !isLetterOrDigitAt(piece, start)) start++;
  while (end > start && !isLetterOrDigitAt(piece, end - 1)) end--;
  return piece.slice(start, end);
}
