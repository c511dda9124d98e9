import { randomUUID } from 'node:crypto';
import { type Column, capabilityClaimsSchema, type Duty, type StoreGrant } from '@ferry/shared';
import { importJWK, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { signInNode } from '../../testing/nodes.ts';
import { refused } from '../../testing/refused.ts';
import { columnContent, TestHolder, testHolders } from '../../testing/store-devices.ts';
import { storedVersion } from '../../testing/stored-version.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

/** The server looks each second, and machines are busy. */
const SOON = { timeout: 20_000, interval: 200 };

let server: TestServer;
let ann: TestBrowser;
let holders: TestHolder[];
let versionId: string;
beforeEach(async () => {
  server = await testServer();
  ann = await server.user('ann');
  holders = await testHolders(server, 5);
  versionId = await storedVersion(ann, holders);
  expect((await details()).holders).toHaveLength(5);
}, 60_000);
afterEach(() => server.close());

const details = () => ann.http.store.details.query({ versionId });

async function columnsOf(holder: TestHolder): Promise<Column[]> {
  const runs = (await details()).holders.find(({ deviceId }) => deviceId === holder.deviceId)?.columns ?? [];
  return runs.map(({ index, firstGroup: group }) => ({ versionId, group, index }));
}

/** Two of five lose what they have, and its uploader is gone. */
async function loseTwo(): Promise<{ losers: TestHolder[]; others: TestHolder[] }> {
  await ann.disconnect();
  const signal = { from: holders[0]!.deviceId, to: ann.deviceId, payload: '' };
  const isThere = () => holders[0]!.browser.live.signals.send.mutate(signal);
  await vi.waitFor(async () => expect(await isThere()).toBe('offline'), SOON);
  const [losers, others] = [holders.slice(0, 2), holders.slice(2)];
  for (const loser of losers) {
    const { deviceId } = loser;
    await loser.browser.http.store.released.mutate({ deviceId, columns: await columnsOf(loser) });
  }
  return { losers, others };
}

type DutyOf<Type extends Duty['type']> = Extract<Duty, { type: Type }>;

async function dutiesTo<Type extends Duty['type']>(type: Type, holder: TestHolder): Promise<DutyOf<Type>[]> {
  return (await holder.duties()).filter((duty): duty is DutyOf<Type> => duty.type === type);
}

async function repairer(): Promise<{ repairer: TestHolder; duty: DutyOf<'repair'> }> {
  return vi.waitFor(async () => {
    for (const holder of holders) {
      const [duty] = await dutiesTo('repair', holder);
      if (duty) return { repairer: holder, duty };
    }
    throw new Error('Nobody repairs');
  }, SOON);
}

async function claimsOf({ capability }: StoreGrant) {
  const { jwk } = await ann.http.catalog.key.query();
  const { payload } = await jwtVerify(capability, await importJWK(jwk, 'ES256'), { issuer: 'ferry' });
  return capabilityClaimsSchema.parse(payload);
}

test('what is lost is made anew by somebody who holds it, and fetched from there by somebody else', async () => {
  await loseTwo();
  const { repairer: maker, duty } = await repairer();
  const { group, token, code, make, sources } = duty;
  expect(duty).toMatchObject({ versionId, versionBytes: 5_000_000, code: { k: 2 } });
  expect(make.length).toBeGreaterThan(0);
  for (const { index, contentId } of [...make, ...sources]) {
    expect(contentId).toBe(columnContent({ versionId, group, index }));
    expect(index).toBeLessThan(code.n);
  }
  expect(sources.filter(({ from }) => from.length === 0)).toHaveLength(1);
  const { index, from } = sources.find((source) => source.from.length > 0)!;
  expect(await claimsOf(from[0]!)).toMatchObject({
    device: maker.deviceId,
    aud: from[0]!.deviceId,
    store: { versionId, columns: [{ index, firstGroup: group, groupCount: 1 }] },
  });

  const lease = { deviceId: maker.deviceId, versionId, group, token };
  const { leasedUntil } = await maker.browser.http.store.renewLease.mutate(lease);
  expect(leasedUntil).toBeGreaterThanOrEqual(duty.leasedUntil);
  expect((await details()).health.isBeingRepaired).toBe(true);
  await maker.browser.http.store.repaired.mutate({ ...lease, indexes: make.map((column) => column.index) });
  expect(await dutiesTo('repair', maker)).toEqual([]);

  const kept = (await Promise.all(holders.map((holder) => holder.toKeep()))).flat();
  await Promise.all(holders.map((holder) => holder.keep()));
  expect(kept.map(({ column }) => column.index).sort()).toEqual(make.map((column) => column.index).sort());
  for (const keep of kept) expect(keep.from.map(({ deviceId }) => deviceId)).toContain(maker.deviceId);
  await vi.waitFor(async () => expect((await details()).health).toMatchObject({ isBeingRepaired: false }));
  expect(await ann.http.store.overview.query()).toMatchObject({ repairsToday: 1, repairsUnderWay: 0 });
});

test('whoever has not the lease, or not any more, changes nothing', async () => {
  const { others } = await loseTwo();
  const { repairer: maker, duty } = await repairer();
  const { group, token, make } = duty;
  const indexes = make.map(({ index }) => index);
  const other = others.find(({ deviceId }) => deviceId !== maker.deviceId)!;
  const tries = [
    other.browser.http.store.repaired.mutate({ deviceId: other.deviceId, versionId, group, token, indexes }),
    maker.browser.http.store.repaired.mutate({
      ...{ deviceId: maker.deviceId, versionId, group, indexes },
      token: token + 1,
    }),
    maker.browser.http.store.renewLease.mutate({ deviceId: maker.deviceId, versionId, group, token: token - 1 }),
    maker.browser.http.store.renewLease.mutate({ deviceId: maker.deviceId, versionId: randomUUID(), group, token }),
  ];
  for (const call of tries) expect(await refused(call)).toMatchObject({ ferryCode: 'lease-lost', httpStatus: 409 });
  const forged = other.browser.http.store.renewLease.mutate({ deviceId: maker.deviceId, versionId, group, token });
  expect(await refused(forged)).toMatchObject({ ferryCode: 'device-taken' });
  expect((await Promise.all(holders.map((holder) => holder.toKeep()))).flat()).toEqual([]);
});

test('what a node kept is lost with it', async () => {
  const owner = await server.user('gus');
  const node = await TestHolder.start(await signInNode(server, owner));
  const other = await storedVersion(ann, [...holders, node]);
  const keepers = async () => (await ann.http.store.details.query({ versionId: other })).holders;
  expect(await keepers()).toContainEqual(expect.objectContaining({ username: 'gus', deviceId: node.deviceId }));
  await owner.http.nodes.remove.mutate({ nodeId: node.deviceId });
  expect((await keepers()).map(({ deviceId }) => deviceId)).not.toContain(node.deviceId);
});

test('somebody who was sent something wrong and somebody who was asked to look put a device out, nobody else', async () => {
  const accused = holders[0]!;
  const [column] = await columnsOf(accused);
  const report = (by: TestBrowser) =>
    by.http.store.report.mutate({ deviceId: by.deviceId, column: column!, chunk: 0, holder: accused.deviceId });
  const before = (await details()).health.kept;
  await report(ann);
  const asked = await Promise.all(holders.map(async (holder) => ({ holder, audits: await dutiesTo('audit', holder) })));
  const [look, ...more] = asked.filter(({ audits }) => audits.length > 0);
  expect(more).toEqual([]);
  expect(look!.audits).toMatchObject([{ chunk: 0, column: { ...column, contentId: columnContent(column!) } }]);
  const [audit] = look!.audits;
  expect(await claimsOf(audit!.from)).toMatchObject({ aud: accused.deviceId });
  for (const holder of holders.slice(1)) if (holder !== look!.holder) await report(holder.browser);
  expect((await details()).health.kept).toBe(before);
  const { deviceId, browser } = look!.holder;
  await browser.http.store.audited.mutate({ deviceId, auditId: audit!.auditId, verdict: 'wrong' });
  await vi.waitFor(async () => expect((await details()).health.kept).toBeLessThan(before));
});

test('an audit that found it missing takes the place; what nobody was asked is refused', async () => {
  const accused = holders[0]!;
  const [column] = await columnsOf(accused);
  const wrong = { deviceId: ann.deviceId, column: column!, chunk: 0, holder: accused.deviceId };
  await ann.http.store.report.mutate(wrong);
  for (const holder of holders) {
    const [audit] = await dutiesTo('audit', holder);
    const verdict = { deviceId: holder.deviceId, auditId: audit?.auditId ?? randomUUID(), verdict: 'missing' as const };
    if (audit) await holder.browser.http.store.audited.mutate(verdict);
    else
      expect(await refused(holder.browser.http.store.audited.mutate(verdict))).toMatchObject({
        ferryCode: 'not-found',
      });
  }
  expect(await columnsOf(accused)).toEqual([]);
  expect(await ann.http.store.overview.query()).toMatchObject({ auditsToday: 1 });
});
