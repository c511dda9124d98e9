// Which entries of the catalog are being fetched by which transfer, as the engine tells of all of them: also of those that
// another tab began, or this one before it was loaded anew.
import type { CatalogEntry } from '@ferry/shared';
import { defineStore } from 'pinia';
import { computed } from 'vue';
import type { TransferSnapshot } from '../adapters/engine-contract.ts';
import { keyOf } from '../model/catalog/place.ts';
import { transfersByPlace } from '../model/catalog/transfers-by-place.ts';
import { useSession } from './session.ts';
import { useTransfers } from './transfers.ts';

export const useCatalogDownloads = defineStore('catalog-downloads', () => {
  const session = useSession();
  const transfers = useTransfers();
  const byPlace = computed(() => transfersByPlace(transfers.all));

  async function download(entry: CatalogEntry, ownerName: string): Promise<void> {
    const { shareId, path, name, fileCount, sizeBytes, contentId, userId } = entry;
    await session.desk().engine.catalog.download({
      place: { shareId, path },
      title: name,
      fileCount,
      totalBytes: sizeBytes,
      owner: { userId, username: ownerName },
      contentId,
    });
  }

  function transferOf(entry: CatalogEntry): TransferSnapshot | undefined {
    return byPlace.value.get(keyOf(entry));
  }

  return { download, transferOf };
});
