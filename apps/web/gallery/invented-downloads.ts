// Downloads that begin at once and never end, and contents that are here already.
import type { CatalogCommands } from '../src/adapters/catalog-contract.ts';
import type { TransferSnapshot } from '../src/adapters/engine-contract.ts';
import type { StoreDownloadRequest } from '../src/adapters/store-contract.ts';
import { transfer } from './invented-transfers.ts';
import type { Scene } from './scene.ts';

export function inventedDownloads(
  { isHeld }: Scene,
  begin: (transfer: TransferSnapshot) => void,
): Pick<CatalogCommands, 'download' | 'findHeld'> {
  return {
    async download({ title, totalBytes, fileCount, owner }) {
      const begun = transfer({ title, fileCount, peer: owner, origin: 'catalog', ...moving(totalBytes) });
      begin(begun);
      return begun.transferId;
    },
    findHeld: async (contentIds) =>
      contentIds.map((_, index) => (isHeld ? { type: 'received', transferId: 'r2', entryIndex: index } : null)),
  };
}

export function inventedStoreDownload({ versionId, name, sizeBytes, owner }: StoreDownloadRequest): TransferSnapshot {
  const stored = { versionId, kind: 'file' } as const;
  return transfer({ title: name, peer: owner, origin: 'store', stored, ...moving(sizeBytes) });
}

function moving(totalBytes: number): Partial<TransferSnapshot> {
  const pieces = Array.from({ length: 80 }, (_, index) => (index < 34 || index === 51 ? 3 : 0));
  return { status: 'fetching', totalBytes, doneBytes: totalBytes * 0.42, pieces, secondsLeft: 41 };
}
