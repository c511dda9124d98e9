// An upload as the page shows it. Pure.
import type { UploadState } from '@ferry/shared';
import type { StoreUpload, UploadStatus } from '../../adapters/store-contract.ts';
import type { UploadRecord } from './store-database.ts';
import type { FilesMissing } from './upload-files.ts';

export interface UploadShown {
  record: UploadRecord;
  /** As the server said last. */
  state: UploadState | undefined;
  filesMissing: FilesMissing | undefined;
  bytesPerSecond: number;
}

export function uploadSnapshot(shown: UploadShown): StoreUpload {
  const { record, state, filesMissing, bytesPerSecond } = shown;
  const { versionId, title, itemCount, fileCount, sizeBytes, createdAt, kind, to, safeAt } = record;
  const status = statusOf(shown);
  const problem = record.failure ?? filesMissing?.problem;
  const isMoving = status === 'spreading';
  return {
    ...{ versionId, title, itemCount, fileCount, sizeBytes, createdAt, kind, to, status },
    ...(problem && { problem }),
    spread: safeAt === null ? (state?.spread ?? 0) : 1,
    ownerCount: state?.ownerCount ?? 0,
    missingOwners: safeAt === null ? (state?.missingOwners ?? 0) : 0,
    isSafeToClose: safeAt !== null,
    bytesPerSecond: isMoving ? bytesPerSecond : 0,
    secondsLeft: isMoving ? secondsLeftOf(shown) : null,
  };
}

function statusOf({ record, state, filesMissing }: UploadShown): UploadStatus {
  if (record.failure && record.safeAt === null) return 'failed';
  if (record.isPaused) return 'paused';
  if (record.safeAt !== null) return 'safe';
  if (filesMissing) return filesMissing.status;
  return state && !state.code ? 'waiting-for-people' : 'spreading';
}

/** Null while the rate says nothing. */
function secondsLeftOf({ record, state, bytesPerSecond }: UploadShown): number | null {
  if (!state?.code || bytesPerSecond < 1) return null;
  const { k, n } = state.code;
  // So many columns make it safe; see the rule in docs/store.md.
  const overhead = (k + Math.ceil((n - k) / 2)) / k;
  return ((1 - state.spread) * record.sizeBytes * overhead) / bytesPerSecond;
}
