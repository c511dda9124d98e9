// Whether others have what they said they keep: one chunk of it is fetched, with its proof.
import { CHUNK_BYTES, hashChunk } from '@ferry/webrtc-core';
import { beforeEach, expect, test } from 'vitest';
import { columnKey } from './column-key.ts';
import { columnLayout } from './column-manifest.ts';
import { columnOf, deviceId, HolderGround, type HoldingDevice } from './holder.testing-ground.ts';

const SIZE = 3 * CHUNK_BYTES + 5;
const COLUMN = columnOf(0, 0);

let ground: HolderGround;
let ada: HoldingDevice;
let bob: HoldingDevice;
let contentId: string;

async function kept(sizeBytes: number): Promise<void> {
  ground = await HolderGround.start();
  [ada, bob] = [await ground.join(deviceId(1)), await ground.join(deviceId(2), { offeredBytes: 0 })];
  contentId = await ground.upload(COLUMN, sizeBytes, ada);
  await ground.until(() => ground.isHeld(ada, COLUMN));
}
beforeEach(() => kept(SIZE));

/** Bob looks whether Ada has it. */
async function audit({ chunk = 2, sizeBytes = SIZE, column = COLUMN } = {}) {
  const auditId = crypto.randomUUID();
  const from = await ground.server.grant(bob.deviceId, ada.deviceId, column);
  ground.server.duties.set(bob.deviceId, [
    { type: 'audit', auditId, chunk, from, column: { ...column, contentId, sizeBytes } },
  ]);
  ground.server.nudge(bob.deviceId);
  await ground.until(() => ground.server.verdicts.has(auditId));
  return ground.server.verdicts.get(auditId);
}

const store = (sizeBytes = SIZE) =>
  ada.disk.stores.open(columnKey(COLUMN), columnLayout({ column: COLUMN, sizeBytes, contentId }));

test.each([0, 2, 3])('chunk %i of what is there is good', async (chunk) => {
  expect(await audit({ chunk })).toBe('good');
  expect(bob.holder.snapshot()).toMatchObject({ columnCount: 0, usedBytes: 0 });
});

test('a column of a single chunk is good, too', async () => {
  await kept(1000);
  expect(await audit({ chunk: 0, sizeBytes: 1000 })).toBe('good');
});

test('what is not there is missing', async () => {
  expect(await audit({ column: columnOf(0, 1) })).toBe('missing');
});

test('whoever does not answer is silent', async () => {
  ground.network.leave(ada.deviceId);
  expect(await audit()).toBe('silent');
});

test('what was damaged by a disk is found out by whoever has it, and missing then', async () => {
  // It cannot be fetched again.
  ground.uploaded.columns.clear();
  const bytes = await (await store()).read(2);
  bytes[9]! ^= 1;
  await (await store()).write(2, bytes, (await store()).hashOf(2)!);
  expect(await audit()).toBe('missing');
});

test('whoever gives something else for it is wrong', async () => {
  const other = new Uint8Array(CHUNK_BYTES).fill(7);
  await (await store()).write(2, other, await hashChunk(other));
  ada.holder.serving.events.removeAll();
  expect(await audit()).toBe('wrong');
});

test('two audits are done, one after the other', async () => {
  const from = await ground.server.grant(bob.deviceId, ada.deviceId, COLUMN);
  const column = { ...COLUMN, contentId, sizeBytes: SIZE };
  const duties = [0, 1].map((chunk) => ({ type: 'audit' as const, auditId: crypto.randomUUID(), chunk, from, column }));
  ground.server.duties.set(bob.deviceId, [...duties]);
  ground.server.nudge(bob.deviceId);
  await ground.until(() => ground.server.verdicts.size === 2);
  expect([...ground.server.verdicts.values()]).toEqual(['good', 'good']);
});
