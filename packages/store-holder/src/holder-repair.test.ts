// Columns that were lost are made again by a device that keeps another one, and given to those who are to keep them.
import type { Duty, RepairColumn, StoreCode } from '@ferry/shared';
import { CHUNK_BYTES, type ChunkStore } from '@ferry/webrtc-core';
import { describe, expect, test } from 'vitest';
import { columnKey } from './column-key.ts';
import { columnLayout, columnManifest, columnSummary } from './column-manifest.ts';
import { columnReference } from './columns-reference.ts';
import { columnOf, deviceId, HolderGround, type HoldingDevice, VERSION } from './holder.testing-ground.ts';

/** Three stripes of three chunks each, the last one with one short chunk alone. */
const VERSION_BYTES = 6 * CHUNK_BYTES + 1001;
const CODE: StoreCode = { k: 3, n: 6 };

interface Repaired {
  ground: HolderGround;
  devices: HoldingDevice[];
  columns: RepairColumn[];
}

async function stored(code = CODE, versionBytes = VERSION_BYTES): Promise<Repaired> {
  const ground = await HolderGround.start();
  const columns = await ground.uploaded.addGroup(versionBytes, code);
  const devices: HoldingDevice[] = [];
  for (let number = 0; number < code.n; number++) devices.push(await ground.join(deviceId(number)));
  await ground.spread(columns, devices);
  // From now on only those who keep it have it.
  ground.uploader.exchange.events.removeAll();
  ground.network.leave(ground.uploader.deviceId);
  return { ground, devices, columns };
}

async function lease(
  { ground, devices, columns }: Repaired,
  repairer: HoldingDevice,
  lost: number[],
  { token = 1, code = CODE, versionBytes = VERSION_BYTES, change = (column: RepairColumn) => column } = {},
): Promise<void> {
  const isLost = ({ index }: RepairColumn) => lost.includes(index);
  const sources = columns
    .filter((column) => !isLost(column))
    .map(async (column) => {
      const from = await ground.server.grant(
        repairer.deviceId,
        devices[column.index]!.deviceId,
        columnOf(0, column.index),
      );
      return { ...column, from: [from] };
    });
  const duty: Duty = {
    ...{ type: 'repair', versionId: VERSION, group: 0, versionBytes, code, token, leasedUntil: Date.now() + 600_000 },
    sources: await Promise.all(sources),
    make: columns.filter(isLost).map(change),
  };
  ground.server.duties.set(repairer.deviceId, [duty]);
  ground.server.nudge(repairer.deviceId);
}

const leave = ({ ground, devices }: Repaired, ...lost: number[]) => {
  for (const index of lost) {
    ground.server.online.delete(devices[index]!.deviceId);
    ground.network.leave(devices[index]!.deviceId);
  }
};

test('with n − k columns gone, all of them are made again to the last bit, and go to others', async () => {
  const repaired = await stored();
  const { ground, devices, columns } = repaired;
  const lost = [0, 2, 5];
  leave(repaired, ...lost);
  const repairer = devices[1]!;
  await lease(repaired, repairer, lost);
  await ground.until(() => ground.server.repaired.length > 0);
  expect(ground.server.repaired).toEqual([{ deviceId: repairer.deviceId, group: 0, token: 1, indexes: lost }]);
  for (const index of lost) expect(await ground.isWhole(repairer, columnOf(0, index))).toBe(true);
  // Two of the three that are left give theirs; the third one is the repairer's own.
  expect(repairer.holder.snapshot().columnCount).toBe(4);
  const others = [await ground.join(deviceId(10)), await ground.join(deviceId(11)), await ground.join(deviceId(12))];
  for (const [at, index] of lost.entries()) {
    const { contentId, sizeBytes } = columns[index]!;
    const from = [repairer.deviceId];
    ground.server.assign(others[at]!.deviceId, columnOf(0, index), { sizeBytes, contentId, from });
  }
  await ground.until(() => lost.every((index, at) => ground.isHeld(others[at]!, columnOf(0, index))));
  for (const [at, index] of lost.entries()) expect(await ground.isWhole(others[at]!, columnOf(0, index))).toBe(true);
  // What was made for others is not kept.
  await ground.until(() => repairer.holder.snapshot().columnCount === 1);
  expect(await repairer.disk.stores.list()).toEqual([columnKey(columnOf(0, 1))]);
});

test('where one column is enough, whoever has it makes the others alone', async () => {
  const code = { k: 1, n: 3 };
  const versionBytes = 2 * CHUNK_BYTES + 5;
  const repaired = await stored(code, versionBytes);
  const { ground, devices } = repaired;
  leave(repaired, 1, 2);
  await lease(repaired, devices[0]!, [1, 2], { code, versionBytes });
  await ground.until(() => ground.server.repaired.length > 0);
  for (const index of [1, 2]) expect(await ground.isWhole(devices[0]!, columnOf(0, index))).toBe(true);
});

test('too few are there: it waits, and goes on when another one comes', async () => {
  const repaired = await stored();
  const { ground, devices } = repaired;
  leave(repaired, 0, 2, 4, 5);
  await lease(repaired, devices[1]!, [0, 2]);
  await ground.pass(30_000);
  expect([ground.server.repaired, devices[1]!.holder.snapshot().isRepairing]).toEqual([[], true]);
  const back = await ground.restart(devices[4]!);
  devices[4] = back;
  await lease(repaired, devices[1]!, [0, 2]);
  await ground.until(() => ground.server.repaired.length > 0);
  for (const index of [0, 2]) expect(await ground.isWhole(devices[1]!, columnOf(0, index))).toBe(true);
});

test('a lease that is lost leaves nothing behind', async () => {
  const repaired = await stored();
  const { ground, devices } = repaired;
  leave(repaired, 0, 2, 4, 5);
  await lease(repaired, devices[1]!, [0, 2]);
  await ground.until(() => devices[1]!.holder.snapshot().isRepairing);
  ground.server.duties.set(devices[1]!.deviceId, []);
  ground.server.nudge(devices[1]!.deviceId);
  await ground.until(() => !devices[1]!.holder.snapshot().isRepairing);
  await ground.until(() => devices[1]!.disk.records.size === 1);
  expect(await devices[1]!.disk.stores.list()).toEqual([columnKey(columnOf(0, 1))]);
});

test('what is not what it must be is neither kept nor told', async () => {
  const repaired = await stored();
  const { ground, devices } = repaired;
  leave(repaired, 5);
  await lease(repaired, devices[1]!, [5], { change: (column) => ({ ...column, contentId: 'B'.repeat(43) }) });
  await ground.until(() => devices[1]!.holder.snapshot().isRepairing);
  await ground.until(() => !devices[1]!.holder.snapshot().isRepairing);
  await ground.pass(2 * 60_000);
  expect(ground.server.repaired).toEqual([]);
  expect(await devices[1]!.disk.stores.list()).toEqual([columnKey(columnOf(0, 1))]);
});

test('what a disk of the repairer has changed is not made part of anything; it is found out, and others make up for it', async () => {
  const repaired = await stored();
  const { ground, devices, columns } = repaired;
  const repairer = devices[1]!;
  const own = { column: columnOf(0, 1), ...columns[1]! };
  const store = await repairer.disk.stores.open(columnKey(own.column), columnLayout(own));
  const bytes = await store.read(1);
  bytes[5]! ^= 1;
  await store.write(1, bytes, store.hashOf(1)!);
  leave(repaired, 0);
  await lease(repaired, repairer, [0]);
  await ground.until(() => ground.server.repaired.length > 0);
  expect(await ground.isWhole(repairer, columnOf(0, 0))).toBe(true);
  expect(ground.server.placeOf(repairer.deviceId, own.column)!.state).toBe('missing');
});

test('without room nothing is made', async () => {
  const repaired = await stored();
  const { ground, devices, columns } = repaired;
  devices[1]!.holder.setOffer(columns[1]!.sizeBytes + 1);
  leave(repaired, 0);
  await lease(repaired, devices[1]!, [0]);
  await ground.pass(2 * 60_000);
  expect([ground.server.repaired, devices[1]!.holder.snapshot().isRepairing]).toEqual([[], false]);
});

test('what was made is not asked for in vain after a crash', async () => {
  const repaired = await stored();
  const { ground, devices } = repaired;
  leave(repaired, 0);
  await lease(repaired, devices[1]!, [0]);
  await ground.until(() => ground.server.repaired.length > 0);
  const after = await ground.restart(devices[1]!);
  await lease({ ...repaired, devices: devices.with(1, after) }, after, [0], { token: 2 });
  await ground.until(() => ground.server.repaired.length > 1);
  expect(after.holder.snapshot()).toMatchObject({ columnCount: 2, isRepairing: false });
});

test('leave for a whole version, as whoever downloads has it, opens nothing that waits for those who are to keep it', async () => {
  const repaired = await stored();
  const { ground, devices, columns } = repaired;
  leave(repaired, 0);
  const repairer = devices[1]!;
  await lease(repaired, repairer, [0]);
  await ground.until(() => ground.server.repaired.length > 0);
  const bob = await ground.join(deviceId(10), { offeredBytes: 0 });
  const capability = await ground.server.capability(bob.deviceId, repairer.deviceId, VERSION);
  const ask = async (index: number) => {
    const described = { column: columnOf(0, index), ...columns[index]! };
    const receiver = await bob.exchange.fetch({
      ...{ summary: columnSummary(described), manifest: columnManifest(described) },
      sources: [
        {
          peerId: repairer.deviceId,
          reference: async () => columnReference(capability, described.column),
          isOrigin: false,
        },
      ],
    });
    await receiver.accept();
    await ground.until(() => receiver.state.status === 'done' || receiver.sources[0]!.refusal !== undefined);
    return receiver.sources[0]!.refusal ?? receiver.state.status;
  };
  expect([await ask(1), await ask(0)]).toEqual(['done', 'not-found']);
  await ground.pass(5000);
  expect(await ground.isWhole(repairer, columnOf(0, 0))).toBe(true);
});

describe('a repair that ends before it asks anybody', () => {
  const code = { k: 1, n: 3 };
  const versionBytes = 2 * CHUNK_BYTES;

  /** Opens a column to one at a time, as a browser's disk does; what is given is asked before each opening and reading. */
  function exclusive({ disk: { stores } }: HoldingDevice, ask: (what: 'open' | 'read', key: string) => void): void {
    const open = stores.open.bind(stores);
    const openKeys = new Set<string>();
    stores.open = async (key, layout) => {
      if (openKeys.has(key)) throw new Error(`${key} is open already`);
      ask('open', key);
      openKeys.add(key);
      const store = await open(key, layout);
      const asked: ChunkStore = {
        have: store.have,
        hashOf: (chunk) => store.hashOf(chunk),
        read: async (chunk) => {
          ask('read', key);
          return store.read(chunk);
        },
        write: (chunk, bytes, hash) => store.write(chunk, bytes, hash),
        flush: () => store.flush(),
        close: async () => void openKeys.delete(key),
      };
      return asked as typeof store;
    };
  }

  test.each<['open' | 'read', number]>([
    ['open', 2],
    ['read', 0],
  ])(
    'because a disk could not %s column %i for a moment leaves nothing open, and is made the next time',
    async (what, index) => {
      const repaired = await stored(code, versionBytes);
      const { ground, devices } = repaired;
      leave(repaired, 1, 2);
      let failures = 1;
      exclusive(devices[0]!, (asked, key) => {
        if (asked === what && key === columnKey(columnOf(0, index)) && failures-- > 0) throw new Error('busy');
      });
      await lease(repaired, devices[0]!, [1, 2], { code, versionBytes });
      await ground.until(() => ground.server.repaired.length > 0);
      for (const made of [1, 2]) expect(await ground.isWhole(devices[0]!, columnOf(0, made))).toBe(true);
    },
  );

  test('because its disk is full gives back what it took, and is not tried again', async () => {
    const repaired = await stored(code, versionBytes);
    const { ground, devices } = repaired;
    leave(repaired, 1, 2);
    devices[0]!.disk.stores.capacityBytes = CHUNK_BYTES;
    let repairs = 0;
    devices[0]!.holder.events.on('change', () => {
      if (devices[0]!.disk.records.size > 1) repairs++;
    });
    await lease(repaired, devices[0]!, [1, 2], { code, versionBytes });
    await ground.until(() => repairs > 0);
    await ground.pass(2 * 60_000);
    expect(ground.server.repaired).toEqual([]);
    expect(await devices[0]!.disk.stores.list()).toEqual([columnKey(columnOf(0, 0))]);
  });
});
