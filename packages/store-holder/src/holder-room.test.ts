// Room: what is offered, what a disk has, and what becomes of it when there is less.
import { CHUNK_BYTES } from '@ferry/webrtc-core';
import { expect, test } from 'vitest';
import { columnOf, Disk, deviceId, HolderGround, type HoldingDevice } from './holder.testing-ground.ts';

const SIZE = 2 * CHUNK_BYTES;
const columns = [0, 1, 2, 3].map((group) => columnOf(group, 0));

const heldCount = (ground: HolderGround, device: HoldingDevice) =>
  columns.filter((column) => ground.isHeld(device, column)).length;

async function keeping(offeredBytes: number, disk = new Disk()) {
  const ground = await HolderGround.start();
  const ada = await ground.join(deviceId(1), { offeredBytes, disk });
  for (const column of columns) await ground.upload(column, SIZE, ada);
  return { ground, ada, disk };
}

test('no more is kept than is offered', async () => {
  const { ground, ada } = await keeping(2 * SIZE + 1);
  await ground.until(() => heldCount(ground, ada) === 2);
  await ground.pass(3 * 60_000);
  expect(ada.holder.snapshot()).toMatchObject({ columnCount: 2, usedBytes: 2 * SIZE, fetching: [] });
  ada.holder.setOffer(3 * SIZE);
  await ground.until(() => heldCount(ground, ada) === 3);
  expect(ground.server.offers.get(ada.deviceId)!.at(-1)).toMatchObject({ offeredBytes: 3 * SIZE });
});

test('an offer below what is used is told, and costs nobody anything but what was on its way', async () => {
  const ground = await HolderGround.start();
  const ada = await ground.join(deviceId(1), { offeredBytes: 10 * SIZE });
  for (const column of columns.slice(0, 2)) await ground.upload(column, SIZE, ada);
  await ground.until(() => heldCount(ground, ada) === 2);
  ground.slowDown(ground.uploader, CHUNK_BYTES / 8);
  for (const column of columns.slice(2)) await ground.upload(column, SIZE, ada);
  await ground.until(() => ada.holder.snapshot().fetching.length === 2);
  ada.holder.setOffer(SIZE);
  await ground.until(() => ground.server.offers.get(ada.deviceId)!.at(-1)?.offeredBytes === SIZE);
  await ground.until(() => ada.holder.snapshot().fetching.length === 0);
  expect(ada.holder.snapshot()).toMatchObject({ columnCount: 2, usedBytes: 2 * SIZE });
  await ground.pass(3 * 60_000);
  expect(ada.holder.snapshot()).toMatchObject({ columnCount: 2, usedBytes: 2 * SIZE, fetching: [] });
  expect(heldCount(ground, ada)).toBe(2);
});

test('what a disk has no room for is not begun, and fetched when there is', async () => {
  const disk = new Disk();
  disk.freeBytes = SIZE;
  const { ground, ada } = await keeping(10 * SIZE, disk);
  await ground.pass(3 * 60_000);
  expect(ada.holder.snapshot()).toMatchObject({ columnCount: 0, usedBytes: 0 });
  disk.freeBytes = 100 * SIZE;
  await ground.until(() => heldCount(ground, ada) === 4);
});

test('a disk that is full before it was thought to be keeps what it has, says so, and goes on later', async () => {
  const disk = new Disk();
  disk.stores.capacityBytes = SIZE - 1;
  const { ground, ada } = await keeping(10 * SIZE, disk);
  const offers = () => ground.server.offers.get(ada.deviceId)!.length;
  await ground.until(() => ada.holder.snapshot().fetching.length > 0);
  const before = offers();
  await ground.until(() => offers() > before);
  await ground.until(() => ada.holder.snapshot().usedBytes === 0);
  expect(await disk.stores.list()).toEqual([]);
  disk.stores.capacityBytes = SIZE;
  await ground.until(() => heldCount(ground, ada) === 4);
});
