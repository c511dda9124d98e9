import type { Person } from '@ferry/shared';
import { expect, test } from 'vitest';
import { findPerson, matchPeople, sortedPeople } from './person-match.ts';

function person(username: string, online = true): Person {
  const devices = online ? [{ deviceId: crypto.randomUUID(), name: 'Chrome on Linux' }] : [];
  return { userId: crypto.randomUUID(), username, lastSeenAt: 0, devices };
}
const names = (people: Person[]) => people.map(({ username }) => username);
const people = [person('bruno', false), person('Élif'), person('ana10'), person('Ana2'), person('dara', false)];

test('online people come first, each group by name as people sort it', () => {
  expect(names(sortedPeople(people, 'en'))).toEqual(['Ana2', 'ana10', 'Élif', 'bruno', 'dara']);
});

test.each([
  ['', ['bruno', 'Élif', 'ana10', 'Ana2', 'dara']],
  ['AN', ['ana10', 'Ana2']],
  [' ra', ['dara']],
  ['a', ['ana10', 'Ana2', 'dara']],
  ['r', ['bruno', 'dara']],
  ['x', []],
])('%j finds %j', (text, found) => expect(names(matchPeople(people, text))).toEqual(found));

test('a person is found by the whole name in any case', () => {
  expect(findPerson(people, ' DARA ')?.username).toBe('dara');
  expect(findPerson(people, 'dar')).toBeUndefined();
  expect(findPerson(people, '')).toBeUndefined();
});
