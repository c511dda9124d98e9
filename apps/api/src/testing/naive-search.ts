// Searching as plainly as it can be said: every entry is looked at. What the index finds has to come to the same.
import { fold } from '../catalog/search/fold.ts';

export interface NaiveEntry {
  shareId: string;
  name: string;
  ownerId: string;
  /** Null is everybody. */
  audience: readonly string[] | null;
  sizeBytes: number;
  modifiedMs: number;
  extension: string;
  content: number | null;
}

const ALONE = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{So}]';
/** Letters, digits or signs in a row; where there are no spaces, single characters. */
const RUNS = new RegExp(
  `${ALONE}|(?:(?!${ALONE})[\\p{L}\\p{M}])+|\\p{N}+|(?:(?!${ALONE})[^\\p{L}\\p{M}\\p{N}\\s])+`,
  'gu',
);

export function naiveHasWord(name: string, word: string): boolean {
  const [text, wanted] = [fold(name), fold(word)];
  if ([...wanted].length >= 3) return text.includes(wanted);
  return Array.from(text.matchAll(RUNS), ({ index }) => index).some((start) => text.startsWith(wanted, start));
}

/** Of words of three letters and more. */
export function naiveHasPhrase(name: string, words: readonly string[]): boolean {
  const pattern = words.map(fold).join('[^\\p{L}\\p{M}\\p{N}\\p{So}]+');
  return new RegExp(pattern, 'u').test(fold(name));
}

export function naiveIsVisible({ ownerId, audience }: NaiveEntry, viewerId: string): boolean {
  return audience === null || ownerId === viewerId || audience.includes(viewerId);
}
