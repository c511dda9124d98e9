// What a device that leases repairs is told: which columns to make, and where the others are. Decides nothing.
import type { ColumnRun, Duty, StoreGrant } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { columnsOfGroups } from '../db/queries/store-groups.ts';
import { type LeaseRow, liveLeases } from '../db/queries/store-leases.ts';
import { type PlaceRow, placesOfGroups } from '../db/queries/store-places.ts';
import { findVersion } from '../db/queries/store-versions.ts';
import type { StorePeer, StorePeers } from './store-peer.ts';

type RepairDuty = Extract<Duty, { type: 'repair' }>;

export interface GrantedColumns {
  versionId: string;
  columns: ColumnRun[];
  holder: Pick<StorePeer, 'peerId' | 'ownerId'>;
}

interface Asking {
  deviceId: string;
  peers: StorePeers;
  /** Leave for the device that asks, at the holder. */
  grant: (granted: GrantedColumns) => Promise<StoreGrant>;
  nowMs: number;
}

/** A column is asked of two at most; when both go, the duty is asked for anew. */
const MOST_SOURCES_OF_A_COLUMN = 2;

export async function repairDuties(db: Database, asking: Asking): Promise<RepairDuty[]> {
  const duties = liveLeases(db, asking.nowMs, asking.deviceId).map((lease) => dutyOf(db, lease, asking));
  return (await Promise.all(duties)).filter((duty) => duty !== undefined);
}

async function dutyOf(db: Database, lease: LeaseRow, asking: Asking): Promise<RepairDuty | undefined> {
  const { versionId, group, token, leasedUntil, plan } = lease;
  const version = findVersion(db, versionId);
  if (!version || version.goneAt !== null || version.k === null || version.n === null) return undefined;
  const known = columnsOfGroups(db, versionId, group, group + 1).map(({ index, contentId, sizeBytes }) => {
    return { index, contentId, sizeBytes };
  });
  const held = placesOfGroups(db, versionId, [group]).filter(({ state }) => state === 'held');
  const wanted = new Set(plan.make.map(({ index }) => index));
  const grantAt = grantsOf(group, held, versionId, asking);
  const sources = known.map(async (column) => {
    const holders = held.filter(({ index }) => index === column.index).map(({ deviceId }) => deviceId);
    const isHere = holders.includes(asking.deviceId);
    const others = isHere ? [] : holders.map((deviceId) => asking.peers.get(deviceId)).filter(isThere);
    if (!isHere && others.length === 0) return undefined;
    return { ...column, from: await Promise.all(others.slice(0, MOST_SOURCES_OF_A_COLUMN).map(grantAt)) };
  });
  return {
    type: 'repair',
    versionId,
    group,
    versionBytes: version.sizeBytes,
    code: { k: version.k, n: Math.max(version.n, ...known.map(({ index }) => index + 1)) },
    token,
    leasedUntil,
    sources: (await Promise.all(sources)).filter((source) => source !== undefined),
    make: known.filter(({ index }) => wanted.has(index)),
  };
}

/** One for all that a holder has of the group: whoever is asked for two columns is shown leave once. */
function grantsOf(
  group: number,
  held: readonly Pick<PlaceRow, 'deviceId' | 'index'>[],
  versionId: string,
  { grant }: Asking,
): (holder: StorePeer) => Promise<StoreGrant> {
  const granted = new Map<string, Promise<StoreGrant>>();
  return (holder) => {
    const known = granted.get(holder.peerId);
    if (known) return known;
    const columns = held
      .filter(({ deviceId }) => deviceId === holder.peerId)
      .map(({ index }) => ({ index, firstGroup: group, groupCount: 1 }));
    const made = grant({ versionId, columns, holder });
    granted.set(holder.peerId, made);
    return made;
  };
}

function isThere(peer: StorePeer | undefined): peer is StorePeer {
  return peer !== undefined && peer.onlineSinceMs !== null && !peer.isQuarantined;
}
