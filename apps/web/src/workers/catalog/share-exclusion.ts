// Takes a file or a folder out of a share, for good: it is left out of every later walk, and gone from what is listed. The
// share as a whole stays.
import { gone } from './entry-change.ts';
import type { EntryChanges } from './entry-changes.ts';
import type { EntryRecords } from './entry-records.ts';
import type { LiveShare } from './live-share.ts';
import type { ShareBoard } from './share-board.ts';

interface Using {
  board: ShareBoard;
  entries: EntryRecords;
  changes: EntryChanges;
}

export async function exclude({ board, entries, changes }: Using, share: LiveShare, path: string): Promise<void> {
  const { shareId, excludedPaths, handles, kind } = share.record;
  const others = excludedPaths.filter((excluded) => excluded !== path && !excluded.startsWith(`${path}/`));
  await board.change(shareId, {
    excludedPaths: [...others, path],
    // A file that was chosen is simply not chosen any more.
    ...(kind === 'files' && { handles: handles.filter(({ name }) => name !== path) }),
  });
  board.apply(share, { type: 'changed' });
  const below = await entries.page(shareId, { under: path });
  await changes.make(shareId, new Map([path, ...below.map((entry) => entry.path)].map((gonePath) => [gonePath, gone])));
  await board.tallies.count(shareId);
  board.publishing.wake(shareId, 0);
}
