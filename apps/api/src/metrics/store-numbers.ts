// What the Store has at this moment, looked at whenever somebody reads the numbers.
import type { Database } from '../db/client.ts';
import { countPlaces } from '../db/queries/store-place-runs.ts';
import { countVersions } from '../db/queries/store-versions.ts';
import type { StorePool } from '../store/store-pool.ts';
import type { StoreNumbers } from './store-metrics.ts';

export function storeNumbers(db: Database, pool: StorePool): StoreNumbers {
  const { files, bytes } = countVersions(db);
  const { keptBytes, ...places } = countPlaces(db);
  const offering = pool.devices().filter(({ offeredBytes }) => offeredBytes > 0);
  const online = offering.filter(({ deviceId }) => pool.onlineSinceMs(deviceId) !== undefined);
  return {
    files,
    bytes,
    keptBytes,
    places,
    offeredBytes: offering.reduce((sum, { offeredBytes }) => sum + offeredBytes, 0),
    devices: { online: online.length, away: offering.length - online.length },
  };
}
