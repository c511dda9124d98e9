// A share to vary in tests and in the gallery: a folder that everyone can find, listed and verified.
import type { ShareSnapshot } from '../../adapters/catalog-contract.ts';

export function share(change: Partial<ShareSnapshot> = {}): ShareSnapshot {
  return {
    shareId: 's1',
    title: 'Press photos',
    kind: 'folder',
    audience: { type: 'everyone' },
    rules: { includesHidden: false, ignore: [] },
    createdAt: 0,
    status: 'listed',
    foundCount: 48,
    publishedCount: 48,
    verifiedCount: 48,
    totalBytes: 284_000_000,
    skippedCount: 0,
    scannedAt: 1,
    survivesReload: true,
    ...change,
  };
}
