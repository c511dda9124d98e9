// A connection check as plain text, for a help desk: what was concluded in the reader's words, then all that was found,
// exactly. The time is UTC, since who reads it may be anywhere. Holds addresses; no file names, and no credentials,
// since no finding does.
import type { CheckKey } from '../../i18n/check-words.ts';
import { conclusionWords } from '../words/conclusion-words.ts';
import type { Phrase } from '../words/phrase.ts';
import { verdictWords } from '../words/verdict-words.ts';
import { checkSteps } from './check-steps.ts';
import type { Finding } from './finding.ts';
import { verdictOf } from './verdict.ts';

interface Circumstances {
  version: string;
  /** Ferry's own, as in the browser's address field. */
  origin: string;
  /** What the browser says it is. */
  userAgent: string;
  atMs: number;
}

export function checkReport(
  findings: readonly Finding[],
  isDone: boolean,
  { version, origin, userAgent, atMs }: Circumstances,
  say: (phrase: Phrase<CheckKey>) => string,
): string {
  return [
    `${say({ key: 'check.heading' })}: Ferry ${version}, ${origin}`,
    new Date(atMs).toISOString(),
    userAgent,
    '',
    ...summaryLines(findings, isDone, say),
    '',
    ...checkSteps(findings, isDone).flatMap(({ id, conclusion }) => {
      const step = say({ key: `check.step.${id}` });
      if (!conclusion) return [`[${say({ key: 'check.tone.checking' })}] ${step}`];
      const { says, trouble } = conclusionWords(conclusion);
      const line = `[${say({ key: `check.tone.${conclusion.tone}` })}] ${step}: ${say(says)}`;
      if (!trouble) return [line];
      return [line, `    ${say(trouble.meaning)}`, `    ${say(trouble.who)}: ${say(trouble.fix)}`];
    }),
    '',
    ...findings.map((finding) => JSON.stringify(finding, rounded)),
    '',
  ].join('\n');
}

/** A browser's clock tells less than its numbers look like. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 10) / 10 : value;
}

function summaryLines(
  findings: readonly Finding[],
  isDone: boolean,
  say: (phrase: Phrase<CheckKey>) => string,
): string[] {
  if (!isDone) return [say({ key: 'check.running' })];
  const { headline, sentences } = verdictWords(verdictOf(findings));
  return [say(headline), ...sentences.map(say)];
}
