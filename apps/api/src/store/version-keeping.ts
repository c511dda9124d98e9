// Does for one version what is to be done now, in its tables: chooses its code when there is somebody who could keep it, asks
// people for columns, and lets go of those who are not waited for. What that is, is decided in version-upkeep.ts. Done twice,
// it changes nothing more.
import type { Database } from '../db/client.ts';
import { findDevice } from '../db/queries/devices.ts';
import { lastPlacedGroup, placesOnTheirWay } from '../db/queries/store-place-runs.ts';
import { assignPlace, type PlaceRow, placesOfGroups, updatePlace } from '../db/queries/store-places.ts';
import { findVersion, updateVersion, type VersionRow } from '../db/queries/store-versions.ts';
import type { GroupAssignment } from './assignment-desk.ts';
import { candidates, ownersOf } from './candidates.ts';
import type { Code } from './code.ts';
import { chooseCode, raiseCode } from './code-choice.ts';
import { columnSizeBytes } from './column-size.ts';
import { isDead } from './departures.ts';
import { countGroups } from './group-counts.ts';
import { type GroupFacts, groupFacts } from './group-facts.ts';
import { groupsToLookAt } from './groups-to-look-at.ts';
import type { Place } from './place.ts';
import type { StoreHoldings } from './store-holdings.ts';
import type { StorePeer, StorePeers } from './store-peer.ts';
import type { StorePool } from './store-pool.ts';
import { CHUNK_BYTES, groupCount, STRIPES_PER_GROUP } from './stored-size.ts';
import { uploaderHasFile } from './uploader-has-file.ts';
import { planUpkeep } from './version-upkeep.ts';
import type { Waiting } from './waiting-versions.ts';

export interface Keeping {
  readonly db: Database;
  readonly pool: StorePool;
  readonly holdings: StoreHoldings;
  readonly random: () => number;
}

export interface Kept {
  /** Devices that were given something to do. */
  readonly deviceIds: ReadonlySet<string>;
  readonly assignedCount: number;
  readonly releasedCount: number;
  /** Undefined when nobody who comes could be given anything of it, or its uploader would have to come. */
  readonly waiting: Waiting | undefined;
}

const NOTHING: Kept = { deviceIds: new Set(), assignedCount: 0, releasedCount: 0, waiting: undefined };
const COLUMN_BYTES = STRIPES_PER_GROUP * CHUNK_BYTES;

export function keepVersion({ db, pool, holdings, random }: Keeping, versionId: string, nowMs: number): Kept {
  const version = findVersion(db, versionId);
  if (!version || version.goneAt !== null || version.sizeBytes === 0) return NOTHING;
  const peers = pool.peers(nowMs);
  const uploader = uploaderOf(db, version, pool, nowMs);
  const code = codeOf(version, uploader, peers, nowMs);
  const isUploaderThere = uploader !== undefined && uploader.onlineSinceMs !== null;
  const waitingFor = (ownerCount: number) => (isUploaderThere ? { ownerId: version.ownerId, ownerCount } : undefined);
  if (!code) return { ...NOTHING, waiting: waitingFor(1) };

  const { sizeBytes } = version;
  const firstNew = lastPlacedGroup(db, versionId) + 1;
  const [segments, onTheirWay] = [holdings.segments(version), placesOnTheirWay(db, versionId)];
  const counts = countGroups({ segments, onTheirWay, peers, nowMs }, firstNew);
  const counted = { sizeBytes, code, counts, firstNew, groupCount: groupCount(sizeBytes, code.k) };
  const { groups: looked, movingElsewhere, isFull } = groupsToLookAt(counted, nowMs);
  const groups = readGroups(db, version, code, looked, peers, nowMs);
  const facts = { uploader, uploaderOwnerId: version.ownerId, peers, nowMs, groups, firstNew, movingElsewhere };
  const { assigned, released } = planUpkeep(facts, random);

  db.transaction((transaction) => {
    if (code.k !== version.k || code.n !== version.n) updateVersion(transaction, versionId, code);
    for (const { group, index, peerId } of released) {
      const key = { versionId, group, index, deviceId: peerId };
      updatePlace(transaction, key, { state: 'released', sinceMs: nowMs });
    }
    for (const assignment of assigned) assign(transaction, version, code, assignment, nowMs);
  });
  const deviceIds = new Set([...assigned, ...released].map(({ peerId }) => peerId));
  pool.placesChanged(deviceIds);
  // More people could make it safer yet, up to some number.
  const isRaised = raiseCode(code, sizeBytes, { ownerCount: Number.POSITIVE_INFINITY }).n === code.n;
  const waiting = isFull ? (isRaised ? undefined : waitingFor(code.n + 1)) : waitingFor(0);
  return { deviceIds, assignedCount: assigned.length, releasedCount: released.length, waiting };
}

/** Undefined from when on it need not have the file any more. */
function uploaderOf(db: Database, version: VersionRow, pool: StorePool, nowMs: number): StorePeer | undefined {
  if (!uploaderHasFile(version, nowMs)) return undefined;
  const { uploaderDeviceId, ownerId } = version;
  const onlineSinceMs = pool.onlineSinceMs(uploaderDeviceId) ?? null;
  return {
    peerId: uploaderDeviceId,
    ownerId,
    onlineSinceMs,
    lastContactMs: onlineSinceMs === null ? (findDevice(db, uploaderDeviceId)?.lastSeenAt ?? 0) : nowMs,
    freeBytes: 0,
    officeUptime: 0,
    isQuarantined: false,
  };
}

/** Chosen when the first could keep it, and raised while the uploader has it; undefined while nobody could. */
function codeOf(
  { sizeBytes, k, n, ownerId }: VersionRow,
  uploader: StorePeer | undefined,
  peers: StorePeers,
  nowMs: number,
): Code | undefined {
  const known = k === null || n === null ? undefined : { k, n };
  if (!uploader || uploader.onlineSinceMs === null) return known;
  // Of the largest column that there may be: whatever the code will be, they have room for one.
  const needBytes = Math.min(sizeBytes, COLUMN_BYTES);
  const able = candidates(peers.values(), { needBytes, nowMs, exceptOwnerId: ownerId });
  const pool = { ownerCount: ownersOf(able).size };
  if (known) return raiseCode(known, sizeBytes, pool);
  return pool.ownerCount > 0 ? chooseCode(sizeBytes, pool) : undefined;
}

/** What the dead hold counts for nothing. */
function readGroups(
  db: Database,
  { versionId, sizeBytes }: VersionRow,
  code: Code,
  groups: readonly number[],
  peers: StorePeers,
  nowMs: number,
): GroupFacts[] {
  const rows = groups.length > 0 ? placesOfGroups(db, versionId, groups) : [];
  const counting = rows.filter(({ state, deviceId }) => state !== 'held' || !isDead(peers.get(deviceId), nowMs));
  const byGroup = Map.groupBy(counting, ({ group }) => group);
  return groups.map((group) => {
    const places = (byGroup.get(group) ?? []).map((row) => toPlace(row, peers));
    return groupFacts({ sizeBytes, code }, group, places, nowMs);
  });
}

function toPlace({ index, deviceId, state, sinceMs, sourceDeviceId }: PlaceRow, peers: StorePeers): Place {
  const ownerId = peers.get(deviceId)?.ownerId ?? deviceId;
  return { index, peerId: deviceId, ownerId, state, sinceMs, sourceId: sourceDeviceId };
}

function assign(
  db: Database,
  { versionId, sizeBytes }: VersionRow,
  { k }: Code,
  { group, index, peerId }: GroupAssignment,
  nowMs: number,
): void {
  const bytes = columnSizeBytes({ sizeBytes, k }, group, index);
  const place = { versionId, group, index, deviceId: peerId, sizeBytes: bytes, sourceDeviceId: null };
  assignPlace(db, place, nowMs);
}
