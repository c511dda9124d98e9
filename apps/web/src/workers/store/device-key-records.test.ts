import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { DeviceSigner } from '@ferry/store-holder';
import { expect, test } from 'vitest';
import { keptDeviceKeys } from './device-key-records.ts';
import { openStoreDatabase } from './store-database.ts';

test('a device has the same keys for ever, which no program can read out', async () => {
  const userId = randomUUID();
  const deviceId = randomUUID();
  const made = await keptDeviceKeys(await openStoreDatabase(userId));
  const kept = await keptDeviceKeys(await openStoreDatabase(userId));
  const [first, later] = await Promise.all([made, kept].map((pairs) => DeviceSigner.for(deviceId, pairs)));
  expect(later!.keys.signing).toEqual(first!.keys.signing);
  expect(later!.keys.agreement).toEqual(first!.keys.agreement);
  await expect(crypto.subtle.exportKey('jwk', kept.signing.privateKey)).rejects.toThrow();
});
