// Every code of a server's report has words with all that they are about, and what to do unless all is well.
import type { ServerReport } from '@ferry/shared';
import { describe, expect, test } from 'vitest';
import { createI18n } from 'vue-i18n';
import english from '../../i18n/locales/en-server-check.ts';
import type { ServerCheckKey } from '../../i18n/server-check-words.ts';
import { EVERY_SERVER_CHECK, serverCheck } from '../connection/server-check-fixture.ts';
import { shownChecks } from '../connection/server-findings.ts';
import { serverReportText } from '../connection/server-report-text.ts';
import { formatBytes } from '../format/bytes.ts';
import type { Phrase } from './phrase.ts';
import { serverCheckWords } from './server-check-words.ts';

const { global } = createI18n({ legacy: false, locale: 'en', messages: { en: english }, missingWarn: false });
const format = {
  bytes: (bytes: number) => formatBytes(bytes, 'en'),
  date: (atMs: number) => new Date(atMs).toISOString().slice(0, 10),
};

function say({ key, named = {}, count }: Phrase<ServerCheckKey>): string {
  const message = key.split('.').reduce<unknown>((tree, part) => (tree as Record<string, unknown>)[part], english);
  // What a message does not find among the facts, it leaves out without a word.
  const filled = count === undefined ? named : { count, ...named };
  for (const [, name] of String(message).matchAll(/\{(\w+)\}/g)) expect(filled).toHaveProperty(name!);
  const text = count === undefined ? global.t(key, filled) : global.t(key, filled, count);
  expect(text).not.toMatch(/[{}|]|undefined|NaN|Invalid/);
  return text;
}

test.each(EVERY_SERVER_CHECK)('$code says what it is about', (check) => {
  const { topic, says, fix } = serverCheckWords(check, format);
  say(topic);
  say(says);
  expect(fix === null).toBe(check.outcome === 'ok');
  if (fix) say(fix);
});

test.each([
  ['disk.low', 'Only 730 MB of 240 GB free in /var/lib/ferry.'],
  ['backup.old', 'ferry-2026-01-31.sqlite is 23 days old.'],
  ['relay.certificate-expired', 'turns:relay.example.com:443?transport=tcp: ended 4 days ago, on 2026-01-28.'],
  ['relay.ok', 'turn:relay.example.com:3478 took the credentials and gave out 203.0.113.9 after 42 ms.'],
] as const)('%s in words', (code, text) => expect(say(serverCheckWords(serverCheck(code), format).says)).toBe(text));

describe('the clock', () => {
  const report: ServerReport = { checkedAt: 1_000_000_000_000, version: '1.2.3', checks: [] };
  test.each([
    [0, 'The server’s clock agrees with this device’s.'],
    [59_000, 'The server’s clock agrees with this device’s.'],
    [-61_000, 'The server’s clock is 1 minute ahead of this device’s.'],
    [600_000, 'The server’s clock is 10 minutes behind this device’s.'],
  ])('this device is ahead by %d ms', (deviceAheadMs, text) => {
    const [check] = shownChecks(report, report.checkedAt + deviceAheadMs);
    expect(say(serverCheckWords(check!, format).says)).toBe(text);
    expect(check!.outcome).toBe(Math.abs(deviceAheadMs) > 60_000 ? 'warning' : 'ok');
  });
});

test('the text to copy tells version, both clocks, every check with what to do, and the bare facts', () => {
  const checks = [serverCheck('origin.ok'), serverCheck('relay.secret-refused')];
  const report: ServerReport = { checkedAt: Date.UTC(2026, 0, 31, 12), version: '1.2.3', checks };
  const circumstances = { origin: 'https://ferry.example.com', answeredAtMs: Date.UTC(2026, 0, 31, 12, 3) };
  const text = serverReportText(report, circumstances, format, say);
  expect(text.split('\n')).toEqual([
    'Server check: Ferry 1.2.3, https://ferry.example.com',
    'By the server’s clock 2026-01-31T12:00:00.000Z, by this device’s 2026-01-31T12:03:00.000Z',
    '',
    '[Wrong] Relay: turn:relay.example.com:3478 does not take what TURN_SECRET signs.',
    '    What to do: Make TURN_SECRET the same as coturn’s static-auth-secret, and let both computers keep the right time.',
    '[Worth knowing] Clock: The server’s clock is 3 minutes behind this device’s.',
    expect.stringMatching(/^ {4}What to do: Find out which/),
    '[Fine] Address: https://ferry.example.com, as you came.',
    '',
    '{"code":"origin.ok","outcome":"ok","origin":"https://ferry.example.com"}',
    '{"code":"relay.secret-refused","outcome":"problem","url":"turn:relay.example.com:3478"}',
    '',
  ]);
});
