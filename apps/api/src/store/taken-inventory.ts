// What follows from a device's inventory: what it should have and has not is missing, what it had lost and has again counts
// again, unless somebody else did not find it there, what the server has lost is asked for again, and what nobody knows is unwanted. What is compared with what is decided in inventory.ts.
import type { Column } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { wasMissedByAudit } from '../db/queries/store-audits.ts';
import { placesOfDevice } from '../db/queries/store-device-places.ts';
import { findStoredColumn } from '../db/queries/store-groups.ts';
import { deletePlace, forgetReceipt, type PlaceKey, type PlaceRow, updatePlace } from '../db/queries/store-places.ts';
import { reconcile } from './inventory.ts';
import { placeTransition } from './place.ts';
import { recoverPlaces } from './recovered-places.ts';
import { nameOf } from './unwanted-columns.ts';

export interface TakenInventory {
  /** Of which the device has more, or less, than was known. */
  readonly versionIds: ReadonlySet<string>;
  readonly unwanted: readonly Column[];
  /** Of which an audit said otherwise: its word alone is not enough. */
  readonly claimed: readonly PlaceKey[];
}

/** Within the caller's transaction. */
export function takeInventory(
  db: Database,
  deviceId: string,
  columns: ReadonlyMap<string, Column>,
  nowMs: number,
): TakenInventory {
  const rows = placesOfDevice(db, deviceId);
  const rowsByName = new Map(rows.map((row) => [nameOf(row), row]));
  const expected = rows.map((row) => ({ groupId: `${row.versionId}:${row.group}`, place: toPlace(row), row }));
  const { events, unwanted } = reconcile(expected, new Set(columns.keys()));
  // Those of places that are released are told to be so already.
  const unknown = unwanted.filter((name) => !rowsByName.has(name)).map((name) => columns.get(name)!);
  const recovered = recoverPlaces(db, deviceId, unknown, nowMs);
  const notWanted = unknown.filter((column) => !recovered.has(column));
  const versionIds = new Set(Array.from(recovered, ({ versionId }) => versionId));
  const claimed: PlaceKey[] = [];

  for (const { of, event } of events) {
    const { row } = of;
    if (event === 'receipt' && findStoredColumn(db, row)?.contentId !== row.contentId) {
      notWanted.push(columns.get(nameOf(row))!);
      continue;
    }
    if (event === 'receipt' && wasMissedByAudit(db, row)) {
      claimed.push(row);
      continue;
    }
    const [next] = placeTransition(of.place, event, nowMs);
    updatePlace(db, row, { state: next.state, sinceMs: next.sinceMs });
    versionIds.add(row.versionId);
  }
  for (const row of rows) {
    if (columns.has(nameOf(row))) continue;
    if (row.state === 'released') deletePlace(db, row);
    // It signed, and lost it before the uploader said the same: it fetches it again.
    if (row.state === 'assigned' && row.contentId !== null) forgetReceipt(db, row);
  }
  return { versionIds, unwanted: notWanted, claimed };
}

function toPlace({ index, deviceId, state, sinceMs }: PlaceRow) {
  return { index, peerId: deviceId, ownerId: '', state, sinceMs };
}
