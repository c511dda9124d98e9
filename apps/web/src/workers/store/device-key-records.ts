// The keys of this device, made at its first start with the Store and kept as they are: no program can read them out of the
// browser. Knows nothing of what is signed or wrapped with them.
import { type DeviceKeyPairs, makeDeviceKeys } from '@ferry/store-holder';
import { STRICT, type StoreDatabase } from './store-database.ts';

export async function keptDeviceKeys(database: StoreDatabase): Promise<DeviceKeyPairs> {
  const kept = await database.get('keys', 'device');
  if (kept) return kept;
  const made = await makeDeviceKeys();
  const transaction = database.transaction('keys', 'readwrite', STRICT);
  await Promise.all([transaction.store.put(made, 'device'), transaction.done]);
  return made;
}
