import { expect, test } from 'vitest';
import { shareElsewhere } from './share-elsewhere-fixture.ts';
import { sharesByDevice } from './shares-by-device.ts';

const compare = (a: string, b: string) => a.localeCompare(b);

test('shares are together with those of the same device, by their names', () => {
  const shares = [
    shareElsewhere({ shareId: 'b', title: 'Beta' }),
    shareElsewhere({ shareId: 'x', deviceId: 'tablet', deviceName: 'Edge on Android' }),
    shareElsewhere({ shareId: 'a', title: 'alpha' }),
  ];
  const found = sharesByDevice(shares, compare).find(({ deviceId }) => deviceId === 'laptop');
  expect(found).toMatchObject({ deviceName: 'Chrome on Windows', isOnline: false, lastSeenAt: 1000 });
  expect(found?.shares.map(({ shareId }) => shareId)).toEqual(['a', 'b']);
});

test('devices that are there come first, then whoever was here last', () => {
  const on = (deviceId: string, isOnline: boolean, lastSeenAt: number) =>
    shareElsewhere({ deviceId, isOnline, lastSeenAt });
  const shares = [on('old', false, 1), on('young', false, 3), on('here', true, 2)];
  expect(sharesByDevice(shares, compare).map(({ deviceId }) => deviceId)).toEqual(['here', 'young', 'old']);
});
