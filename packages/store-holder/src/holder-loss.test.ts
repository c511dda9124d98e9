// What is not there any more, or not as it was: the server hears of it, and it is fetched again.
import { CHUNK_BYTES } from '@ferry/webrtc-core';
import { beforeEach, expect, test } from 'vitest';
import { columnKey } from './column-key.ts';
import { columnLayout } from './column-manifest.ts';
import {
  columnOf,
  deviceId,
  HolderGround,
  type HoldingDevice,
  UPLOADER,
  UploadedColumns,
} from './holder.testing-ground.ts';

const SIZE = 2 * CHUNK_BYTES;
const KEPT = columnOf(0, 0);
const LOST = columnOf(1, 0);

let ground: HolderGround;
let ada: HoldingDevice;
let contentId: string;
beforeEach(async () => {
  ground = await HolderGround.start();
  ada = await ground.join(deviceId(1));
  await ground.upload(KEPT, SIZE, ada);
  contentId = await ground.upload(LOST, SIZE, ada);
  await ground.until(() => ground.isHeld(ada, KEPT) && ground.isHeld(ada, LOST));
});

const lastInventory = () => ground.server.inventories.findLast(({ deviceId: id }) => id === ada.deviceId)!.columns;

/** One bit of it is another one than it was. */
async function damage({ disk }: HoldingDevice, chunk: number): Promise<void> {
  const layout = columnLayout({ column: LOST, sizeBytes: SIZE, contentId });
  const store = await disk.stores.open(columnKey(LOST), layout);
  const bytes = await store.read(chunk);
  bytes[5]! ^= 1;
  await store.write(chunk, bytes, store.hashOf(chunk)!);
}

test('everything that is kept is told each time the server can be reached again', async () => {
  ground.server.reconnect(ada.deviceId);
  await ground.until(() => lastInventory().length === 2);
  expect(lastInventory().map(columnKey).sort()).toEqual([KEPT, LOST].map(columnKey).sort());
  expect(ground.server.keys.get(ada.deviceId)).toMatchObject({ deviceId: ada.deviceId });
});

test('what is kept and not known to be known is told, too', async () => {
  const more = columnOf(2, 0);
  ground.server.losesAnswers = true;
  await ground.upload(more, SIZE, ada);
  await ground.until(() => ground.isHeld(ada, more));
  ground.server.reconnect(ada.deviceId);
  await ground.until(() => lastInventory().length === 3);
  expect(ground.isHeld(ada, more)).toBe(true);
});

test('what a disk has lost is missing after a restart, and fetched again', async () => {
  await ada.disk.stores.delete(columnKey(LOST));
  const after = await ground.restart(ada);
  await ground.until(() => ground.server.placeOf(ada.deviceId, LOST)?.state === 'missing');
  expect(ground.isHeld(after, KEPT)).toBe(true);
  await ground.until(() => ground.isHeld(after, LOST));
  expect(await ground.isWhole(after, LOST)).toBe(true);
});

test('what a disk has that nobody remembers is deleted', async () => {
  ada.disk.records.delete(columnKey(LOST));
  const after = await ground.restart(ada);
  expect(await after.disk.stores.list()).toEqual([columnKey(KEPT)]);
});

test('what the server does not want is told, and released', async () => {
  ground.server.places.get(ada.deviceId)!.delete(columnKey(LOST));
  ground.server.reconnect(ada.deviceId);
  await ground.until(() => ada.holder.snapshot().columnCount === 1);
  await ground.until(() => ground.server.placeOf(ada.deviceId, LOST) === undefined);
  expect(await ada.disk.stores.list()).toEqual([columnKey(KEPT)]);
});

test('what is damaged is given to nobody; it is found out, told, and fetched again from elsewhere', async () => {
  const bob = await ground.join(deviceId(2));
  await damage(ada, 1);
  ground.server.assign(bob.deviceId, LOST, { sizeBytes: SIZE, contentId, from: [ada.deviceId] });
  await ground.until(() => ground.server.placeOf(ada.deviceId, LOST)?.state === 'missing');
  await ground.until(() => ground.isHeld(ada, LOST));
  expect(await ground.isWhole(ada, LOST)).toBe(true);
  await ground.until(() => ground.isHeld(bob, LOST));
  expect(await ground.isWhole(bob, LOST)).toBe(true);
});

test('a disk that cannot be read for a moment has lost nothing', async () => {
  const { open } = ada.disk.stores;
  ada.disk.stores.open = async () => {
    throw new Error('busy');
  };
  const bob = await ground.join(deviceId(2));
  ground.server.assign(bob.deviceId, LOST, { sizeBytes: SIZE, contentId, from: [ada.deviceId] });
  await ground.until(() => bob.holder.snapshot().fetching.length > 0);
  await ground.pass(2000);
  ada.disk.stores.open = open;
  await ground.until(() => ground.isHeld(bob, LOST));
  expect(ground.server.receipts.filter(({ iss }) => iss === ada.deviceId)).toHaveLength(2);
  expect(ada.holder.snapshot().columnCount).toBe(2);
});

test('a column that is whole and something else than it must be is not kept', async () => {
  const bob = await ground.join(deviceId(2));
  const wrong = 'B'.repeat(43);
  ground.server.assign(bob.deviceId, LOST, { sizeBytes: SIZE, contentId: wrong, from: [UPLOADER] });
  await ground.until(() => bob.holder.snapshot().fetching.length > 0);
  await ground.until(() => bob.holder.snapshot().usedBytes === 0);
  expect(await bob.disk.stores.list()).toEqual([]);
  expect(ground.server.receipts.filter(({ iss }) => iss === bob.deviceId)).toEqual([]);
});

test('wrong bytes that came before the content id was told are not signed for, and all of it is fetched again', async () => {
  const [bob, carl] = [await ground.join(deviceId(2)), await ground.join(deviceId(3))];
  const [column, sizeBytes] = [columnOf(2, 0), 4 * CHUNK_BYTES];
  const id = await ground.upload(column, sizeBytes, ada, bob);
  await ground.until(() => ground.isHeld(ada, column) && ground.isHeld(bob, column));
  const lies = new UploadedColumns();
  await lies.add(column, sizeBytes, 7);
  const liar = await ground.join(deviceId(9), { alsoServed: [lies], offeredBytes: 0 });
  ground.slowDown(liar);
  ground.server.assign(carl.deviceId, column, { sizeBytes, from: [liar.deviceId] });
  await ground.until(() => (carl.holder.snapshot().fetching[0]?.doneBytes ?? 0) > 0);
  ground.server.online.delete(liar.deviceId);
  ground.network.leave(liar.deviceId);
  const after = await ground.restart(carl);
  const from = [ada.deviceId, bob.deviceId];
  ground.server.assign(after.deviceId, column, { sizeBytes, contentId: id, from });
  await ground.until(() => ground.isHeld(after, column));
  expect(await ground.isWhole(after, column)).toBe(true);
  expect(ground.server.receipts.filter(({ iss }) => iss === after.deviceId)).toMatchObject([{ content: id }]);
});
