import { expect, onTestFinished, test } from 'vitest';
import { scrape } from '../testing/exposition.ts';
import { refused } from '../testing/refused.ts';
import { GIB, MIB, spread, TestUpload, testHolders } from '../testing/store-devices.ts';
import { testServer } from '../testing/test-server.ts';

test('what is stored, on how many devices, and what came of receipts', async () => {
  const server = await testServer();
  onTestFinished(() => server.close());
  const ann = await server.user('ann');
  await ann.openInbox().started;
  const holders = await testHolders(server, 3);
  const upload = new TestUpload(ann, MIB);
  await upload.begin();
  const [duty] = await holders[0]!.asked();
  await Promise.all(holders.map((holder) => holder.asked()));
  await upload.confirmAll(1);
  await spread(upload, holders);
  await refused(holders[0]!.say('not.a.receipt'));
  await holders[0]!.say(await holders[0]!.receipt({ ...duty!, column: { ...duty!.column, index: 60 } }));
  await holders[2]!.tell([]);

  const { value } = await scrape(server.url);
  expect(value('ferry_store_files')).toBe(1);
  expect(value('ferry_store_uploaded_bytes')).toBe(MIB);
  expect(value('ferry_store_kept_bytes')).toBe(2 * MIB);
  expect(value('ferry_store_offered_bytes')).toBe(3 * 10 * GIB);
  expect(value('ferry_store_places', { state: 'held' })).toBe(2);
  expect(value('ferry_store_places', { state: 'missing' })).toBe(1);
  expect(value('ferry_store_places', { state: 'released' })).toBe(0);
  expect(value('ferry_store_devices', { presence: 'online' })).toBe(3);
  expect(value('ferry_store_devices', { presence: 'away' })).toBe(0);
  expect(value('ferry_store_placements_total', { step: 'asked' })).toBeGreaterThanOrEqual(3);
  expect(value('ferry_store_receipts_refused_total', { reason: 'signature-invalid' })).toBe(1);
  expect(value('ferry_store_receipts_refused_total', { reason: 'unwanted' })).toBe(1);
  expect(value('ferry_store_receipts_refused_total', { reason: 'contradicted' })).toBe(0);
});

test('an upload counts as accepted once, when it is found to be kept by enough people', async () => {
  const server = await testServer();
  onTestFinished(() => server.close());
  const ann = await server.user('ann');
  await ann.openInbox().started;
  const holders = await testHolders(server, 2);
  const upload = new TestUpload(ann, MIB);
  await upload.begin();
  await upload.confirmAll(1);
  await spread(upload, holders);
  const accepted = async () => (await scrape(server.url)).value('ferry_store_accepted_total');
  await expect.poll(accepted, { timeout: 15_000 }).toBe(1);
  await holders[0]!.keep();
  expect(await accepted()).toBe(1);
});
