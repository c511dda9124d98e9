import { describe, expect, test } from 'vitest';
import { formatBytes, formatBytesOf, formatRate, formatRates } from './bytes.ts';

describe('formatBytes', () => {
  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [318_400, '318 kB'],
    [999_600, '1 MB'],
    [4_400_000, '4.4 MB'],
    [284_300_000, '284 MB'],
    [999_960_000, '1 GB'],
    [1_400_000_000, '1.4 GB'],
    [5_000_000_000_000, '5 TB'],
    [3e18, '3,000 PB'],
  ])('%d is %s', (bytes, text) => expect(formatBytes(bytes, 'en')).toBe(text));

  test('follows the language', () => expect(formatBytes(1_400_000_000, 'de')).toBe('1,4\u00a0GB'));
});

describe('formatBytesOf', () => {
  test.each([
    [3_900_000_000, 4_400_000_000, '3.9', '4.4 GB'],
    [4_000_000_000, 4_400_000_000, '4.0', '4.4 GB'],
    [880_000_000, 1_400_000_000, '880 MB', '1.4 GB'],
    [0, 1_400_000_000, '0.0', '1.4 GB'],
    [12, 300, '12', '300 bytes'],
  ])('%d of %d', (part, total, partText, totalText) =>
    expect(formatBytesOf(part, total, 'en')).toEqual({ part: partText, total: totalText }),
  );
});

describe('rates', () => {
  test.each([
    [0, '0 kB/s'],
    [420, '0 kB/s'],
    [52_000, '52 kB/s'],
    [41_234_000, '41.2 MB/s'],
    [1_250_000_000, '1.3 GB/s'],
  ])('%d is %s', (rate, text) => expect(formatRate(rate, 'en')).toBe(text));

  test('a pair shares the larger unit', () =>
    expect(formatRates(41_200_000, 600_000, 'en')).toEqual({ first: '41.2', second: '0.6', unit: 'MB/s' }));
});
