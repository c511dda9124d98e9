import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numbered, safePaths, safeSegment } from './safe-path.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text).length;
const keyOf = (path: string[]) => path.map((segment) => segment.normalize('NFC').toUpperCase()).join('/');

/** Names as strangers make them: any code unit, much of what is special, and few distinct ones so that they collide. */
const nastySegment = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom('.', ' ', '/', '\\', 'a', 'A', 'é', '\u202e', '\ud800', '\n', ':'), maxLength: 6 }),
  fc.constantFrom(
    '..',
    '.',
    '',
    'a',
    'A',
    'a.txt',
    'CON',
    'nul.txt',
    'com1',
    'x'.repeat(255),
    'x'.repeat(300),
    '😀'.repeat(80),
  ),
);

function expectSafe(segment: string): void {
  expect(segment).not.toMatch(/[\p{Cc}/\\:*?"<>|\u200e\u200f\u2028-\u202e\u2066-\u2069]/u);
  expect(segment).not.toMatch(/^ |[. ]$/);
  expect(segment).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
  expect(segment.isWellFormed()).toBe(true);
  expect(bytesOf(segment)).toBeLessThanOrEqual(255);
  expect(segment).not.toBe('');
}

describe('one segment', () => {
  test('any string becomes a safe name', () => {
    fc.assert(
      fc.property(nastySegment, (segment) => expectSafe(safeSegment(segment))),
      { numRuns: 500 },
    );
  });

  test('a safe name stays what it is', () => {
    fc.assert(
      fc.property(nastySegment, (segment) => {
        const safe = safeSegment(segment);
        expect(safeSegment(safe)).toBe(safe);
      }),
    );
  });

  test.each([
    'report.pdf',
    'Überblick – März.xlsx',
    '写真.jpg',
    '.bashrc',
    'a..b',
    'construct.txt',
    'com10',
    'nullable',
    '👩‍👩‍👧.png',
  ])('an honest name is left alone: %s', (name) => expect(safeSegment(name)).toBe(name));

  test.each([
    ['..', '_'],
    ['.', '_'],
    ['', '_'],
    ['   ', '_'],
    ['a/b\\c', 'a_b_c'],
    ['a\u0000b\u001fc\u007fd\u0085', 'a_b_c_d_'],
    ['what?*<>|":', 'what_______'],
    ['photo\u202egpj.exe', 'photo_gpj.exe'],
    ['trailing. .', 'trailing'],
    ['  leading', 'leading'],
    ['lone\ud800', 'lone\ufffd'],
  ])('%j becomes %j', (segment, safe) => expect(safeSegment(segment)).toBe(safe));

  test.each([
    'CON',
    'con',
    'Prn.txt',
    'AUX.tar.gz',
    'nul',
    'COM1',
    'com9.log',
    'LPT¹',
    'com0',
    'CONIN$',
    'conout$.x',
    'con .txt',
    'nul  ',
  ])('a name that Windows reserves is none any more: %s', (name) =>
    expect(safeSegment(name)).toBe(`_${name.trimEnd()}`),
  );

  test('a long name keeps its extension, cut between characters', () => {
    expect(safeSegment(`${'a'.repeat(300)}.txt`)).toBe(`${'a'.repeat(251)}.txt`);
    expect(safeSegment(`${'😀'.repeat(100)}.txt`)).toBe(`${'😀'.repeat(62)}.txt`);
    expect(safeSegment('b'.repeat(300))).toBe('b'.repeat(255));
    // What follows the dot is too long to be an extension.
    expect(safeSegment(`a.${'b'.repeat(300)}`)).toBe(`a.${'b'.repeat(253)}`);
    expect(safeSegment('c'.repeat(255))).toBe('c'.repeat(255));
  });
});

describe('a number goes before the extension', () => {
  test.each([
    ['report.pdf', 2, 'report (2).pdf'],
    ['archive.tar.gz', 3, 'archive.tar (3).gz'],
    ['README', 2, 'README (2)'],
    ['.bashrc', 2, '.bashrc (2)'],
  ])('%s with %i', (name, number, expected) => expect(numbered(name, number)).toBe(expected));

  test('and survives a long name', () => {
    const name = numbered(`${'a'.repeat(251)}.txt`, 12);
    expect(name).toBe(`${'a'.repeat(246)} (12).txt`);
    expect(numbered('😀'.repeat(63), 2)).toMatch(/ \(2\)$/);
    expect(bytesOf(numbered('😀'.repeat(63), 2))).toBeLessThanOrEqual(255);
  });
});

describe('the paths of a bundle', () => {
  const paths = fc.array(fc.array(nastySegment, { minLength: 1, maxLength: 4 }), { maxLength: 30 });

  test('are all safe, in order, and no two the same where upper and lower case are one', () => {
    fc.assert(
      fc.property(paths, (list) => {
        const safe = safePaths(list);
        expect(safe.map(({ length }) => length)).toEqual(list.map(({ length }) => length));
        for (const path of safe) for (const segment of path) expectSafe(segment);
        expect(new Set(safe.map(keyOf)).size).toBe(list.length);
      }),
      { numRuns: 500 },
    );
  });

  test('no file is also a folder', () => {
    fc.assert(
      fc.property(paths, (list) => {
        const safe = safePaths(list);
        const files = new Set(safe.map(keyOf));
        for (const path of safe) {
          for (let depth = 1; depth < path.length; depth++) expect(files.has(keyOf(path.slice(0, depth)))).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('traversal stays inside, duplicates are numbered', () => {
    expect(safePaths([['..', '..', 'etc', 'passwd'], ['A'], ['a'], ['a'], ['a (2)']])).toEqual([
      ['_', '_', 'etc', 'passwd'],
      ['A'],
      ['a (2)'],
      ['a (3)'],
      ['a (2) (2)'],
    ]);
  });

  test('a folder steps aside for a file of its name, and its files stay together', () => {
    expect(safePaths([['x'], ['x', 'a'], ['x', 'b'], ['x', 'a']])).toEqual([
      ['x'],
      ['x (2)', 'a'],
      ['x (2)', 'b'],
      ['x (2)', 'a (2)'],
    ]);
  });

  test('a folder of the longest name steps aside as often as it must', () => {
    const name = 'x'.repeat(255);
    const second = numbered(name, 2);
    expect(safePaths([[name], [second], [name, 'a']])[2]).toEqual([numbered(name, 3), 'a']);
  });

  test('a manifest of one name costs no more than another', () => {
    const safe = safePaths(Array.from({ length: 50_000 }, () => ['a']));
    expect(safe.at(-1)).toEqual(['a (50000)']);
    const folders = safePaths(Array.from({ length: 50_000 }, (_, index) => (index < 25_000 ? ['a'] : ['a', 'b'])));
    expect(folders.at(-1)).toEqual(['a (25001)', 'b (25000)']);
  });

  test('the same characters composed differently are the same name', () => {
    expect(safePaths([['é'], ['e\u0301']])).toEqual([['é'], ['e\u0301 (2)']]);
  });
});
