// What to say and do when files of a download are not any more what they were, or not what was asked for. Pure.
import type { ContentId } from '@ferry/shared';
import type { Manifest, Receiver } from '@ferry/webrtc-core';
import type { Problem } from '../../adapters/engine-contract.ts';
import type { ReceiveRow } from '../transfer-row.ts';
import { contentIdText } from './content-id-text.ts';
import type { CatalogOrigin, PendingDownload } from './download-record.ts';

/** Why a download waits for its owner's files, if it does. */
export function changedProblem({ chosen, lostEntries, sources }: Receiver): Problem | undefined {
  const [first] = lostEntries;
  if (first !== undefined) {
    const fileName = chosen?.entries[first]?.path.at(-1);
    return { code: 'files-changed', fileCount: lostEntries.length, ...(fileName !== undefined && { fileName }) };
  }
  const isUnreadable = sources.some(({ refusal }) => refusal === 'unreadable');
  const isElsewhere = sources.some(({ status }) => status === 'serving' || status === 'queued' || status === 'paused');
  return isUnreadable && !isElsewhere ? { code: 'owner-unreadable' } : undefined;
}

/** A download of just these files of another one, as they are now. */
export function withoutFiles(
  { peer, transfer }: ReceiveRow,
  catalog: CatalogOrigin,
  lost: readonly number[],
): Pick<PendingDownload, 'peer' | 'summary' | 'catalog'> {
  const entries = transfer.chosen?.entries ?? [];
  const isAll = lost.length === entries.length;
  const files = lost.map((index) => entries[index]!);
  const title = (files.length === 1 && files[0]!.path.at(-1)) || transfer.summary.title;
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return {
    peer,
    summary: { title, itemCount: 1, entryCount: files.length, totalBytes },
    catalog: {
      place: catalog.place,
      contentId: null,
      onlyPaths: isAll ? catalog.onlyPaths : files.map(({ path }) => path),
      sources: catalog.sources,
    },
  };
}

/** Indexes of those files of a manifest. */
export function entriesOf(manifest: Manifest, paths: readonly (readonly string[])[]): number[] {
  const wanted = new Set(paths.map((path) => path.join('/')));
  return [...manifest.entries.keys()].filter((index) => wanted.has(manifest.entries[index]!.path.join('/')));
}

/** Whether it is not just the one file of this content. */
export function isOtherContent({ entries }: Manifest, contentId: ContentId | null): boolean {
  const [only] = entries;
  if (contentId === null) return false;
  return entries.length !== 1 || !only?.contentId || contentIdText(only.contentId) !== contentId;
}
