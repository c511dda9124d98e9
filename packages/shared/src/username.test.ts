import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { usernameSchema } from './username.ts';
import { usernameKey } from './username-key.ts';

describe('usernameSchema', () => {
  test.each(['al', 'Grace.Okafor', '李伟', 'müller-1', 'नूर', 'x'.repeat(32), '𝒳y'])('accepts %s', (name) => {
    expect(z.safeParse(usernameSchema, name).success).toBe(true);
  });

  test.each([
    ['a', 'username-length'],
    ['', 'username-length'],
    ['x'.repeat(33), 'username-length'],
    ['two words', 'username-characters'],
    ['a/b', 'username-characters'],
    ['<img>', 'username-characters'],
    ['a\u202eb', 'username-characters'],
    ['a\u0000b', 'username-characters'],
    ['\u0301ab', 'username-characters'],
  ])('refuses %j as %s', (name, reason) => {
    const result = z.safeParse(usernameSchema, name);
    expect(result.success ? [] : result.error.issues.map((issue) => issue.message)).toEqual([reason]);
  });

  test('normalises to NFKC and trims', () => {
    expect(z.parse(usernameSchema, '  ﬁne ')).toBe('fine');
  });
});

describe('usernameKey', () => {
  test.each([
    ['Grace', 'GRACE'],
    ['Straße', 'STRASSE'],
    ['ΣΊΣΥΦΟΣ', 'Σίσυφος'],
    ['Å', 'A\u030a'],
  ])('%s and %s are one person', (a, b) => {
    expect(usernameKey(a)).toBe(usernameKey(b));
  });
});
