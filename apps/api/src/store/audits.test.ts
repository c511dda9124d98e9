import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { insertAudit, leastChecked, openAudits } from '../db/queries/store-audits.ts';
import { findStoredColumn } from '../db/queries/store-groups.ts';
import { findPlace, updatePlace } from '../db/queries/store-places.ts';
import { StoreTables } from '../testing/store-tables.ts';
import { Audits } from './audits.ts';
import { isDead } from './departures.ts';
import { takeReceipt } from './held-columns.ts';
import { StorePool } from './store-pool.ts';
import { takeInventory } from './taken-inventory.ts';
import { nameOf } from './unwanted-columns.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const NOW_MS = 100 * DAY_MS;

let store: StoreTables;
let peers: string[];
let nudged: string[];
let lost: string[];
let found: string[];
let quarantined: string[];
let audits: Audits;
beforeEach(() => {
  store = new StoreTables();
  peers = store.addPeers(6);
  [nudged, lost, found, quarantined] = [[], [], [], []];
  audits = new Audits({
    db: store.db,
    nudge: (deviceId) => nudged.push(deviceId),
    lost: ({ deviceId }) => lost.push(deviceId),
    found: ({ deviceId }) => found.push(deviceId),
    concluded: () => {},
    quarantined: (deviceId) => quarantined.push(deviceId),
  });
});

afterEach(() => store.close());

const open = () => peers.flatMap((deviceId) => openAudits(store.db, deviceId, 0).map(({ audit }) => audit));
const plan = (nowMs = NOW_MS) => audits.plan(store.peers, nowMs);

test('of everybody who keeps something, somebody else is asked to check one chunk', () => {
  const versionId = store.addVersion(['p1', 'p2'], { k: 1, n: 2 });
  plan();
  expect(
    open()
      .map(({ holderId }) => holderId)
      .sort(),
  ).toEqual(['p1', 'p2']);
  for (const audit of open()) {
    expect(audit).toMatchObject({ versionId, group: 0, createdAt: NOW_MS });
    expect(audit.auditorId).not.toBe(audit.holderId);
    expect(audit.chunk).toBe(0);
  }
  expect(nudged.sort()).toEqual(
    open()
      .map(({ auditorId }) => auditorId)
      .sort(),
  );
});

test('five a day and no more, an hour and a half apart, what was never checked first', () => {
  for (let made = 0; made < 8; made++) store.addVersion(['p1'], { k: 1, n: 1 });
  const checked: string[] = [];
  for (let minutes = 0; minutes < 20 * 60; minutes += 10) {
    const nowMs = NOW_MS + minutes * MINUTE_MS;
    plan(nowMs);
    for (const { auditId, auditorId, versionId } of open()) {
      checked.push(versionId);
      audits.audited(auditorId, auditId, 'good', store.peers, nowMs);
    }
    if (minutes < 90) expect(checked).toHaveLength(1);
  }
  expect(checked).toHaveLength(5);
  expect(new Set(checked).size).toBe(5);
});

test('whoever is away, or quarantined, is not asked and does not ask', () => {
  store.addVersion(['p1', 'p2', 'p3'], { k: 1, n: 3 });
  store.change('p1', { onlineSinceMs: null });
  store.change('p2', { isQuarantined: true });
  plan();
  expect(open().map(({ holderId }) => holderId)).toEqual(['p3']);
  expect(['p1', 'p2', 'p3']).not.toContain(open()[0]!.auditorId);
});

function asked(versionId: string) {
  plan();
  const audit = open().find((each) => each.versionId === versionId && each.holderId === 'p1')!;
  const say = (verdict: Parameters<Audits['audited']>[2], nowMs = NOW_MS + 1000) =>
    audits.audited(audit.auditorId, audit.auditId, verdict, store.peers, nowMs);
  const place = () => findPlace(store.db, { versionId, group: 0, index: audit.index, deviceId: 'p1' })!;
  return { audit, say, place };
}

test('good is remembered', () => {
  const { say, place } = asked(store.addVersion(['p1'], { k: 1, n: 1 }));
  say('good');
  expect(place()).toMatchObject({ state: 'held', checkedAt: NOW_MS + 1000 });
});

test('who does not answer loses nothing', () => {
  const { say, place } = asked(store.addVersion(['p1'], { k: 1, n: 1 }));
  say('silent');
  expect(place()).toMatchObject({ state: 'held', checkedAt: null });
  expect(lost).toEqual([]);
});

test('who does not have it any more has lost the place, at once and once', () => {
  const { say, place } = asked(store.addVersion(['p1'], { k: 1, n: 1 }));
  say('missing');
  say('good');
  expect(place()).toMatchObject({ state: 'missing', sinceMs: NOW_MS + 1000, checkedAt: null });
  expect(lost).toEqual(['p1']);
});

describe('what an audit did not find', () => {
  test('is missing until somebody finds it, whatever the device says', () => {
    const versionId = store.addVersion(['p1'], { k: 1, n: 1 });
    const { say, place, audit } = asked(versionId);
    say('missing');
    const { contentId } = findStoredColumn(store.db, { versionId, group: 0, index: audit.index })!;
    updatePlace(store.db, place(), { contentId });
    const there = new Map([[nameOf(place()), place()]]);
    const { claimed, versionIds } = takeInventory(store.db, 'p1', there, NOW_MS + 2000);
    expect([claimed.length, versionIds.size, place().state]).toEqual([1, 0, 'missing']);
    const receipt = { ...{ iss: 'p1', version: versionId, group: 0, index: audit.index, content: contentId! }, iat: 1 };
    takeReceipt(store.db, { ...receipt, size: place().sizeBytes, signature: Buffer.alloc(1) }, NOW_MS + 2000);
    expect(place().state).toBe('missing');

    audits.claimed(claimed, store.peers, NOW_MS + 2000);
    audits.claimed(claimed, store.peers, NOW_MS + 2000);
    const [look, ...more] = open();
    expect([look!.holderId, more]).toEqual(['p1', []]);
    audits.audited(look!.auditorId, look!.auditId, 'good', store.peers, NOW_MS + 3000);
    expect(place()).toMatchObject({ state: 'held', sinceMs: NOW_MS + 3000, checkedAt: NOW_MS + 3000 });
    expect(found).toEqual(['p1']);
  });

  test('counts again at the device’s word when it had only said itself that it was missing', () => {
    const versionId = store.addVersion(['p1'], { k: 1, n: 1 });
    const key = { versionId, group: 0, index: 0, deviceId: 'p1' };
    updatePlace(store.db, key, { contentId: findStoredColumn(store.db, key)!.contentId });
    takeInventory(store.db, 'p1', new Map(), NOW_MS);
    expect(findPlace(store.db, key)!.state).toBe('missing');
    expect(takeInventory(store.db, 'p1', new Map([[nameOf(key), key]]), NOW_MS).claimed).toEqual([]);
    expect(findPlace(store.db, key)!.state).toBe('held');
  });
});

test('a device that gives nobody anything counts as dead, until somebody gets something', () => {
  for (let made = 0; made < 40; made++) store.addVersion(['p1'], { k: 1, n: 1 });
  const pool = new StorePool(store.db, { onlineSinceMs: () => 0 });
  const isGone = (nowMs: number) => isDead(pool.peers(nowMs).get('p1'), nowMs);
  const ask = (auditorId: string, nowMs: number, verdict: Parameters<Audits['audited']>[2]) => {
    const auditId = `${nowMs}`;
    const { versionId } = leastChecked(store.db, 'p1', 1)[0]!;
    const audit = { auditId, versionId, group: 0, index: 0, holderId: 'p1', auditorId, chunk: 0, createdAt: nowMs };
    insertAudit(store.db, audit);
    audits.audited(auditorId, auditId, verdict, store.peers, nowMs);
    pool.audited('p1', nowMs);
    return isGone(nowMs);
  };
  expect(ask('p2', NOW_MS, 'silent')).toBe(false);
  expect(ask('p3', NOW_MS + 1, 'missing')).toBe(false);
  expect(ask('p4', NOW_MS + 2, 'silent')).toBe(false);
  expect(ask('p4', NOW_MS + DAY_MS, 'silent')).toBe(true);
  expect(pool.peers(NOW_MS + DAY_MS).get('p1')!.freeBytes).toBe(0);
  expect(ask('p2', NOW_MS + DAY_MS + 1, 'good')).toBe(false);
});

test('nobody says what they were not asked', () => {
  const { audit } = asked(store.addVersion(['p1'], { k: 1, n: 1 }));
  const other = peers.find((deviceId) => deviceId !== audit.auditorId)!;
  expect(() => audits.audited(other, audit.auditId, 'missing', store.peers, NOW_MS)).toThrow('not-found');
  expect(lost).toEqual([]);
});

test('wrong bytes have a second person look at the same chunk, and two of them quarantine', () => {
  const versionId = store.addVersion(['p1'], { k: 1, n: 1 });
  const { audit, say } = asked(versionId);
  say('wrong');
  expect(quarantined).toEqual([]);
  const [again] = open();
  expect(again).toMatchObject({ versionId, holderId: 'p1', chunk: audit.chunk });
  expect([audit.auditorId, 'p1']).not.toContain(again!.auditorId);
  expect(nudged.at(-1)).toBe(again!.auditorId);
  audits.audited(again!.auditorId, again!.auditId, 'wrong', store.peers, NOW_MS + 2000);
  expect(quarantined).toEqual(['p1']);
});

test('a second look that finds nothing wrong ends it', () => {
  const { say } = asked(store.addVersion(['p1'], { k: 1, n: 1 }));
  say('wrong');
  const [again] = open();
  audits.audited(again!.auditorId, again!.auditId, 'good', store.peers, NOW_MS + 2000);
  expect([quarantined, open()]).toEqual([[], []]);
});

describe('whoever downloads', () => {
  const report = (versionId: string, reporterId: string, nowMs = NOW_MS) =>
    audits.report(
      { deviceId: 'p3', column: { versionId, group: 0, index: 0 }, chunk: 0, holder: 'p1' },
      reporterId,
      store.peers,
      nowMs,
    );

  const answer = (verdict: Parameters<Audits['audited']>[2], nowMs = NOW_MS) => {
    const [look] = open();
    audits.audited(look!.auditorId, look!.auditId, verdict, store.peers, nowMs);
  };

  test('is believed with a second person whom the server chose, however many others say the same', () => {
    const versionId = store.addVersion(['p1'], { k: 1, n: 1 });
    for (const reporter of ['p3', 'p3', 'p4', 'p5']) report(versionId, `owner of ${reporter}`);
    expect(quarantined).toEqual([]);
    expect(open()).toHaveLength(1);
    answer('wrong');
    expect(quarantined).toEqual(['p1']);
  });

  test('causes one look at a time at a device, twenty an hour, and puts off nobody’s turn', () => {
    plan(NOW_MS - DAY_MS);
    const versionIds = Array.from({ length: 40 }, () => store.addVersion(['p1', 'p2'], { k: 1, n: 2 }));
    for (const versionId of versionIds.slice(0, 10)) report(versionId, 'owner of p3');
    expect(open()).toHaveLength(1);
    answer('silent');
    let looks = 1;
    for (const versionId of versionIds.slice(10)) {
      report(versionId, 'owner of p3', NOW_MS + 1);
      if (open().length === 0) continue;
      looks++;
      answer('silent');
    }
    expect(looks).toBe(1 + 10);
    plan(NOW_MS + 1);
    expect(open().map(({ holderId }) => holderId)).toContain('p1');
  });

  test('and is contradicted is not believed of that device for a day, of others and by others still', () => {
    const versionIds = Array.from({ length: 3 }, () => store.addVersion(['p1', 'p2'], { k: 1, n: 2 }));
    report(versionIds[0]!, 'owner of p3');
    answer('good');
    report(versionIds[1]!, 'owner of p3', NOW_MS + MINUTE_MS);
    expect(open()).toEqual([]);
    report(versionIds[1]!, 'owner of p4', NOW_MS + MINUTE_MS);
    expect(open()).toHaveLength(1);
    answer('good', NOW_MS + MINUTE_MS);
    report(versionIds[2]!, 'owner of p3', NOW_MS + DAY_MS);
    expect(open()).toHaveLength(1);
  });

  test('is not believed of their own devices, of what is not there, or with a report of last month', () => {
    const versionId = store.addVersion(['p1'], { k: 1, n: 1 });
    const other = store.addVersion(['p2'], { k: 1, n: 1 });
    report(versionId, 'owner of p1');
    report(versionId, 'owner of p3');
    report(other, 'owner of p4');
    report(versionId, 'owner of p4', NOW_MS + 31 * DAY_MS);
    expect(quarantined).toEqual([]);
  });
});
