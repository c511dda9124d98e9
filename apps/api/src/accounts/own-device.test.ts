import { afterEach, beforeEach, expect, test } from 'vitest';
import { findDevice, insertDevice, touchDevice } from '../db/queries/devices.ts';
import { StoreTables } from '../testing/store-tables.ts';
import { createNode } from './nodes.ts';
import { claimDevice } from './own-device.ts';

const MOST = 100;
const USER = 'owner of p0';

let store: StoreTables;
let online: Set<string>;
beforeEach(() => {
  store = new StoreTables();
  online = new Set();
  store.addPeers(2);
});
afterEach(() => store.close());

const claim = (deviceId: string) => {
  const onlineSinceMs = (id: string) => (online.has(id) ? 1 : undefined);
  claimDevice({ db: store.db, hub: { onlineSinceMs } }, USER, deviceId);
};
const isThere = (deviceId: string) => findDevice(store.db, deviceId) !== undefined;

/** Beside p0; b0 was not seen for longest. */
function fill(): void {
  for (let at = 0; at < MOST - 1; at++) {
    insertDevice(store.db, { deviceId: `b${at}`, userId: USER, name: '', createdAt: 0, lastSeenAt: at + 1 });
  }
}

test('of a hundred browsers the one not seen for longest makes way, unless it is here or something depends on it', () => {
  fill();
  online.add('b0');
  // p0 was never seen, and has uploaded something; b1 keeps something.
  store.hold(store.addVersion(['p1'], { k: 1, n: 1 }), 1, 'b1');
  claim('new');
  expect(['p0', 'b0', 'b1', 'b2', 'b3', 'new'].filter(isThere)).toEqual(['p0', 'b0', 'b1', 'b3', 'new']);
  touchDevice(store.db, 'b3', 1000);
  claim('newer');
  expect(['b3', 'b4'].filter(isThere)).toEqual(['b3']);
});

test('when none can make way there is no other one', () => {
  fill();
  for (let at = 0; at < MOST; at++) online.add(`b${at}`);
  online.add('p0');
  expect(() => claim('new')).toThrow('too-many');
  expect(isThere('new')).toBe(false);
  claim('b7');
});

test('nodes have a bound of their own, and make way for nobody', () => {
  const { node } = createNode(store.db, USER, 'Cellar');
  fill();
  claim('new');
  expect([node.nodeId, 'p0', 'b0'].filter(isThere)).toEqual([node.nodeId, 'b0']);
});
