import { expect, test } from 'vitest';
import { type CatalogQuestion, EVERYTHING } from './catalog-question.ts';
import { addressQueryOf, questionFrom } from './question-address.ts';

const everyFilter: CatalogQuestion = {
  text: '"annual report" -draft',
  kinds: ['pdf', 'folder'],
  ownerIds: ['a', 'b'],
  minBytes: 10_000_000,
  maxBytes: 1e12,
  age: 'month',
  isAvailable: true,
  order: 'modified',
  isDescending: true,
};

test.each([EVERYTHING, everyFilter, { ...EVERYTHING, text: ' two  words' }, { ...EVERYTHING, order: 'name' as const }])(
  '%j comes back from its address',
  (question) => expect(questionFrom(addressQueryOf(question))).toEqual(question),
);

test('asking for everything leaves the address bare', () => expect(addressQueryOf(EVERYTHING)).toEqual({}));

test.each([
  {},
  { q: null, type: 'nonsense,pdf;', owner: ',', min: '-4', max: '1e9', age: 'decade', available: 'yes', order: '-' },
  { order: '-relevance', q: [null] },
])('of an address that makes no sense, %j, nothing is taken', (query) => {
  expect(questionFrom(query)).toEqual(EVERYTHING);
});

test('words are cut to what the server takes', () => {
  expect(questionFrom({ q: 'x'.repeat(9999) }).text).toHaveLength(256);
});
