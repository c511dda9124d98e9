import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseQuery } from './catalog-query.ts';
import { LIMITS } from './limits.ts';

const NOW = Date.UTC(2026, 0, 31, 12);
const DAY_MS = 86_400_000;
const parse = (text: string) => parseQuery(text, NOW);
const word = (text: string, more = {}) => ({ text, isPhrase: false, isExcluded: false, ...more });

describe('words', () => {
  test.each([
    ['', []],
    ['   ', []],
    ['annual report', [word('annual'), word('report')]],
    ['"annual report"', [word('annual report', { isPhrase: true })]],
    ['"report"', [word('report')]],
    ['-draft', [word('draft', { isExcluded: true })]],
    ['-"old draft"', [word('old draft', { isPhrase: true, isExcluded: true })]],
    ['"still typ', [word('still typ', { isPhrase: true })]],
    ['"', []],
    ['""', []],
    ['-', [word('-')]],
    ['--x', [word('-x', { isExcluded: true })]],
    ['a-b', [word('a-b')]],
    ['say"hello"', [word('say'), word('hello')]],
    ['c:foo https://x', [word('c:foo'), word('https://x')]],
    ['-c:foo', [word('c:foo', { isExcluded: true })]],
    ['is:funny', [word('is:funny')]],
    ['type', [word('type')]],
    ['会议 отчёт 🎉', [word('会议'), word('отчёт'), word('🎉')]],
    ['a\tb\u3000c', [word('a'), word('b'), word('c')]],
    ['> x <', [word('>'), word('x'), word('<')]],
  ])('of %j', (text, words) => {
    expect(parse(text)).toEqual({ words, filters: {}, owners: [], problems: [] });
  });
});

describe('filters', () => {
  test.each([
    ['type:pdf', { types: { kinds: ['pdf'], extensions: [] } }],
    ['TYPE:.PDF', { types: { kinds: ['pdf'], extensions: [] } }],
    ['type:image type:docx', { types: { kinds: ['image'], extensions: ['docx'] } }],
    ['type:folders', { types: { kinds: ['folder'], extensions: [] } }],
    ['type:"c++"', { types: { kinds: [], extensions: ['c++'] } }],
    ['>10MB', { minBytes: 10_000_001 }],
    ['>=10MB <1GB', { minBytes: 10_000_000, maxBytes: 999_999_999 }],
    ['size:>10MB', { minBytes: 10_000_001 }],
    ['size:"> 10 MB"', { minBytes: 10_000_001 }],
    ['> 1,5 kb', { minBytes: 1501 }],
    ['<=1.5KiB', { maxBytes: 1536 }],
    ['>2 TiB', { minBytes: 2 * 1024 ** 4 + 1 }],
    ['<1024', { maxBytes: 1023 }],
    ['<0', { maxBytes: 0 }],
    ['>1k >2k <9k <8k', { minBytes: 2001, maxBytes: 7999 }],
    ['>999999999TB', { minBytes: Number.MAX_SAFE_INTEGER }],
    ['after:2024-01-31', { modifiedFromMs: Date.UTC(2024, 0, 31) }],
    ['before:2024-01-31', { modifiedToMs: Date.UTC(2024, 0, 31) - 1 }],
    ['after:2023 before:2024-2', { modifiedFromMs: Date.UTC(2023), modifiedToMs: Date.UTC(2024, 1) - 1 }],
    ['newer:7d', { modifiedFromMs: NOW - 7 * DAY_MS }],
    ['older:1y', { modifiedToMs: NOW - 365 * DAY_MS }],
    ['newer:2w newer:3', { modifiedFromMs: NOW - 3 * DAY_MS }],
    ['is:online', { isAvailable: true }],
  ])('of %s', (text, filters) => {
    expect(parse(text)).toEqual({ words: [], filters, owners: [], problems: [] });
  });

  test('of owners are the keys of their names', () => {
    expect(parse('owner:Grace owner:"GRACE.O"').owners).toEqual([
      { usernameKey: 'grace', part: 'owner:Grace' },
      { usernameKey: 'grace.o', part: 'owner:"GRACE.O"' },
    ]);
  });
});

test.each([
  ['size:big', 'size-invalid'],
  ['>10XB', 'size-invalid'],
  ['>1.000,5', 'size-invalid'],
  ['size:10MB', 'size-invalid'],
  ['after:yesterday', 'age-invalid'],
  ['after:2024-02-31', 'age-invalid'],
  ['before:2024-13', 'age-invalid'],
  ['newer:7x', 'age-invalid'],
  ['type:"a b"', 'type-unknown'],
  ['type:""', 'type-unknown'],
  ['owner:""', 'owner-unknown'],
])('%s has no effect and is said to be %s', (part, code) => {
  expect(parse(part)).toEqual({ words: [], filters: {}, owners: [], problems: [{ code, part }] });
});

test('a word after a size is a word', () => {
  for (const text of ['>1kB b', '>1 k', '>1kB 10 MB'])
    expect(parse(text)).toMatchObject({ filters: { minBytes: expect.any(Number) }, problems: [] });
  expect(parse('>1kB b').words).toEqual([word('b')]);
});

test('all of it together', () => {
  expect(parse('"annual report" -draft type:pdf >10MB owner:ann budget')).toEqual({
    words: [word('annual report', { isPhrase: true }), word('draft', { isExcluded: true }), word('budget')],
    filters: { types: { kinds: ['pdf'], extensions: [] }, minBytes: 10_000_001 },
    owners: [{ usernameKey: 'ann', part: 'owner:ann' }],
    problems: [],
  });
});

describe('of any text', () => {
  const pieces = fc.constantFrom(
    '"',
    '-',
    ':',
    '>',
    '<',
    ' ',
    '1',
    ',',
    'MB',
    'type:',
    'owner:',
    'size:',
    'after:',
    'is:',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 80 }).map((parts) => parts.join('')),
  );

  test('something is understood, and no more than was typed', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { words, filters, owners, problems } = parse(text);
        const { kinds = [], extensions = [] } = filters.types ?? {};
        const understood = [
          ...words.map((one) => one.text),
          ...kinds,
          ...extensions,
          ...owners.map((one) => one.part),
          ...problems.map((one) => one.part),
        ];
        for (const part of understood) expect(part).not.toBe('');
        expect(understood.join('').length).toBeLessThanOrEqual(LIMITS.catalogQueryCharacters + 6 * kinds.length);
        for (const bound of [filters.minBytes, filters.maxBytes]) {
          if (bound !== undefined) expect(Number.isSafeInteger(bound) && bound >= 0).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('every part is found without going back: as many steps as characters', () => {
    for (const one of ['"', '-', ':', '>', '> ', '>1 ', 'a:', '-"', 'size:>']) {
      const text = one.repeat(LIMITS.catalogQueryCharacters);
      expect(parse(text)).toEqual(parse(text.slice(0, LIMITS.catalogQueryCharacters)));
    }
  });
});
