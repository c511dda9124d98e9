import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, foldWithOrigins } from './fold.ts';

describe('fold', () => {
  test.each([
    ['Grüße', 'GRUSSE'],
    ['Łódź', 'lodz'],
    ['ẞ', 'ss'],
    ['İstanbul ıı', 'istanbul ii'],
    ['ﬁne №5', 'fine no5'],
    ['２０２４', '2024'],
    ['ΣΊΣΥΦΟΣ', 'σισυφος'],
    ['Ёлка', 'елка'],
    ['تَقْرِيـر', 'تقرير'],
    ['שָׁלוֹם', 'שלום'],
    ['한국', '\u1112\u1161\u11ab\u1100\u116e\u11a8'],
    ['が', 'か\u3099'],
    ['a\u00a0b\u3000c', 'a b c'],
    ['so\u00adft\u200b', 'soft'],
  ])('takes %j and %j for the same', (a, b) => {
    expect(fold(a)).toBe(fold(b));
  });

  test.each([
    ['が', 'か'],
    ['นี้', 'นี'],
    ['कि', 'क'],
  ])('takes %s and %s for different: these marks are no accents', (a, b) => {
    expect(fold(a)).not.toBe(fold(b));
  });

  test('of what is folded is the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});

describe('foldWithOrigins', () => {
  test.each(['Report', 'Straße', 'Łódź', '각각', 'ﬁne', 'รายงาน นี้', '会议', '👨‍👩‍👧 x', 'ΣΊΣΥΦΟΣ', 'تَقْرِيـر'])(
    'folds %s as it is folded otherwise',
    (text) => {
      expect(foldWithOrigins(text).text).toBe(fold(text));
    },
  );

  test('knows for each unit which letter of the original it is from', () => {
    expect(foldWithOrigins('aße\u0301')).toEqual({ text: 'asse', starts: [0, 1, 1, 2], ends: [1, 2, 2, 4] });
  });

  test('never points outside of the original', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (original) => {
        const { text, starts, ends } = foldWithOrigins(original);
        expect(starts).toHaveLength(text.length);
        for (let unit = 0; unit < text.length; unit++) {
          expect(starts[unit]).toBeLessThan(ends[unit]!);
          expect(ends[unit]).toBeLessThanOrEqual(original.length);
          if (unit > 0) expect(starts[unit]).toBeGreaterThanOrEqual(starts[unit - 1]!);
        }
      }),
    );
  });
});
