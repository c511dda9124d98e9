// A server's report as plain text, for whoever helps the admin: in the reader's words, then all that was found, exactly.
// Both clocks are told in UTC.
import type { ServerReport } from '@ferry/shared';
import type { ServerCheckKey } from '../../i18n/server-check-words.ts';
import type { Phrase } from '../words/phrase.ts';
import { type FactFormat, serverCheckWords } from '../words/server-check-words.ts';
import { shownChecks } from './server-findings.ts';

interface Circumstances {
  origin: string;
  /** When the report came, by this device's clock. */
  answeredAtMs: number;
}

export function serverReportText(
  report: ServerReport,
  { origin, answeredAtMs }: Circumstances,
  format: FactFormat,
  say: (phrase: Phrase<ServerCheckKey>) => string,
): string {
  const server = new Date(report.checkedAt).toISOString();
  const device = new Date(answeredAtMs).toISOString();
  return [
    say({ key: 'serverCheck.text', named: { version: report.version, origin } }),
    say({ key: 'serverCheck.clocks', named: { server, device } }),
    '',
    ...shownChecks(report, answeredAtMs).flatMap((check) => {
      const { topic, says, fix } = serverCheckWords(check, format);
      const line = `[${say({ key: `serverCheck.outcome.${check.outcome}` })}] ${say(topic)}: ${say(says)}`;
      return fix ? [line, `    ${say({ key: 'serverCheck.todo' })}: ${say(fix)}`] : [line];
    }),
    '',
    ...report.checks.map(({ code, outcome, facts }) => JSON.stringify({ code, outcome, ...facts })),
    '',
  ].join('\n');
}
