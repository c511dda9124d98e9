// Every state of a source has words.
import { expect, test } from 'vitest';
import { createI18n } from 'vue-i18n';
import type { DetailsKey } from '../../i18n/details-words.ts';
import details from '../../i18n/locales/en-details.ts';
import { source } from '../transfer/source-fixture.ts';
import type { Phrase } from './phrase.ts';
import { sourceWords } from './source-words.ts';

const { global } = createI18n({ legacy: false, locale: 'en', messages: { en: details }, missingWarn: false });

function say({ key, named = {} }: Phrase<DetailsKey>): string {
  const text = global.t(key, named);
  expect(text).not.toBe(key);
  expect(text).not.toMatch(/[{}|]/);
  return text;
}

test.each([
  [{ status: 'unreachable' }, 'cannot be reached now'],
  [{ status: 'unreachable', isOnline: false }, 'offline'],
  [{ status: 'asking' }, 'being asked'],
  [{ status: 'queued' }, 'others come first'],
  [{ status: 'queued', place: { position: 2, waiting: 7, slots: 3 } }, 'place 2 of 7 in the queue'],
  [{ status: 'queued', place: { position: 3, waiting: 2, slots: 3 } }, 'place 3 of 3 in the queue'],
  [{ status: 'serving' }, 'sending'],
  [{ status: 'paused' }, 'stopped for now'],
  [{ status: 'refused' }, 'does not have it any more'],
  [{ status: 'refused', refusal: 'not-found' }, 'does not have it any more'],
  [{ status: 'refused', refusal: 'expired' }, 'is asked again with new leave'],
  [{ status: 'refused', refusal: 'queue-full' }, 'has too many waiting, is asked again'],
  [{ status: 'refused', refusal: 'unreadable' }, 'cannot open it now, is asked again'],
  [{ status: 'dropped' }, 'sent wrong pieces, and is asked no more'],
] as const)('%j: %s', (change, text) => expect(say(sourceWords(source('Ann', change)))).toBe(text));
