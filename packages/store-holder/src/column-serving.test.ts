// Who is given columns, and who is not: capabilities that are for something else, and lines of those who wait.
import { CHUNK_BYTES, type Receiver } from '@ferry/webrtc-core';
import { beforeEach, expect, test } from 'vitest';
import { columnManifest, columnSummary } from './column-manifest.ts';
import { columnReference } from './columns-reference.ts';
import {
  columnOf,
  deviceId,
  HolderGround,
  type HoldingDevice,
  OTHER_VERSION,
  VERSION,
} from './holder.testing-ground.ts';

const SIZE = 1000;
const COLUMN = columnOf(0, 1);
const RUN = { index: 1, firstGroup: 0, groupCount: 1 };

let ground: HolderGround;
let ada: HoldingDevice;
let bob: HoldingDevice;
let contentId: string;
beforeEach(async () => {
  ground = await HolderGround.start();
  [ada, bob] = [await ground.join(deviceId(1)), await ground.join(deviceId(2), { offeredBytes: 0 })];
  contentId = await ground.upload(COLUMN, SIZE, ada);
  await ground.until(() => ground.isHeld(ada, COLUMN));
});

/** Bob asks Ada with this reference. */
async function ask(reference: string, described = { column: COLUMN, sizeBytes: SIZE, contentId }): Promise<Receiver> {
  const receiver = await bob.exchange.fetch({
    ...{ summary: columnSummary(described), manifest: columnManifest(described) },
    sources: [{ peerId: ada.deviceId, reference: async () => reference, isOrigin: false }],
  });
  await receiver.accept();
  const source = () => receiver.sources[0]!;
  await ground.until(
    () => receiver.state.status === 'done' || source().refusal !== undefined,
    JSON.stringify(described),
  );
  return receiver;
}

const refusalOf = ({ sources }: Receiver) => sources[0]!.refusal;
const leave = (...[device, aud, versionId, options]: Parameters<HolderGround['server']['capability']>) =>
  ground.server.capability(device, aud, versionId, options);

test('whoever has leave for a version is given what is kept of it', async () => {
  const receiver = await ask(columnReference(await leave(bob.deviceId, ada.deviceId, VERSION), COLUMN));
  expect(receiver.state.status).toBe('done');
});

test.each<[string, () => Promise<string>]>([
  ['of another version', () => leave(bob.deviceId, ada.deviceId, OTHER_VERSION)],
  ['for other columns', () => leave(bob.deviceId, ada.deviceId, VERSION, { columns: [{ ...RUN, index: 2 }] })],
  ['for other groups', () => leave(bob.deviceId, ada.deviceId, VERSION, { columns: [{ ...RUN, firstGroup: 1 }] })],
  ['that another device was given', () => leave(deviceId(9), ada.deviceId, VERSION)],
  ['for another device that serves', () => leave(bob.deviceId, deviceId(9), VERSION)],
  ['that is none', async () => 'x'],
])('leave %s opens nothing', async (_, capability) => {
  expect(refusalOf(await ask(columnReference(await capability(), COLUMN)))).toBe('not-found');
});

test('leave that is over can be made anew', async () => {
  const capability = await leave(bob.deviceId, ada.deviceId, VERSION, { seconds: -120 });
  expect(refusalOf(await ask(columnReference(capability, COLUMN)))).toBe('expired');
});

test('what is not here is not found', async () => {
  const other = { column: columnOf(0, 2), sizeBytes: SIZE, contentId };
  const capability = await leave(bob.deviceId, ada.deviceId, VERSION);
  expect(refusalOf(await ask(columnReference(capability, other.column), other))).toBe('not-found');
});

test('whoever is given something for longer than there is leave must ask again', async () => {
  const large = columnOf(5, 0);
  const size = 30 * CHUNK_BYTES;
  const id = await ground.upload(large, size, ada);
  await ground.until(() => ground.isHeld(ada, large));
  ground.slowDown(ada, CHUNK_BYTES / 2);
  // It is over, and ends when clocks that differ are allowed for, in ten seconds.
  const capability = await leave(bob.deviceId, ada.deviceId, VERSION, { seconds: -50 });
  const described = { column: large, sizeBytes: size, contentId: id };
  const receiver = await bob.exchange.fetch({
    ...{ summary: columnSummary(described), manifest: columnManifest(described) },
    sources: [{ peerId: ada.deviceId, reference: async () => columnReference(capability, large), isOrigin: false }],
  });
  await receiver.accept();
  let askCount = 0;
  ada.exchange.events.on('asked', () => askCount++);
  await ground.until(() => receiver.movedBytes > 0);
  await ground.pass(5000);
  expect(askCount).toBe(1);
  await ground.pass(8000);
  expect(askCount).toBe(2);
});

test('what asks for no columns is for somebody else to answer', async () => {
  const answered: boolean[] = [];
  ada.exchange.events.on('asked', (asked) => answered.push(ada.holder.asked({ ...asked, refuse: () => {} })));
  for (const reference of ['', '{}', '{"capability":"x","want":{"type":"place"}}', 'x'.repeat(65_000)]) {
    expect(refusalOf(await ask(reference))).toBe('not-found');
  }
  expect(answered).toEqual([false, false, false, false]);
});

test('eight devices are served at once, and the ninth is told its place', async () => {
  const large = columnOf(5, 0);
  const size = 4 * CHUNK_BYTES;
  const id = await ground.upload(large, size, ada);
  await ground.until(() => ground.isHeld(ada, large));
  ground.slowDown(ada, CHUNK_BYTES);
  const devices: HoldingDevice[] = [];
  for (let number = 10; number < 19; number++) devices.push(await ground.join(deviceId(number)));
  const from = [ada.deviceId];
  for (const device of devices) ground.server.assign(device.deviceId, large, { sizeBytes: size, contentId: id, from });
  await ground.until(() => ada.holder.snapshot().servedDeviceCount === 9);
  const queued = () => devices.filter(({ holder }) => holder.snapshot().fetching[0]?.isQueued);
  await ground.until(() => queued().length === 1);
  const [last] = queued();
  // Its turn comes before the others have all.
  await ground.until(() => (last!.holder.snapshot().fetching[0]?.doneBytes ?? 0) > 0);
  expect(devices.some((device) => !ground.isHeld(device, large))).toBe(true);
  await ground.until(() => devices.every((device) => ground.isHeld(device, large)));
});

test('nothing of a version that is paused is given, and it goes on from where it was', async () => {
  const { serving } = ada.holder;
  serving.pause(VERSION, 'user');
  const described = { column: COLUMN, sizeBytes: SIZE, contentId };
  const reference = columnReference(await leave(bob.deviceId, ada.deviceId, VERSION), COLUMN);
  const receiver = await bob.exchange.fetch({
    ...{ summary: columnSummary(described), manifest: columnManifest(described) },
    sources: [{ peerId: ada.deviceId, reference: async () => reference, isOrigin: false }],
  });
  await receiver.accept();
  await ground.until(() => receiver.sources[0]!.status === 'paused');
  await ground.pass(10_000);
  expect(receiver.movedBytes).toBe(0);
  serving.resume(VERSION);
  await ground.until(() => receiver.state.status === 'done');
});

test('what is on its way of a version that is withdrawn ends', async () => {
  const large = columnOf(1, 1);
  contentId = await ground.upload(large, 20 * CHUNK_BYTES, ada);
  await ground.until(() => ground.isHeld(ada, large));
  ground.slowDown(ada);
  const described = { column: large, sizeBytes: 20 * CHUNK_BYTES, contentId };
  const reference = columnReference(await leave(bob.deviceId, ada.deviceId, VERSION), large);
  const receiver = await bob.exchange.fetch({
    ...{ summary: columnSummary(described), manifest: columnManifest(described) },
    sources: [{ peerId: ada.deviceId, reference: async () => reference, isOrigin: false }],
  });
  await receiver.accept();
  await ground.until(() => receiver.movedBytes > 0);
  ada.holder.serving.withdrawVersion(VERSION);
  await ground.until(() => receiver.sources[0]!.status !== 'serving');
  expect(receiver.state.status).not.toBe('done');
});
