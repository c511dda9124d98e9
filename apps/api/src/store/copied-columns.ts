// Copies for people who have none of a group, given by whoever holds the column: nothing is put together for that, and no
// lease is needed. For what its uploader has no more, or is not there to give.
import type { Database } from '../db/client.ts';
import { occupiedBytes } from '../db/queries/store-device-places.ts';
import { columnsOfGroups } from '../db/queries/store-groups.ts';
import type { Group } from '../db/queries/store-leases.ts';
import { assignPlace } from '../db/queries/store-places.ts';
import type { Assigning } from './assign-columns.ts';
import { inOrderOfChance } from './candidates.ts';
import { copiesOfDoubled } from './doubled-columns.ts';
import { columnIndex, countedIndex, type GroupCode } from './group-code.ts';
import { CHUNK_BYTES, STRIPES_PER_GROUP } from './stored-size.ts';

/** On their way to a device, of all versions: whoever is new in a small office could be given a column of everything. */
const MOST_COMING_BYTES = 4 * STRIPES_PER_GROUP * CHUNK_BYTES;

interface CopiedGroup extends Group, Omit<Assigning, 'code'> {
  readonly code: GroupCode;
}

/** @returns devices that are to fetch something */
export function copyDoubled(db: Database, group: CopiedGroup, random: () => number): string[] {
  const { versionId, code, places, peers, needBytes, nowMs } = group;
  if (copiesOfDoubled(group).length === 0) return [];
  const hasTime = ({ peerId }: { peerId: string }) =>
    occupiedBytes(db, peerId).assigned + needBytes <= MOST_COMING_BYTES;
  const able = inOrderOfChance(group.candidates.filter(hasTime), random, group.companions);
  const known = columnsOfGroups(db, versionId, group.group, group.group + 1);
  const sizes = new Map(known.map(({ index, sizeBytes }) => [countedIndex(code, index), sizeBytes]));
  const holders = new Map<number, string>();
  for (const { index, peerId, state } of places) {
    if (state !== 'held') continue;
    const peer = peers.get(peerId);
    if (peer && peer.onlineSinceMs !== null && !peer.isQuarantined) holders.set(index, peerId);
  }
  const copies = copiesOfDoubled({ ...group, candidates: able }, (index) => sizes.has(index) && holders.has(index));
  db.transaction((transaction) => {
    for (const { index, peerId: deviceId } of copies) {
      const place = { versionId, group: group.group, index: columnIndex(code, index), deviceId };
      const source = { sizeBytes: sizes.get(index)!, sourceDeviceId: holders.get(index)! };
      assignPlace(transaction, { ...place, ...source }, nowMs);
    }
  });
  return copies.map(({ peerId }) => peerId);
}
