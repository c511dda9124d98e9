// What the serving side remembers: its settings, and who fetched what. Knows no shares and no transfers.
import type { ServedDownload, ServingSettings } from '../../adapters/catalog-contract.ts';
import type { CatalogDatabase } from './catalog-database.ts';

/** As many as somebody may want to read; the counts go on. */
const DOWNLOADS_KEPT = 1000;

export class ServedRecords {
  readonly #database: CatalogDatabase;

  constructor(database: CatalogDatabase) {
    this.#database = database;
  }

  async settings(): Promise<ServingSettings | undefined> {
    return this.#database.get('settings', 'serving');
  }

  async putSettings(settings: ServingSettings): Promise<void> {
    await this.#database.put('settings', settings, 'serving');
  }

  /** Something was fetched whole. */
  async add(download: ServedDownload): Promise<void> {
    const transaction = this.#database.transaction(['served', 'downloads'], 'readwrite');
    const served = transaction.objectStore('served');
    const counts = transaction.objectStore('downloads');
    await served.add(download);
    await counts.put(((await counts.get(download.shareId)) ?? 0) + 1, download.shareId);
    const excess = (await served.count()) - DOWNLOADS_KEPT;
    if (excess > 0) for (const key of await served.getAllKeys(null, excess)) await served.delete(key);
    await transaction.done;
  }

  /** The newest first. */
  async downloads(): Promise<ServedDownload[]> {
    return (await this.#database.getAll('served')).reverse();
  }

  /** Of each share how often something of it was fetched whole. */
  async counts(): Promise<Record<string, number>> {
    const transaction = this.#database.transaction('downloads');
    const [shareIds, counts] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
    return Object.fromEntries(shareIds.map((shareId, index) => [shareId, counts[index]!]));
  }
}
