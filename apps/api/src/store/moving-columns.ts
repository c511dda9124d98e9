// What a device says of columns that are on their way to it: that they get on. Whoever is slow is waited for, and nobody
// else. Believes what it is told: who would only say so could as well sign for what they have not got, and is audited then.
import type { Column } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { findPlace, updatePlace } from '../db/queries/store-places.ts';

/** Asked for every minute, and abandoned after an hour: not each time is written. */
const NOTED_EVERY_MS = 5 * 60_000;

export function noteMoving(db: Database, deviceId: string, columns: readonly Column[], nowMs: number): void {
  for (const column of columns) {
    const place = findPlace(db, { ...column, deviceId });
    if (place?.state !== 'assigned' || nowMs - place.sinceMs < NOTED_EVERY_MS) continue;
    updatePlace(db, place, { sinceMs: nowMs });
  }
}
