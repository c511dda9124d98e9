// Places that the server lost, with the power or with a backup that was put back, while the column stayed where it was: they
// are asked for again there, and count when the device signs again. Believes nobody more than an assignment would: of a group
// one column a device, and only what nobody else has.
import type { Column } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { findDevice } from '../db/queries/devices.ts';
import { findStoredColumn } from '../db/queries/store-groups.ts';
import { assignPlace, placesOfGroups } from '../db/queries/store-places.ts';
import { findVersion } from '../db/queries/store-versions.ts';

/**
 * Within the caller's transaction.
 *
 * @param columns that the device says it has, and has no place for
 * @returns those of them that it has one for from now on
 */
export function recoverPlaces(
  db: Database,
  deviceId: string,
  columns: readonly Column[],
  nowMs: number,
): ReadonlySet<Column> {
  const ownerId = findDevice(db, deviceId)?.userId;
  return new Set(columns.filter((column) => recover(db, { deviceId, ownerId }, column, nowMs)));
}

function recover(
  db: Database,
  { deviceId, ownerId }: { deviceId: string; ownerId: string | undefined },
  { versionId, group, index }: Column,
  nowMs: number,
): boolean {
  const known = findStoredColumn(db, { versionId, group, index });
  const version = known && findVersion(db, versionId);
  // A copy where the file came from is none.
  if (!version || version.goneAt !== null || version.ownerId === ownerId) return false;
  const places = placesOfGroups(db, versionId, [group]).filter(({ state }) => state === 'held' || state === 'assigned');
  if (places.some((place) => place.index === index || place.deviceId === deviceId)) return false;
  // It is its own source: whether the uploader is there does not matter.
  const place = { versionId, group, index, deviceId, sizeBytes: known.sizeBytes, sourceDeviceId: deviceId };
  assignPlace(db, place, nowMs);
  return true;
}
