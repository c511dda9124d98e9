// What a step of the connection check came to, in words; for a trouble also what it means and how it ends.
import type { CheckKey } from '../../i18n/check-words.ts';
import { type Conclusion, WHO } from '../connection/conclusion.ts';
import type { Phrase } from './phrase.ts';

export interface ConclusionWords {
  says: Phrase<CheckKey>;
  trouble?: { meaning: Phrase<CheckKey>; who: Phrase<CheckKey>; fix: Phrase<CheckKey> };
}

export function conclusionWords(conclusion: Conclusion): ConclusionWords {
  const { tone, code, named = {}, count } = conclusion;
  const says: Phrase<CheckKey> = { key: `check.says.${code}`, named, ...(count === undefined ? {} : { count }) };
  if (tone === 'fine') return { says };
  return {
    says,
    trouble: {
      meaning: { key: `check.meaning.${code}` },
      who: { key: `check.who.${WHO[code]}` },
      fix: { key: `check.fix.${code}` },
    },
  };
}
