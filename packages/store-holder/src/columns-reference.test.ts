import type { CapabilityClaims, ColumnRun } from '@ferry/shared';
import { expect, test } from 'vitest';
import { columnReference, isAllowed, parseColumnsReference } from './columns-reference.ts';
import { columnOf, deviceId, OTHER_VERSION, VERSION } from './holder.testing-ground.ts';
import { USER } from './holder.testing-server.ts';

const run = (index: number, firstGroup: number, groupCount: number): ColumnRun => ({ index, firstGroup, groupCount });
const claims = (columns?: ColumnRun[], versionId = VERSION): CapabilityClaims => ({
  ...{ iss: 'ferry', exp: 0, sub: USER, device: deviceId(1), aud: deviceId(2) },
  store: { versionId, ...(columns && { columns }) },
});
const want = (...columns: ColumnRun[]) => ({
  capability: 'c',
  want: { type: 'columns' as const, versionId: VERSION, columns },
});

test('a reference is read as it was written', () => {
  expect(parseColumnsReference(columnReference('c', columnOf(4, 2)))).toEqual(want(run(2, 4, 1)));
});

test.each([
  ['nothing', ''],
  ['no JSON', '{'],
  ['no runs', JSON.stringify(want())],
  ['too many groups', JSON.stringify(want(run(0, 0, 1_000_000)))],
  ['another kind of want', JSON.stringify({ capability: 'c', want: { type: 'place' } })],
  ['too long a text', ' '.repeat(70_000)],
])('%s is no reference', (_, text) => {
  expect(parseColumnsReference(text)).toBeUndefined();
});

test.each<[string, CapabilityClaims, boolean]>([
  ['leave for all of a version', claims(), true],
  ['leave for a run with it', claims([run(0, 0, 9), run(1, 2, 3)]), true],
  ['leave for a run that ends before it', claims([run(1, 2, 1)]), false],
  ['leave for a run that begins after it', claims([run(1, 4, 5)]), false],
  ['leave for another index', claims([run(2, 0, 9)]), false],
  ['leave for another version', claims(undefined, OTHER_VERSION), false],
  ['leave for something else', { ...claims(), store: undefined } as CapabilityClaims, false],
])('%s', (_, leave, expected) => {
  expect(isAllowed(leave, want(run(1, 0, 9)), columnOf(3, 1))).toBe(expected);
});

test('what was not asked for is not allowed, nor is it of another version', () => {
  expect(isAllowed(claims(), want(run(1, 0, 3)), columnOf(3, 1))).toBe(false);
  expect(isAllowed(claims(), want(run(1, 0, 9)), columnOf(3, 1, OTHER_VERSION))).toBe(false);
});
