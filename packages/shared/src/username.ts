// What a username may look like. Does not know when two are the same: username-key.ts does.
import * as z from 'zod/mini';
import { LIMITS } from './limits.ts';

// A letter may carry combining marks: many scripts (Devanagari, Thai, Arabic with vowels) cannot be
// written without them, and NFKC leaves them separate. A name must not begin with one.
const PATTERN = /^[\p{L}\p{Nd}._-][\p{L}\p{M}\p{Nd}._-]*$/u;

/** Trimmed, NFKC-normalised name of 2–32 characters (code points): letters, digits, `.`, `_` and `-`. */
export const usernameSchema = z.pipe(
  z.pipe(
    z.string().check(z.maxLength(LIMITS.usernameCharacters * 8)),
    z.transform((name: string) => name.trim().normalize('NFKC')),
  ),
  z.string().check(
    z.refine((name) => characters(name) >= 2 && characters(name) <= LIMITS.usernameCharacters, {
      error: 'username-length',
      abort: true,
    }),
    z.refine((name) => PATTERN.test(name), { error: 'username-characters' }),
  ),
);

function characters(text: string): number {
  return [...text].length;
}
