// Downloads of which nothing is accepted yet, remembered until their manifests are: what the user asked for must not be
// forgotten while nobody who has it is there. Knows no transfers.
import type { BundleRecords } from '../bundle-records.ts';
import type { PendingDownload } from './download-record.ts';

export class PendingDownloads {
  readonly #records: BundleRecords;
  readonly #pending = new Map<string, PendingDownload>();

  constructor(records: BundleRecords) {
    this.#records = records;
  }

  /** Those of an earlier life of this program; the ones that were accepted meanwhile are forgotten. */
  async restore(isAccepted: (transferId: string) => boolean): Promise<PendingDownload[]> {
    const records = await this.#records.downloads();
    for (const { transferId } of records.filter((record) => isAccepted(record.transferId)))
      await this.#records.deleteDownload(transferId);
    const pending = records.filter(({ transferId }) => !isAccepted(transferId));
    for (const record of pending) this.#pending.set(record.transferId, record);
    return pending;
  }

  get(transferId: string): PendingDownload | undefined {
    return this.#pending.get(transferId);
  }

  async put(record: PendingDownload): Promise<void> {
    this.#pending.set(record.transferId, record);
    await this.#records.putDownload(record);
  }

  async forget(transferId: string): Promise<void> {
    if (this.#pending.delete(transferId)) await this.#records.deleteDownload(transferId);
  }
}
