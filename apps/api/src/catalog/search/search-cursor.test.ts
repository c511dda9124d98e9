import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OnlineSnapshot } from './online-snapshot.ts';
import { askedFor, cursorText, readCursor } from './search-cursor.ts';

const cursors = fc.record({
  mode: fc.constantFrom('ranked' as const, 'listed' as const),
  nowMs: fc.nat(2 ** 41),
  newestEntry: fc.nat(),
  oldestEntry: fc.nat(),
  lastKey: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((key) => !Object.is(key, -0)),
    fc.string({ maxLength: 64, unit: 'grapheme-ascii' }),
  ),
  lastEntry: fc.nat(),
  count: fc.nat(2000),
  online: fc.array(fc.nat(100_000)).map((shareNos) => OnlineSnapshot.of(shareNos).toText()),
});

test('a cursor is read as it was written, and fits into a request', () => {
  fc.assert(
    fc.property(cursors, (cursor) => {
      const text = cursorText('12345678', cursor);
      expect(text.length).toBeLessThanOrEqual(1024);
      expect(readCursor('12345678', text)).toEqual(cursor);
      expect(readCursor('87654321', text)).toBeNull();
    }),
  );
});

test('what is no cursor is none', () => {
  const values = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
  );
  fc.assert(
    fc.property(values, (text) => {
      expect(readCursor('12345678', text)).toBeNull();
    }),
  );
});

test('searches differ by who asks, by words, filters and order; not by how filters are written down', () => {
  const asked = (userId: string, more = {}) => askedFor(userId, { query: 'a', ...more });
  const all = [
    asked('u'),
    asked('v'),
    asked('u', { query: 'b' }),
    asked('u', { filters: { minBytes: 1 } }),
    asked('u', { order: 'size' }),
    asked('u', { order: 'size', isDescending: true }),
  ];
  expect(new Set(all).size).toBe(all.length);
  expect(asked('u', { filters: { minBytes: 1, maxBytes: 2 } })).toBe(
    asked('u', { filters: { maxBytes: 2, minBytes: 1 } }),
  );
});

test('a snapshot keeps which shares were online', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(2047)), (shareNos) => {
      const snapshot = OnlineSnapshot.fromText(OnlineSnapshot.of(shareNos).toText());
      for (let shareNo = 0; shareNo < 2048; shareNo++) expect(snapshot.has(shareNo)).toBe(shareNos.includes(shareNo));
    }),
    { numRuns: 10 },
  );
});
