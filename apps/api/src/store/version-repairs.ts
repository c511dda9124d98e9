// Looks at every group of a stored version, whether it must be repaired. Knows what a version is; what follows is Repairs'.
import type { Database } from '../db/client.ts';
import { placesOfVersion } from '../db/queries/store-places.ts';
import { findVersion } from '../db/queries/store-versions.ts';
import { groupCode } from './group-code.ts';
import type { Place } from './place.ts';
import type { Repairs } from './repairs.ts';
import type { StorePeers } from './store-peer.ts';
import { columnBytes } from './stored-size.ts';
import { uploaderHasFile } from './uploader-has-file.ts';

interface Now {
  peers: StorePeers;
  isOnline: (deviceId: string) => boolean;
  isOfficeTime: boolean;
  nowMs: number;
}

/** As long as its uploader is there and has the file, it makes what is missing itself, and nobody need pull anything. */
export function lookAtVersion(db: Database, repairs: Repairs, versionId: string, at: Now): void {
  const version = findVersion(db, versionId);
  if (!version || version.goneAt !== null || version.acceptedAt === null) return;
  const { sizeBytes, k, n, ownerId, uploaderDeviceId } = version;
  if (k === null || n === null || sizeBytes === 0) return;
  const { isOnline, ...now } = at;
  const hasFile = uploaderHasFile(version, now.nowMs);
  if (hasFile && isOnline(uploaderDeviceId)) return;
  const rows = placesOfVersion(db, versionId);
  const companions = new Set(rows.filter(({ state }) => state === 'held').map(({ deviceId }) => deviceId));
  const uploaderId = hasFile ? ownerId : undefined;
  for (const [group, inGroup] of Map.groupBy(rows, (row) => row.group)) {
    const places = inGroup.map(({ index, deviceId, state, sinceMs, sourceDeviceId }): Place => {
      const peerOwnerId = now.peers.get(deviceId)?.ownerId ?? deviceId;
      return { index, peerId: deviceId, ownerId: peerOwnerId, state, sinceMs, sourceId: sourceDeviceId };
    });
    const code = groupCode({ k, n }, sizeBytes, group);
    const needBytes = columnBytes(sizeBytes, k, group);
    repairs.look({ versionId, group, code, places, needBytes, companions, uploaderId, ...now });
  }
}
