// Publishing everything anew: what is still of an older generation at the end is gone. Until then everything stays
// listed. Yields between its transactions: others take turns.
import type { Republish, ShareState } from '@ferry/shared';
import type { CatalogDevice } from '../catalog-index.ts';
import type { CatalogTables } from './catalog-tables.ts';
import { type OwnShare, ownShare, stateOf } from './own-shares.ts';
import { ShareEdit } from './share-edit.ts';

const LOOKED_AT = 1000;
const SLICE_FILES = 100;

/**
 * To end what was not begun, or has ended, changes nothing: the answer may have been lost on the way.
 *
 * @throws `not-found`
 */
export function* republish(
  tables: CatalogTables,
  owner: CatalogDevice,
  { shareId, step }: Omit<Republish, 'deviceId'>,
): Generator<void, ShareState> {
  const share = ownShare(tables, owner, shareId);
  const { shareNo, generation } = share;
  if (step === 'begin') {
    tables.write(() => tables.shares.published(shareNo, generation + 1, 1));
  } else if (share.isRepublishing) {
    yield* sweep(tables, share);
    tables.write(() => tables.shares.published(shareNo, generation, 0));
  }
  return stateOf(tables, shareId);
}

function* sweep(tables: CatalogTables, share: OwnShare): Generator<void, void> {
  const edit = new ShareEdit(tables, share);
  // After the root, which is no file.
  for (let after = ''; ; ) {
    const rows = tables.entries.after(share.shareNo, after, LOOKED_AT);
    if (rows.length === 0) return;
    after = rows.at(-1)!.path;
    const stale = rows.filter(({ isFolder, generation }) => isFolder === 0 && generation < share.generation);
    for (let done = 0; done < stale.length; done += SLICE_FILES) {
      tables.write(() => {
        for (const file of stale.slice(done, done + SLICE_FILES)) edit.remove(file);
        edit.settle();
      });
      yield;
    }
    yield;
  }
}
