// Who offers less room than is taken gets back what costs nothing: columns that are still on their way, and those that enough
// others have. What is needed stays where it is; then the device keeps more than it offers.
import type { Database } from '../db/client.ts';
import { placesOfDevice } from '../db/queries/store-device-places.ts';
import { type PlaceRow, placesOfGroups, updatePlace } from '../db/queries/store-places.ts';
import { findVersion } from '../db/queries/store-versions.ts';
import { countedIndex, groupCode } from './group-code.ts';
import { codeOf } from './store-holdings.ts';
import type { StorePeers } from './store-peer.ts';
import { releasedForRoom, surplusPlaces } from './surplus.ts';

/** Looked at each time: what is left is looked at with the next duties. */
const MOST_GROUPS = 200;

/** @returns versions of which the device is to delete something */
export function makeRoom(
  db: Database,
  deviceId: string,
  { wantedBytes, peers, nowMs }: { wantedBytes: number; peers: StorePeers; nowMs: number },
): string[] {
  const rows = placesOfDevice(db, deviceId);
  const coming = rows.filter(({ state }) => state === 'assigned');
  const released = releasedForRoom(coming.map(asSurplus), wantedBytes).map(({ row }) => row);
  const leftBytes = wantedBytes - released.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (leftBytes > 0) {
    const held = rows.filter(({ state }) => state === 'held').slice(0, MOST_GROUPS);
    const surplus = held.filter((row) => isSurplus(db, row, peers, nowMs));
    released.push(...releasedForRoom(surplus.map(asSurplus), leftBytes).map(({ row }) => row));
  }
  for (const row of released) updatePlace(db, row, { state: 'released', sinceMs: nowMs });
  return [...new Set(released.map(({ versionId }) => versionId))];
}

function asSurplus(row: PlaceRow) {
  const { versionId, group, index, sizeBytes } = row;
  return { groupId: `${versionId}:${group}`, index, sizeBytes, row };
}

function isSurplus(db: Database, row: PlaceRow, peers: StorePeers, nowMs: number): boolean {
  const version = findVersion(db, row.versionId);
  const code = version && codeOf(version);
  if (!code) return false;
  const ofGroup = groupCode(code, version.sizeBytes, row.group);
  const places = placesOfGroups(db, row.versionId, [row.group]).map(({ index, deviceId, state, sinceMs }) => {
    const ownerId = peers.get(deviceId)?.ownerId ?? deviceId;
    return { index: countedIndex(ofGroup, index), peerId: deviceId, ownerId, state, sinceMs };
  });
  return surplusPlaces(places, ofGroup.n, peers, nowMs).some((place) => {
    return place.peerId === row.deviceId && place.index === countedIndex(ofGroup, row.index);
  });
}
