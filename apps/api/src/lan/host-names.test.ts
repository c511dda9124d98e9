import { expect, test } from 'vitest';
import { hostNames } from './host-names.ts';

test.each([
  ['alice-pc', ['alice-pc', 'alice-pc.local']],
  ['Noors-MacBook.local', ['noors-macbook', 'noors-macbook.local']],
  ['DESKTOP-4F2K', ['desktop-4f2k', 'desktop-4f2k.local']],
  ['pc1.corp.example.com.', ['pc1', 'pc1.corp.example.com', 'pc1.local']],
])('%s is found as %j', (hostName, names) => {
  expect(hostNames(hostName)).toEqual(names);
});

test.each([
  ['dev', ['dev.local']],
  ['xn--p1ai', ['xn--p1ai.local']],
])('%s may be a top-level domain, and is not vouched for', (hostName, names) => {
  expect(hostNames(hostName)).toEqual(names);
});

test.each(['localhost', 'localhost.localdomain', 'under_score', 'two words', '', 'ä', '-x', `${'x'.repeat(64)}1`])(
  '"%s" names no computer',
  (hostName) => {
    expect(hostNames(hostName)).toEqual([]);
  },
);
