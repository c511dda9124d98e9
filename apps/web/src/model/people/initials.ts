// Two letters and a colour by which a person is recognised at a glance. Pure.
import { usernameKey } from '@ferry/shared';

const HUES = 8;
const IDEOGRAPH = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** "GO" for Grace.Okafor, "GR" for grace, "李" for 李伟. */
export function initialsOf(username: string): string {
  const words = username.split(/[._-]+/).filter(Boolean);
  const first = words[0] ?? username;
  const last = words.length > 1 ? words.at(-1)! : undefined;
  const letters = graphemes(first);
  if (IDEOGRAPH.test(first)) return letters[0]!;
  const second = last ? graphemes(last)[0] : letters[1];
  return `${letters[0] ?? ''}${second ?? ''}`.toLocaleUpperCase();
}

/** Which of the pastels in style/avatars.css; the same for a name in any case. */
export function hueOf(username: string): number {
  let hash = 0x811c9dc5;
  for (const char of usernameKey(username)) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  // The low bits of this hash (FNV-1a) repeat for short names; the high ones do not.
  return (hash >>> 16) % HUES;
}

function graphemes(text: string): string[] {
  return Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text), ({ segment }) => segment);
}
