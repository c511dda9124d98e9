import { expect, test } from 'vitest';
import { fingerprintGroups } from './fingerprint.ts';

test('is in groups of four bytes, with all of its digits', () => {
  const bytes = Array.from({ length: 20 }, (_, index) => `${index + 10}`);
  const groups = fingerprintGroups(bytes.join(':'));
  expect(groups).toHaveLength(5);
  expect(groups[0]).toBe('10:11:12:13');
  expect(groups.join(':')).toBe(bytes.join(':'));
});
