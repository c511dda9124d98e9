// Every route and every reason for a relay has words.
import { expect, test } from 'vitest';
import { createI18n } from 'vue-i18n';
import type { DetailsKey } from '../../i18n/details-words.ts';
import details from '../../i18n/locales/en-details.ts';
import { candidateWords, relayReasonWords, routeExplanation } from './path-words.ts';
import type { Phrase } from './phrase.ts';

const { global } = createI18n({ legacy: false, locale: 'en', messages: { en: details }, missingWarn: false });

function say({ key, named = {} }: Phrase<DetailsKey>): string {
  const text = global.t(key, named);
  expect(text).not.toBe(key);
  expect(text).not.toMatch(/[{}|]/);
  return text;
}

test.each(['lan', 'direct', 'relayed', 'offline'] as const)('route %s is explained', (route) => {
  say(routeExplanation(route));
});

test.each([
  ['relay-only', 'Relay only is on in this browser’s settings.'],
  ['remote-relay-only', 'Bob’s browser offers only a relay.'],
  ['udp-blocked', 'Your network lets no UDP through.'],
  ['no-direct-path', 'No direct path opened between your networks.'],
] as const)('relayed because of %s', (reason, text) => expect(say(relayReasonWords(reason, 'Bob'))).toBe(text));

test('every kind of candidate has words, and one that nobody knows has none', () => {
  for (const kind of ['host', 'srflx', 'prflx', 'relay']) say(candidateWords(kind)!);
  expect(candidateWords('tailscale')).toBeNull();
});
