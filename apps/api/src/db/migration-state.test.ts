import { expect, test } from 'vitest';
import { type Migration, migrationState } from './migration-state.ts';

const migration = (writtenAt: number): Migration => ({ tag: `m${writtenAt}`, writtenAt, hash: '', statements: [] });
const [one, two] = [migration(10), migration(20)];

test.each([
  ['an empty file is fresh, and gets everything', false, [], { kind: 'fresh', pending: [one, two] }],
  ['tables without migrations are somebody else’s', true, [], { kind: 'foreign' }],
  ['all of them are current', true, [10, 20], { kind: 'current' }],
  ['some of them are behind', true, [10], { kind: 'behind', pending: [two] }],
  ['one that was left out is applied later', true, [20], { kind: 'behind', pending: [one] }],
  ['one more is of a newer build', true, [10, 20, 30], { kind: 'newer', latestUnknown: 30 }],
  ['another one in between is of another build', true, [10, 15, 20], { kind: 'newer', latestUnknown: 15 }],
  ['of a newer build, even if one of ours is missing', true, [10, 30, 40], { kind: 'newer', latestUnknown: 40 }],
])('%s', (_, hasTables, applied, state) => {
  expect(migrationState({ hasTables, applied }, [one, two])).toEqual(state);
});
