import { afterEach, beforeEach, expect, test } from 'vitest';
import { touchDevice } from '../db/queries/devices.ts';
import { insertAudit, openAudits } from '../db/queries/store-audits.ts';
import { findOffer } from '../db/queries/store-offers.ts';
import { putReport, quarantine, reportsOf } from '../db/queries/store-reports.ts';
import { findVersion, updateVersion } from '../db/queries/store-versions.ts';
import { StoreTables } from '../testing/store-tables.ts';
import { OFFER_FORGOTTEN_MS, QUARANTINE_MS, StoreSweep } from './store-sweep.ts';
import { versionEnd } from './version-end.ts';

const DAY_MS = 86_400_000;
const NOW_MS = 100 * DAY_MS;

let store: StoreTables;
let changed: string[];
let nudged: string[];
let released: number;
let sweep: StoreSweep;
beforeEach(() => {
  store = new StoreTables();
  store.addPeers(3);
  [changed, nudged, released] = [[], [], 0];
  const keeper = {
    changed: (versionId: string) => void changed.push(versionId),
    nudge: (deviceId: string) => void nudged.push(deviceId),
  };
  sweep = new StoreSweep({
    db: store.db,
    isOnline: (deviceId) => deviceId === 'p2',
    end: versionEnd(store.db, keeper),
    released: () => released++,
    failed: (error) => {
      throw error;
    },
  });
});
afterEach(() => {
  sweep.close();
  store.close();
});

test('what was to be kept until now is let go of by everybody, and nothing else is', () => {
  const over = store.addVersion(['p1', 'p2'], { k: 1, n: 2 });
  const later = store.addVersion(['p1'], { k: 1, n: 1 });
  const never = store.addVersion(['p1'], { k: 1, n: 1 });
  updateVersion(store.db, over, { expiresAt: NOW_MS });
  updateVersion(store.db, later, { expiresAt: NOW_MS + 1 });
  sweep.sweep(NOW_MS);
  expect(findVersion(store.db, over)).toMatchObject({ goneAt: NOW_MS, name: '', key: null });
  expect(store.places(over)).toEqual(['0 p1 released', '1 p2 released']);
  expect([changed, nudged]).toEqual([[over], ['p1', 'p2', 'p0']]);
  for (const other of [later, never]) expect(store.places(other)).toEqual(['0 p1 held']);
});

test('reports and audits of last month are forgotten', () => {
  const versionId = store.addVersion(['p1'], { k: 1, n: 1 });
  const column = { versionId, group: 0, index: 0, holderId: 'p1' };
  for (const daysAgo of [29, 31]) {
    const at = NOW_MS - daysAgo * DAY_MS;
    putReport(store.db, { ...column, reporterId: daysAgo === 29 ? 'owner of p0' : 'owner of p2', reportedAt: at });
    insertAudit(store.db, { ...column, auditId: `${daysAgo}`, auditorId: 'p0', chunk: 0, createdAt: at });
  }
  sweep.sweep(NOW_MS);
  expect(reportsOf(store.db, 'p1', 0)).toHaveLength(1);
  expect(openAudits(store.db, 'p0', 0).map(({ audit }) => audit.auditId)).toEqual(['29']);
});

test('a quarantine ends after thirty days, and then the device counts again', () => {
  for (const deviceId of ['p0', 'p1', 'p2']) touchDevice(store.db, deviceId, NOW_MS);
  quarantine(store.db, 'p1', NOW_MS);
  sweep.sweep(NOW_MS + QUARANTINE_MS);
  expect(released).toBe(0);
  sweep.sweep(NOW_MS + QUARANTINE_MS + 1);
  sweep.sweep(NOW_MS + QUARANTINE_MS + 2);
  expect(released).toBe(1);
});

test('an offer of a device that was away for ninety days, and keeps nothing, is forgotten', () => {
  store.addVersion(['p1'], { k: 1, n: 1 });
  sweep.sweep(OFFER_FORGOTTEN_MS);
  expect(findOffer(store.db, 'p0')).toBeDefined();
  sweep.sweep(OFFER_FORGOTTEN_MS + 1);
  const left = ['p0', 'p1', 'p2'].filter((deviceId) => findOffer(store.db, deviceId));
  expect(left).toEqual(['p1', 'p2']);
  expect(released).toBe(1);
});
