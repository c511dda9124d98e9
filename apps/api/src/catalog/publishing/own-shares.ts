// The shares of whoever publishes: made, changed, found, taken away. What somebody else has under the same id is never
// told, but that the id is taken.
import { LIMITS, type PutShare, type ShareState } from '@ferry/shared';
import type { CatalogDevice } from '../catalog-index.ts';
import { CatalogRefusal } from '../catalog-refusal.ts';
import { sortKey } from '../sort-key.ts';
import type { CatalogTables } from './catalog-tables.ts';
import type { ShareRow } from './share-table.ts';

export type OwnShare = ShareRow;

/** @throws `not-found`, also for what is another device's */
export function ownShare(tables: CatalogTables, owner: CatalogDevice, shareId: string): OwnShare {
  const share = tables.shares.find(shareId);
  if (!share || !isOf(share, owner)) throw new CatalogRefusal('not-found');
  return share;
}

export function stateOf(tables: CatalogTables, shareId: string): ShareState {
  const { revision, fileCount } = tables.shares.find(shareId)!;
  return { shareId, revision, fileCount };
}

/**
 * What a share is of, a folder or files, never changes: another one needs an id of its own.
 *
 * @throws `share-taken`, `too-many`
 */
export function putShare(tables: CatalogTables, owner: CatalogDevice, share: Omit<PutShare, 'deviceId'>): ShareState {
  const isFolder = share.kind === 'folder' ? 1 : 0;
  const known = tables.shares.find(share.shareId);
  if (known && !(isOf(known, owner) && known.isFolder === isFolder)) throw new CatalogRefusal('share-taken');
  tables.write(() => {
    const shareNo = known ? change(tables, known, share) : make(tables, owner, { ...share, isFolder });
    tables.shares.setAudience(shareNo, share.audience.type === 'chosen' ? share.audience.userIds : []);
  });
  return stateOf(tables, share.shareId);
}

/**
 * At once as far as anybody can see; its entries are for removed-shares.ts.
 *
 * @returns false when there was none
 */
export function markRemoved(tables: CatalogTables, owner: CatalogDevice, shareId: string): boolean {
  const share = tables.shares.find(shareId);
  if (!share || !isOf(share, owner)) return false;
  tables.write(() => tables.shares.markRemoved(share));
  return true;
}

type Share = Omit<PutShare, 'deviceId' | 'kind'>;

function make(tables: CatalogTables, { userId, deviceId }: CatalogDevice, share: Share & { isFolder: number }): number {
  const { ownerNo, shareCount } = tables.shares.owner(userId);
  if (shareCount >= LIMITS.catalogSharesPerOwner) throw new CatalogRefusal('too-many');
  const { shareId, title, isFolder } = share;
  const shareNo = tables.shares.insert({ shareId, ownerNo, deviceId, title, isFolder, isPublic: isPublic(share) });
  if (!isFolder) return shareNo;
  const root = { shareNo, parentNo: 0, path: '', name: title, generation: 0, isOrdered: 1 as const };
  const entryNo = tables.entries.insertFolder(root);
  tables.indexNames([{ entryNo, name: title }]);
  tables.shares.add({ shareNo, ownerNo }, { fileCount: 0, sizeBytes: 0, entryCount: 1 });
  return shareNo;
}

function change(tables: CatalogTables, known: ShareRow, share: Share): number {
  const { shareNo } = known;
  tables.shares.change(shareNo, share.title, isPublic(share));
  if (known.isFolder && known.title !== share.title) {
    const { entryNo } = tables.entries.find(shareNo, '')!;
    tables.entries.rename(entryNo, share.title, sortKey(share.title));
    tables.reindexNames([{ entryNo, name: share.title }]);
  }
  return shareNo;
}

function isOf(share: ShareRow, { userId, deviceId }: CatalogDevice): boolean {
  return share.userId === userId && share.deviceId === deviceId;
}

function isPublic({ audience }: Share): number {
  return audience.type === 'everyone' ? 1 : 0;
}
