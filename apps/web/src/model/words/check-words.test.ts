// Every conclusion and every verdict has words, and the copied text says them all.
import { describe, expect, test } from 'vitest';
import { createI18n } from 'vue-i18n';
import type { CheckKey } from '../../i18n/check-words.ts';
import check from '../../i18n/locales/en-check.ts';
import { checkReport } from '../connection/check-report.ts';
import { checkSteps } from '../connection/check-steps.ts';
import { type TroubleCode, WHO, wrong } from '../connection/conclusion.ts';
import { findings, udpBlocked, withoutRelay } from '../connection/finding-fixture.ts';
import { verdictOf } from '../connection/verdict.ts';
import { conclusionWords } from './conclusion-words.ts';
import type { Phrase } from './phrase.ts';
import { verdictWords } from './verdict-words.ts';

const { global } = createI18n({ legacy: false, locale: 'en', messages: { en: check }, missingWarn: false });

function say({ key, named = {}, count }: Phrase<CheckKey>): string {
  const text = count === undefined ? global.t(key, named) : global.t(key, { count, ...named }, count);
  expect(text).not.toBe(key);
  expect(text).not.toMatch(/[{}|]/);
  return text;
}

test.each(Object.keys(WHO) as TroubleCode[])('%s: what it is, what it means, who can end it, and how', (code) => {
  const { says, trouble } = conclusionWords(wrong(code, { named: { ms: 1, code: 401 }, count: 2 }));
  say(says);
  const { meaning, who, fix } = trouble!;
  expect(new Set([say(says), say(meaning), say(who), say(fix)]).size).toBe(4);
});

describe('conclusions', () => {
  test('say the numbers they are about', () => {
    const said = checkSteps(findings({ clock: { aheadMs: 300_000 } }), true).map(
      ({ conclusion }) => conclusion && say(conclusionWords(conclusion).says),
    );
    expect(said).toContain('Connected; an answer takes 12 ms.');
    expect(said).toContain('This device’s clock is 5 minutes behind the server’s.');
    expect(said).toContain('The browser offers 2 addresses, under names that hide them.');
    expect(said).toContain('A STUN server sees this device as 203.0.113.7:40123.');
  });

  test('a fine one tells nobody what to do', () => {
    for (const { conclusion } of checkSteps(findings(), true))
      expect(conclusionWords(conclusion!).trouble).toBeUndefined();
  });
});

test.each([
  [
    'a relay behind a symmetric router',
    findings({ nat: { mapping: 'endpoint-dependent' } }),
    /go straight.*the relay/s,
  ],
  ['no UDP', udpBlocked(), /slower, since your network lets no UDP through/],
  ['no relay', withoutRelay(), /no relay helps, and the transfer fails/],
  ['no server', findings({ server: { outcome: 'silent' } }), /introduces devices to each other/],
])('verdict: %s', (_network, found, text) => {
  const { headline, sentences } = verdictWords(verdictOf(found));
  expect(`${say(headline)}\n${sentences.map(say).join(' ')}`).toMatch(text);
});

describe('the text to copy', () => {
  const about = {
    version: '1.2.3',
    origin: 'https://ferry.example.com',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0',
    atMs: Date.UTC(2026, 0, 31, 22, 5, 7),
  };

  test('tells version, browser, time, verdict, every step and every finding', () => {
    const found = udpBlocked();
    const text = checkReport(found, true, about, say);
    expect(text).toContain('Ferry 1.2.3, https://ferry.example.com\n2026-01-31T22:05:07.000Z\nMozilla/5.0');
    expect(text).toContain('Everybody can be reached');
    expect(text).toContain('[Wrong] UDP: Nothing that was asked over UDP came back.\n');
    expect(text).toMatch(/\n {4}What your network’s admin can do: Let UDP out/);
    const lines = text.split('\n');
    for (const finding of found) expect(lines).toContain(JSON.stringify(finding));
  });

  test('of a check that goes on says that it does', () => {
    const text = checkReport(findings().slice(0, 3), false, about, say);
    expect(text).toContain('[Checking…]');
    expect(text).not.toMatch(/everybody|Everything is open/i);
  });
});
