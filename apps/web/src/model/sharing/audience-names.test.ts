import type { Person } from '@ferry/shared';
import { expect, test } from 'vitest';
import { toggledPerson } from './audience-draft.ts';
import { audienceNames } from './audience-names.ts';
import { ignoreLines } from './ignore-lines.ts';

const people = ['Ann', 'Bob', 'Cleo', 'Dan'].map((username) => ({ userId: username, username }) as Person);
const chosen = (...userIds: string[]) => ({ type: 'chosen' as const, userIds });

test.each([
  [['Ann'], ['Ann'], 0],
  [['Ann', 'Bob', 'Cleo'], ['Ann', 'Bob', 'Cleo'], 0],
  [['Ann', 'Bob', 'Cleo', 'Dan'], ['Ann', 'Bob'], 2],
  [['Ann', 'left'], ['Ann'], 1],
  [['left'], [], 1],
])('of %j names %j and counts %d more', (userIds, names, moreCount) => {
  expect(audienceNames(chosen(...userIds), people)).toEqual({ names, moreCount });
});

test('everyone has no names', () => expect(audienceNames({ type: 'everyone' }, people)).toBeNull());

test('a press takes a person, and the next one puts them back', () => {
  expect(toggledPerson(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggledPerson(['a', 'b'], 'a')).toEqual(['b']);
});

test('blank lines and repeated ones are no patterns', () => {
  expect(ignoreLines('node_modules\r\n\n *.tmp \nnode_modules')).toEqual(['node_modules', '*.tmp']);
});
