// Which entries of the catalog are being fetched by which transfer, as far as this tab knows: the engine knows it all.
import type { CatalogEntry } from '@ferry/shared';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { TransferSnapshot } from '../adapters/engine-contract.ts';
import { keyOf } from '../model/catalog/place.ts';
import { useSession } from './session.ts';
import { useTransfers } from './transfers.ts';

export const useCatalogDownloads = defineStore('catalog-downloads', () => {
  const session = useSession();
  const transfers = useTransfers();
  const transferIds = shallowRef<ReadonlyMap<string, string>>(new Map());

  const fetched = computed(
    () =>
      new Map(
        transfers.all.flatMap((transfer) =>
          transfer.origin === 'catalog' && transfer.direction === 'receive' ? [[transfer.transferId, transfer]] : [],
        ),
      ),
  );

  async function download(entry: CatalogEntry, ownerName: string): Promise<void> {
    const { shareId, path, name, fileCount, sizeBytes, contentId, userId } = entry;
    const transferId = await session.desk().engine.catalog.download({
      place: { shareId, path },
      title: name,
      fileCount,
      totalBytes: sizeBytes,
      owner: { userId, username: ownerName },
      contentId,
    });
    transferIds.value = new Map(transferIds.value).set(keyOf(entry), transferId);
  }

  function transferOf(entry: CatalogEntry): TransferSnapshot | undefined {
    const transferId = transferIds.value.get(keyOf(entry));
    return transferId === undefined ? undefined : fetched.value.get(transferId);
  }

  return { download, transferOf };
});
