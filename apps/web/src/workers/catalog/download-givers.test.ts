import { expect, test } from 'vitest';
import { giversWith } from './download-givers.ts';

const [ann, bob] = ['ann', 'bob'].map((name) => ({ userId: `user of ${name}`, username: name })) as [Giver, Giver];
type Giver = { userId: string; username: string };
const owners = new Map([
  ['laptop', ann],
  ['phone', ann],
  ['desk', bob],
]);
const gave = (peerId: string, movedBytes: number) => ({ peerId, movedBytes });
const withThese = (known: readonly Giver[], ...sources: ReturnType<typeof gave>[]) =>
  giversWith(known, sources, (deviceId) => owners.get(deviceId));

test('whoever gave something is remembered, a person with two devices once', () => {
  expect(withThese([], gave('laptop', 1), gave('phone', 2), gave('desk', 0), gave('unknown', 3))).toEqual([ann]);
  expect(withThese([ann], gave('desk', 5))).toEqual([ann, bob]);
});

test('without news it is the same array, so that nothing is written', () => {
  const known = [ann];
  expect(withThese(known, gave('laptop', 9), gave('desk', 0))).toBe(known);
});

test('those that words cannot name are not kept', () => {
  const sources = Array.from({ length: 100 }, (_, index) => gave(`${index}`, 1));
  expect(giversWith([], sources, (deviceId) => ({ userId: deviceId, username: deviceId }))).toHaveLength(32);
});
