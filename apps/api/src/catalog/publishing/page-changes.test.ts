import { expect, test } from 'vitest';
import { file } from '../../testing/catalog-on-disk.ts';
import { pageChanges } from './page-changes.ts';

test.each([
  ['what is put twice counts once, as it was said last', { put: [file('a', 1), file('a', 2)] }, [file('a', 2)], []],
  ['what is removed and put stays', { put: [file('a')], remove: ['a'] }, [file('a')], []],
  ['what is removed twice goes once', { remove: ['a', 'a'] }, [], ['a']],
  ['a file turns into a folder', { put: [file('a'), file('a/b')] }, [file('a/b')], []],
  ['a folder turns into a file', { put: [file('a/b'), file('a')] }, [file('a')], []],
  ['the last of three counts', { put: [file('a/b/c'), file('a'), file('a/b')] }, [file('a/b')], []],
  [
    'what goes with its folder is not removed by itself',
    { put: [file('a')], remove: ['a/b', 'c'] },
    [file('a')],
    ['c'],
  ],
  ['a name that begins alike is no folder', { put: [file('a'), file('ab/c')] }, [file('a'), file('ab/c')], []],
])('%s', (_, { put = [], remove = [] }: { put?: ReturnType<typeof file>[]; remove?: string[] }, puts, removes) => {
  expect(pageChanges({ put, remove })).toEqual({ puts, removes });
});
