import type { StoreGrant } from '@ferry/shared';
import { expect, test } from 'vitest';
import { VERSION } from './holder.testing-ground.ts';
import { bundleOf, columnsAtDevices, geometryOf, type RepairDuty } from './repair-duty.ts';

const at = (deviceId: string, isOnline = true): StoreGrant => ({
  ...{ userId: 'u', deviceId, isOnline, capability: `for ${deviceId}` },
});
const column = (index: number) => ({ index, contentId: 'A'.repeat(43), sizeBytes: 1_048_576 });

const duty: RepairDuty = {
  ...{ type: 'repair', versionId: VERSION, group: 0, versionBytes: 3_000_000, token: 1, leasedUntil: 0 },
  code: { k: 3, n: 5 },
  sources: [
    { ...column(0), from: [] },
    { ...column(1), from: [at('p')] },
    { ...column(2), from: [at('q', false), at('p')] },
    { ...column(6), from: [at('r')] },
  ],
  make: [column(3)],
};

test('a device is asked once for all that it has; whoever is away is not asked', () => {
  expect(columnsAtDevices(duty, () => true)).toEqual([
    { deviceId: 'p', capability: 'for p', indexes: [1, 2] },
    { deviceId: 'r', capability: 'for r', indexes: [6] },
  ]);
  expect(columnsAtDevices(duty, (index) => index !== 2)[0]).toMatchObject({ indexes: [1] });
});

test('there may be more columns than the code had at first', () => {
  expect(geometryOf(duty)).toMatchObject({ k: 3, n: 7 });
  expect(bundleOf(duty, (index) => index > 1).manifest.entries.map(({ path }) => path[0])).toEqual([
    `${VERSION}-0-2`,
    `${VERSION}-0-6`,
  ]);
});
