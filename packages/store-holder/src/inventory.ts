// Tells the server everything that is kept here: what it believes to be here and is not in it is missing, and what it does
// not want it says to release. Columns that were made for others are not kept here, and not told.
import { LIMITS } from '@ferry/shared';
import type { ColumnShelf } from './column-shelf.ts';
import type { HolderServer } from './holder-server.ts';
import { pagesOf } from './pages.ts';

export interface InventoryOptions {
  deviceId: string;
  shelf: ColumnShelf;
  server: Pick<HolderServer, 'inventory'>;
}

/** No receipt may be sent meanwhile: what is kept since the first page would be missing with the last one. */
export async function tellInventory({ deviceId, shelf, server }: InventoryOptions): Promise<void> {
  const columns = shelf.in('fetched', 'held').map(({ column }) => column);
  const pages = pagesOf(columns, LIMITS.storeInventoryColumns);
  const inventoryId = crypto.randomUUID();
  // That there is nothing is said, too.
  for (const [page, onPage] of (pages.length > 0 ? pages : [[]]).entries()) {
    const isLast = page >= pages.length - 1;
    await server.inventory({ deviceId, inventoryId, page, columns: onPage, isLast });
  }
}
