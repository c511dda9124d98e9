// An upload to vary in tests and in the gallery: a file, two thirds on its way.
import type { StoreUpload } from '../../adapters/store-contract.ts';

export function upload(change: Partial<StoreUpload> = {}): StoreUpload {
  return {
    versionId: 'v1',
    title: 'render-cache.tar',
    itemCount: 1,
    fileCount: 1,
    sizeBytes: 11_600_000_000,
    createdAt: 0,
    kind: 'file',
    to: null,
    status: 'spreading',
    spread: 0.64,
    ownerCount: 5,
    missingOwners: 2,
    isSafeToClose: false,
    bytesPerSecond: 24_000_000,
    secondsLeft: 174,
    ...change,
  };
}
