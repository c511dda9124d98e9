// Whom this device can reach, in words: a headline, and a sentence or two.
import type { CheckKey } from '../../i18n/check-words.ts';
import type { Verdict } from '../connection/verdict.ts';
import type { Phrase } from './phrase.ts';

export function verdictWords(verdict: Verdict): { headline: Phrase<CheckKey>; sentences: Phrase<CheckKey>[] } {
  const headline: Phrase<CheckKey> = { key: `check.headline.${verdict.headline}` };
  if (!('own' in verdict)) return { headline, sentences: [{ key: `check.because.${verdict.headline}` }] };
  return { headline, sentences: [{ key: `check.own.${verdict.own}` }, { key: `check.others.${verdict.others}` }] };
}
