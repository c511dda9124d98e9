// The life of a column on the devices that keep it.
import { CHUNK_BYTES } from '@ferry/webrtc-core';
import { expect, test } from 'vitest';
import { columnKey } from './column-key.ts';
import { columnOf, deviceId, HolderGround, type HoldingDevice, UPLOADER } from './holder.testing-ground.ts';

const SIZE = 3 * CHUNK_BYTES + 17;
const LARGE = 8 * CHUNK_BYTES;
const COLUMN = columnOf(0, 1);

const doneBytes = ({ holder }: HoldingDevice) => holder.snapshot().fetching[0]?.doneBytes ?? 0;

test('a column is fetched, signed for, and given to another one who is to keep it, without its uploader', async () => {
  const ground = await HolderGround.start();
  const [ada, bob] = [await ground.join(deviceId(1)), await ground.join(deviceId(2))];
  const contentId = await ground.upload(COLUMN, SIZE, ada);
  await ground.until(() => ground.isHeld(ada, COLUMN));
  expect(ground.server.receipts).toEqual([
    expect.objectContaining({ iss: ada.deviceId, content: contentId, size: SIZE, group: 0, index: 1 }),
  ]);
  ground.network.leave(UPLOADER);
  ground.server.assign(bob.deviceId, COLUMN, { sizeBytes: SIZE, contentId, from: [ada.deviceId] });
  await ground.until(() => ground.isHeld(bob, COLUMN));
  expect(await ground.isWhole(bob, COLUMN)).toBe(true);
  expect(ada.holder.snapshot()).toMatchObject({ columnCount: 1, usedBytes: SIZE });
  expect(ada.holder.snapshot().servedBytes).toBeGreaterThanOrEqual(SIZE);
});

test('many columns of several groups are all kept, two at a time', async () => {
  const ground = await HolderGround.start();
  const ada = await ground.join(deviceId(1));
  const columns = [0, 1, 2, 3].flatMap((group) => [columnOf(group, 0), columnOf(group, 1)]);
  let most = 0;
  ada.holder.events.on('change', () => {
    const { fetching } = ada.holder.snapshot();
    most = Math.max(most, fetching.length);
    expect(new Set(fetching.map(({ column }) => column.group)).size).toBe(fetching.length);
  });
  for (const column of columns) await ground.upload(column, 1000, ada);
  await ground.until(() => columns.every((column) => ground.isHeld(ada, column)));
  expect(most).toBe(2);
  expect(ada.holder.snapshot()).toMatchObject({ columnCount: 8, fetching: [], usedBytes: 8000 });
});

test('links that break and stall only delay it', async () => {
  const faults = { breakChance: 0.02, stallChance: 0.02, muteChance: 0.005, seed: 7 };
  const ground = await HolderGround.start(faults);
  const ada = await ground.join(deviceId(1));
  const columns = [0, 1].map((group) => columnOf(group, 0));
  for (const column of columns) await ground.upload(column, SIZE, ada);
  await ground.until(() => columns.every((column) => ground.isHeld(ada, column)));
  expect(ground.network.breakCount).toBeGreaterThan(0);
  for (const column of columns) {
    expect(await ground.isWhole(ada, column)).toBe(true);
  }
});

test('whoever does not answer is no obstacle for what others have', async () => {
  const ground = await HolderGround.start();
  const ada = await ground.join(deviceId(1));
  const ghost = deviceId(99);
  ground.server.online.add(ghost);
  for (const group of [1, 2])
    ground.server.assign(ada.deviceId, columnOf(group, 0), { sizeBytes: SIZE, from: [ghost] });
  await ground.until(() => ada.holder.snapshot().fetching.length === 2);
  await ground.upload(COLUMN, SIZE, ada);
  await ground.until(() => ground.isHeld(ada, COLUMN));
  expect(ground.clock.now()).toBeLessThan(3 * 60_000);
});

test('what is slow is told to get on, and what has stopped is not', async () => {
  const ground = await HolderGround.start();
  ground.slowDown(ground.uploader);
  const ada = await ground.join(deviceId(1));
  await ground.upload(COLUMN, LARGE, ada);
  await ground.until(() => doneBytes(ada) > 0);
  ground.server.nudge(ada.deviceId);
  await ground.until(() => ground.server.moving.length > 0);
  expect(ground.server.moving).toEqual([COLUMN]);
  ground.network.leave(UPLOADER);
  await ground.pass(2 * 60_000);
  const toldSoFar = ground.server.moving.length;
  await ground.pass(10 * 60_000);
  expect(ground.server.moving).toHaveLength(toldSoFar);
});

test('what had come before a crash is not fetched again', async () => {
  const ground = await HolderGround.start();
  ground.slowDown(ground.uploader);
  const before = await ground.join(deviceId(1));
  await ground.upload(COLUMN, LARGE, before);
  await ground.until(() => doneBytes(before) >= 3 * CHUNK_BYTES);
  const after = await ground.restart(before);
  await ground.until(() => doneBytes(after) >= 3 * CHUNK_BYTES);
  expect(after.holder.snapshot().fetching[0]!.movedBytes).toBeLessThan(2 * CHUNK_BYTES);
  await ground.until(() => ground.isHeld(after, COLUMN));
  expect(await ground.isWhole(after, COLUMN)).toBe(true);
});

test('a receipt that the server has not heard is sent again after a crash', async () => {
  const ground = await HolderGround.start();
  ground.slowDown(ground.uploader);
  const before = await ground.join(deviceId(1));
  await ground.upload(COLUMN, LARGE, before);
  await ground.until(() => doneBytes(before) > 0);
  ground.server.isReachable = false;
  await ground.until(() => before.disk.records.get(columnKey(COLUMN))?.state === 'fetched');
  await ground.pass(5000);
  expect(ground.server.receipts).toEqual([]);
  ground.server.isReachable = true;
  ground.uploaded.columns.clear();
  const after = await ground.restart(before);
  await ground.until(() => ground.isHeld(after, COLUMN));
  expect(ground.server.receipts).toHaveLength(1);
});

test('a receipt whose answer was lost is sent once more, which is harmless', async () => {
  const ground = await HolderGround.start();
  const ada = await ground.join(deviceId(1));
  ground.server.losesAnswers = true;
  await ground.upload(COLUMN, SIZE, ada);
  await ground.until(() => ground.server.receipts.length > 0);
  expect(ada.disk.records.get(columnKey(COLUMN))?.state).toBe('fetched');
  ground.server.losesAnswers = false;
  await ground.until(() => ada.disk.records.get(columnKey(COLUMN))?.state === 'held');
  expect(ground.server.receipts.length).toBeGreaterThan(1);
});

test('a server that has lost a receipt is sent another one, and nothing is fetched again', async () => {
  const ground = await HolderGround.start();
  const ada = await ground.join(deviceId(1));
  await ground.upload(COLUMN, SIZE, ada);
  await ground.until(() => ground.isHeld(ada, COLUMN));
  ground.uploaded.columns.clear();
  ground.server.placeOf(ada.deviceId, COLUMN)!.state = 'assigned';
  await ground.until(() => ground.isHeld(ada, COLUMN));
  expect(ada.holder.snapshot().columnCount).toBe(1);
});

test('what is not to be kept any more is given up while it comes, and leaves nothing behind', async () => {
  const ground = await HolderGround.start();
  ground.slowDown(ground.uploader);
  const ada = await ground.join(deviceId(1));
  await ground.upload(COLUMN, LARGE, ada);
  await ground.until(() => doneBytes(ada) > 0);
  ground.server.places.get(ada.deviceId)!.clear();
  ground.server.nudge(ada.deviceId);
  await ground.until(() => ada.holder.snapshot().usedBytes === 0);
  expect(ada.holder.snapshot().fetching).toEqual([]);
  expect([await ada.disk.stores.list(), ada.disk.records.size]).toEqual([[], 0]);
  expect(ground.server.receipts).toEqual([]);
});

test('what is released is deleted, said to be, and given to nobody any more', async () => {
  const ground = await HolderGround.start();
  const [ada, bob] = [await ground.join(deviceId(1)), await ground.join(deviceId(2))];
  const contentId = await ground.upload(COLUMN, LARGE, ada);
  await ground.until(() => ground.isHeld(ada, COLUMN));
  ground.slowDown(ada);
  ground.server.assign(bob.deviceId, COLUMN, { sizeBytes: LARGE, contentId, from: [ada.deviceId] });
  await ground.until(() => doneBytes(bob) > 0);
  expect(ada.holder.snapshot().servedDeviceCount).toBe(1);
  ground.server.release(ada.deviceId, COLUMN);
  await ground.until(() => ground.server.placeOf(ada.deviceId, COLUMN) === undefined);
  expect([await ada.disk.stores.list(), ada.disk.records.size]).toEqual([[], 0]);
  expect(ada.holder.snapshot()).toMatchObject({ servedDeviceCount: 0, columnCount: 0 });
  ground.server.assign(bob.deviceId, COLUMN, { sizeBytes: LARGE, contentId, from: [UPLOADER] });
  await ground.until(() => ground.isHeld(bob, COLUMN));
  expect(await ground.isWhole(bob, COLUMN)).toBe(true);
});

test('what is released while it comes is let go of at once', async () => {
  const ground = await HolderGround.start();
  ground.slowDown(ground.uploader);
  const ada = await ground.join(deviceId(1));
  await ground.upload(COLUMN, LARGE, ada);
  await ground.until(() => doneBytes(ada) > 0);
  ground.server.release(ada.deviceId, COLUMN);
  await ground.until(() => ground.server.placeOf(ada.deviceId, COLUMN) === undefined);
  expect(ada.holder.snapshot()).toMatchObject({ fetching: [], usedBytes: 0 });
  expect([await ada.disk.stores.list(), ada.disk.records.size]).toEqual([[], 0]);
});

test('a release that is heard of twice is said twice', async () => {
  const ground = await HolderGround.start();
  const ada = await ground.join(deviceId(1));
  await ground.upload(COLUMN, 1000, ada);
  await ground.until(() => ground.isHeld(ada, COLUMN));
  ground.server.duties.set(ada.deviceId, [{ type: 'release', column: columnOf(9, 9) }]);
  ground.server.nudge(ada.deviceId);
  await ground.until(() => ground.server.calls.includes(`${ada.deviceId} released`));
  expect(ground.isHeld(ada, COLUMN)).toBe(true);
});

test('a device that is wiped while it gives something gives no more of it', async () => {
  const ground = await HolderGround.start();
  const [ada, bob] = [await ground.join(deviceId(1)), await ground.join(deviceId(2))];
  const contentId = await ground.upload(COLUMN, LARGE, ada);
  await ground.until(() => ground.isHeld(ada, COLUMN));
  ground.slowDown(ada);
  ground.server.assign(bob.deviceId, COLUMN, { sizeBytes: LARGE, contentId, from: [ada.deviceId] });
  await ground.until(() => doneBytes(bob) > 0);
  await ada.holder.wipe();
  expect(ada.holder.snapshot()).toMatchObject({ servedDeviceCount: 0, columnCount: 0 });
  await ground.pass(3 * 60_000);
  expect([await ada.disk.stores.list(), ground.isHeld(bob, COLUMN)]).toEqual([[], false]);
});

test('a wiped device has nothing, says so, and takes nothing any more', async () => {
  const ground = await HolderGround.start();
  const ada = await ground.join(deviceId(1));
  await ground.upload(COLUMN, SIZE, ada);
  await ground.until(() => ground.isHeld(ada, COLUMN));
  ground.slowDown(ground.uploader);
  await ground.upload(columnOf(1, 0), LARGE, ada);
  await ground.until(() => doneBytes(ada) > 0);
  await ada.holder.wipe();
  expect([await ada.disk.stores.list(), ada.disk.records.size]).toEqual([[], 0]);
  await ground.until(() => ground.server.placeOf(ada.deviceId, COLUMN)?.state === 'missing');
  expect(ground.server.offers.get(ada.deviceId)!.at(-1)).toMatchObject({ offeredBytes: 0, usedBytes: 0 });
  await ground.pass(3 * 60_000);
  expect(ada.holder.snapshot()).toMatchObject({ columnCount: 0, usedBytes: 0, fetching: [] });
  expect(await ada.disk.stores.list()).toEqual([]);
});
