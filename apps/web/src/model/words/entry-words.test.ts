// What a row says of an entry before anything is pressed: every standing, and why something that is fetched waits.
import { expect, test } from 'vitest';
import { createI18n } from 'vue-i18n';
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';
import en from '../../i18n/locales/en-catalog.ts';
import type { EntryStanding } from '../catalog/entry-standing.ts';
import { transfer } from '../transfer/transfer-fixture.ts';
import { standingWords } from './entry-words.ts';

const { global } = createI18n({ legacy: false, locale: 'en', messages: { en }, missingWarn: false });
const fetching = (change: Partial<TransferSnapshot>): EntryStanding => ({
  type: 'fetching',
  transfer: transfer({ origin: 'catalog', ...change }),
});

test.each([
  [{ type: 'mine' }, 1, 'You share this'],
  [{ type: 'held', held: { type: 'received', transferId: 't1', entryIndex: 0 } }, 1, 'You have this'],
  [{ type: 'held', held: { type: 'shared', shareId: 's1', path: 'a' } }, 1, 'You share this'],
  [{ type: 'available' }, 1, null],
  [{ type: 'available' }, 3, '3 sources'],
  [{ type: 'passed-on' }, 3, 'From a colleague who fetched it'],
  [{ type: 'away' }, 3, 'Fetch when they are back'],
  [fetching({ status: 'fetching' }), 1, null],
  [fetching({ status: 'announced', waitsForOwner: true }), 1, 'Waits for Grace'],
  [fetching({ status: 'paused', pausedBy: 'me', pauseReason: 'user' }), 1, 'Paused'],
  [fetching({ status: 'paused', pausedBy: 'me', pauseReason: 'queue' }), 1, 'In line'],
  [fetching({ status: 'paused', pausedBy: 'peer', pauseReason: 'queue' }), 1, 'In line'],
] as [EntryStanding, number, string | null][])('%j of %i sources: %s', (standing, sourceCount, text) => {
  const phrase = standingWords(standing, { sourceCount }, 'Grace');
  const { key = '', named = {}, count } = phrase ?? {};
  const said = count === undefined ? global.t(key, named) : global.t(key, { count, ...named }, count);
  expect(phrase && said).toBe(text);
});
