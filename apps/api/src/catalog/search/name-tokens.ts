// What a name is found by in the index: every three characters in a row, the beginnings of its words, its own beginning,
// and itself as a whole. A token is found whole or not at all; the row says whether the name matches. Knows no SQL.
import { isWordStart } from './word-starts.ts';

/** Folded names have no controls (fold.ts), so that these can be confused with nothing in them. */
export const MARK = {
  /** Stands for the space, which separates tokens. */
  space: '\u0001',
  wordStart: '\u0002',
  nameStart: '\u0003',
  wholeName: '\u0004',
  facet: '\u0005',
  /** Before every token of what not everybody may see. */
  restricted: '\u0006',
} as const;

/** Long enough for trigrams. */
export const TRIGRAM = 3;

/** Every three characters in a row: none of a text that is shorter. */
export function trigramsOf(folded: string): string[] {
  const characters = charactersOf(folded);
  const trigrams: string[] = [];
  for (let at = 0; at + TRIGRAM <= characters.length; at++) {
    trigrams.push(`${characters[at]}${characters[at + 1]}${characters[at + 2]}`);
  }
  return trigrams;
}

/** Of a word of one or two characters. */
export function wordStartToken(short: string): string {
  return `${MARK.wordStart}${short}`;
}

/** Of a name that begins with this text, as far as its first three characters tell. */
export function nameStartToken(folded: string): string {
  return `${MARK.nameStart}${charactersOf(folded).slice(0, TRIGRAM).join('')}`;
}

/** Of a name that says just this, with its extension or without; spaces, lines and dots are one. */
export function wholeNameToken(folded: string): string {
  return `${MARK.wholeName}${shortHash(withoutSigns(folded))}`;
}

/** @returns all tokens of a folded name, not yet fit for the index: they may contain spaces */
export function tokensOfName(folded: string, extension: string): string[] {
  const tokens = trigramsOf(folded);
  const characters = charactersOf(folded);
  for (let at = 0, unit = 0; at < characters.length; unit += characters[at]!.length, at++) {
    if (!isWordStart(folded, unit)) continue;
    tokens.push(wordStartToken(characters[at]!));
    if (at + 1 < characters.length) tokens.push(wordStartToken(`${characters[at]}${characters[at + 1]}`));
  }
  for (let length = 1; length <= Math.min(TRIGRAM, characters.length); length++) {
    tokens.push(nameStartToken(characters.slice(0, length).join('')));
  }
  tokens.push(wholeNameToken(folded));
  if (extension !== '') tokens.push(wholeNameToken(folded.slice(0, -extension.length)));
  return tokens;
}

/** As the name says it to people: words and numbers with one space between them. */
export function withoutSigns(folded: string): string {
  return folded.replace(/[\s_.,+-]+/g, ' ').trim();
}

function charactersOf(folded: string): string[] {
  return /^[ -~]*$/.test(folded) ? folded.split('') : Array.from(folded);
}

/** FNV-1a, cut to four characters: names that share one are told apart by their rows. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let unit = 0; unit < text.length; unit++) hash = Math.imul(hash ^ text.charCodeAt(unit), 0x01000193);
  return ((hash >>> 0) % 36 ** 4).toString(36);
}
