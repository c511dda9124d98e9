import { expect, test } from 'vitest';
import { Presence } from './presence.ts';

const person = (userId: string, ...deviceIds: string[]) => ({
  ...{ userId, username: userId, lastSeenAt: null },
  devices: deviceIds.map((deviceId) => ({ deviceId, name: deviceId })),
});

test('devices that come are said once, and again when they were away', () => {
  const came: string[] = [];
  const presence = new Presence((deviceId) => came.push(deviceId));
  presence.tell({ type: 'snapshot', people: [person('ana', 'a1'), person('ben')] });
  presence.tell({ type: 'changed', person: person('ana', 'a1', 'a2') });
  expect(came).toEqual(['a1', 'a2']);
  presence.tell({ type: 'changed', person: person('ana', 'a2') });
  presence.tell({ type: 'changed', person: person('ana', 'a1', 'a2') });
  expect(came).toEqual(['a1', 'a2', 'a1']);
});

test('after a new snapshot everybody may have been away', () => {
  const came: string[] = [];
  const presence = new Presence((deviceId) => came.push(deviceId));
  const snapshot = { type: 'snapshot' as const, people: [person('ana', 'a1')] };
  presence.tell(snapshot);
  presence.tell(snapshot);
  expect(came).toEqual(['a1', 'a1']);
});
