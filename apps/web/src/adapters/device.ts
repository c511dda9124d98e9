// Which device this is: an id kept by this browser profile for each account, and a name people recognise.
import type { DeviceId, UserId } from '@ferry/shared';
import { type DBSchema, openDB } from 'idb';

interface Schema extends DBSchema {
  device: { key: 'id'; value: DeviceId };
}

/**
 * The same for all tabs of a profile, until its storage is cleared. On disk before anybody hears of it: colleagues'
 * transfers wait for a device by its id, and local storage is written seconds later.
 */
export async function deviceIdOf(userId: UserId): Promise<DeviceId> {
  const database = await openDB<Schema>(`ferry-device-${userId}`, 1, {
    upgrade(created) {
      created.createObjectStore('device');
    },
  });
  const transaction = database.transaction('device', 'readwrite', { durability: 'strict' });
  const known = await transaction.store.get('id');
  // Where it was kept before.
  const deviceId = known ?? localStorage.getItem(`ferry.device.${userId}`) ?? crypto.randomUUID();
  if (!known) await transaction.store.put(deviceId, 'id');
  await transaction.done;
  database.close();
  return deviceId;
}

/** "Chromium on Linux", as far as the browser tells. */
export function deviceName(): string {
  const { userAgent } = navigator;
  const browsers: [RegExp, string][] = [
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ];
  const systems: [RegExp, string][] = [
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/CrOS/, 'ChromeOS'],
    [/Linux/, 'Linux'],
  ];
  const first = (choices: [RegExp, string][]) => choices.find(([pattern]) => pattern.test(userAgent))?.[1];
  return `${first(browsers) ?? 'Browser'} on ${first(systems) ?? 'an unknown system'}`;
}
