// What to say and do when files of a download are not any more what they were. Pure.
import { isEnded, type Receiver } from '@ferry/webrtc-core';
import type { Problem } from '../../adapters/engine-contract.ts';
import type { ReceiveRow } from '../transfer-row.ts';
import type { CatalogOrigin, PendingDownload } from './download-record.ts';

/** Why a download waits for its owner's files, if it does. */
function changedProblem({ chosen, lostEntries, sources }: Receiver): Problem | undefined {
  const [first] = lostEntries;
  if (first !== undefined) {
    const fileName = chosen?.entries[first]?.path.at(-1);
    return { code: 'files-changed', fileCount: lostEntries.length, ...(fileName !== undefined && { fileName }) };
  }
  const isUnreadable = sources.some(({ refusal }) => refusal === 'unreadable');
  const isElsewhere = sources.some(({ status }) => status === 'serving' || status === 'queued' || status === 'paused');
  return isUnreadable && !isElsewhere ? { code: 'owner-unreadable' } : undefined;
}

/** Only what is this module's to say: what the user must do about room and folders comes first. */
export function explained({ problem, transfer }: Pick<ReceiveRow, 'problem' | 'transfer'>): Problem | undefined {
  const { status } = transfer.state;
  const isMine =
    problem === undefined ||
    problem.code === 'files-changed' ||
    problem.code === 'owner-unreadable' ||
    (problem.code === 'not-shared' && status !== 'failed');
  if (!isMine) return problem;
  return isEnded(transfer.state) ? undefined : changedProblem(transfer);
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
  // Everything once more has the name it had; of a single file that is its own.
  const own = isAll && files.length > 1 ? undefined : files[0]?.path.at(-1);
  const { title, itemCount } = own === undefined ? transfer.summary : { title: own, itemCount: files.length };
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return {
    peer,
    summary: { title, itemCount, entryCount: files.length, totalBytes },
    catalog: {
      place: catalog.place,
      contentId: null,
      onlyPaths: isAll ? catalog.onlyPaths : files.map(({ path }) => path),
      sources: catalog.sources,
      cameFrom: [],
    },
  };
}
