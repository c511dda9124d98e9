// An upload as the page shows it. Pure.
import type { StoreCode, UploadState } from '@ferry/shared';
import type { StoreUpload, UploadStatus } from '../../adapters/store-contract.ts';
import type { UploadRecord } from './store-database.ts';
import type { FilesMissing } from './upload-files.ts';

const MOST_UNDER_WAY = 0.95;

export interface UploadShown {
  record: UploadRecord;
  /** As the server said last. */
  state: UploadState | undefined;
  filesMissing: FilesMissing | undefined;
  /** Since this program was started. */
  servedBytes: number;
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
    spread: spreadOf(shown),
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

/** The server counts whole columns; what is on its way shows too, and is never all. */
function spreadOf({ record, state, servedBytes }: UploadShown): number {
  if (record.safeAt !== null) return 1;
  const spread = state?.spread ?? 0;
  const underWay = state?.code ? servedBytes / allBytes(record, state.code) : 0;
  return Math.max(spread, Math.min(MOST_UNDER_WAY, underWay));
}

/** Null while the rate says nothing. */
function secondsLeftOf(shown: UploadShown): number | null {
  const { record, state, bytesPerSecond } = shown;
  if (!state?.code || bytesPerSecond < 1) return null;
  return ((1 - spreadOf(shown)) * allBytes(record, state.code)) / bytesPerSecond;
}

/** Of all columns. */
function allBytes({ sizeBytes }: UploadRecord, { k, n }: StoreCode): number {
  return (sizeBytes * n) / k;
}
