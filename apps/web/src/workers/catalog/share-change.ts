// What a share is, made different: for whom it is, and what of its folder is left out. The server is told, and it is walked
// anew where that may find something else.
import type { ShareRecord } from './catalog-database.ts';
import type { LiveShare } from './live-share.ts';
import type { ShareBoard } from './share-board.ts';

export async function changeShare(
  board: ShareBoard,
  share: LiveShare,
  change: Pick<Partial<ShareRecord>, 'audience' | 'rules' | 'excludedPaths'>,
): Promise<void> {
  const { shareId } = share.record;
  await board.change(shareId, { ...change, ...(change.audience && { isPut: false }) });
  if (change.rules) board.apply(share, { type: 'changed' });
  board.publishing.retry();
  board.publishing.wake(shareId, 0);
}
