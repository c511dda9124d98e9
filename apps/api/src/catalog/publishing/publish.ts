// One published page, from the check of its revision to the next one. Looks everything up before it writes anything, so
// that what is refused leaves nothing behind. Yields between its transactions: others take turns.
import { LIMITS, type Publish, type PublishedFile, type ShareState } from '@ferry/shared';
import type { CatalogDevice } from '../catalog-index.ts';
import { CatalogRefusal } from '../catalog-refusal.ts';
import type { CatalogTables } from './catalog-tables.ts';
import type { EntryRow } from './entry-table.ts';
import { ownShare, stateOf } from './own-shares.ts';
import { type PageChanges, pageChanges, parentPathOf } from './page-changes.ts';
import { removeBelow } from './remove-below.ts';
import { ShareEdit } from './share-edit.ts';

/** Before others get a turn: some ten milliseconds' worth of looking up, or of writing. */
const LOOKUPS = 2000;
const SLICE_ROWS = 500;
/** Files in a page: of more, orders of the whole catalog would cost more than everything else. */
const ORDERED_AT_ONCE = 50;

interface Plan {
  removes: EntryRow[];
  puts: { file: PublishedFile; before: EntryRow | undefined }[];
  /** Paths of folders where files are to be. */
  replaced: string[];
  /** How many entries there will be more. */
  growth: number;
}

/**
 * Entries show as they are written; the revision, which makes a device sure of all of them, grows with the last.
 *
 * @throws `not-found`, `revision-mismatch`, `too-many`
 */
export function* publish(
  tables: CatalogTables,
  owner: CatalogDevice,
  page: Omit<Publish, 'deviceId'>,
): Generator<void, ShareState> {
  const share = ownShare(tables, owner, page.shareId);
  if (share.revision !== page.baseRevision) throw new CatalogRefusal('revision-mismatch');
  const edit = new ShareEdit(tables, share, { isOrderedLater: isOrderedLater(page) });
  const { removes, puts, replaced, growth } = yield* plan(edit, pageChanges(page));
  if (growth > 0 && share.ownerEntryCount + growth > LIMITS.catalogEntriesPerOwner) {
    throw new CatalogRefusal('too-many');
  }
  for (const path of replaced) yield* removeBelow(tables, edit, path);
  const changes = [
    ...removes.map((file) => () => edit.remove(file)),
    ...puts.map(
      ({ file, before }) =>
        () =>
          edit.put(file, before),
    ),
  ];
  for (let done = 0; ; ) {
    tables.write(() => {
      for (let n = 0; done < changes.length && n < SLICE_ROWS && edit.rowsWritten < SLICE_ROWS; n++) changes[done++]!();
      edit.settle();
      if (done === changes.length) tables.shares.published(share.shareNo, share.generation, share.isRepublishing);
    });
    if (done === changes.length) return stateOf(tables, share.shareId);
    yield;
  }
}

export function isOrderedLater({ put }: Pick<Publish, 'put'>): boolean {
  return put.length > ORDERED_AT_ONCE;
}

/** What is a file here and a folder in the share, or the reverse, is what this page says. */
function* plan(edit: ShareEdit, changes: PageChanges): Generator<void, Plan> {
  const removes = new Map<string, EntryRow>();
  const made: Plan = { removes: [], puts: [], replaced: [], growth: 0 };
  let lookups = 0;
  const isLong = () => lookups++ % LOOKUPS === LOOKUPS - 1;
  for (const path of changes.removes) {
    const row = edit.find(path);
    if (row && row.isFolder === 0) removes.set(path, row);
    if (isLong()) yield;
  }
  const counted = new Set<string>();
  for (const file of changes.puts) {
    const row = edit.find(file[0]);
    if (row?.isFolder === 1) {
      made.replaced.push(row.path);
      made.growth -= row.fileCount;
    }
    const before = row?.isFolder === 0 ? row : undefined;
    made.puts.push({ file, before });
    if (!before) made.growth++;
    for (let path = parentPathOf(file[0]); path !== '' && !counted.has(path); path = parentPathOf(path)) {
      counted.add(path);
      if (isLong()) yield;
      if (edit.folders.find(path).entryNo !== undefined) continue;
      made.growth++;
      const inTheWay = edit.find(path);
      if (inTheWay) removes.set(path, inTheWay);
    }
    if (isLong()) yield;
  }
  made.removes = [...removes.values()];
  made.growth -= made.removes.length;
  return made;
}
