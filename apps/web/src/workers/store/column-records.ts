// Which columns this browser keeps for others, in IndexedDB. Knows no bytes; those are in the origin private file system.
import type { Column } from '@ferry/shared';
import type { ColumnRecord, ColumnRecords } from '@ferry/store-holder';
import { STRICT, type StoreDatabase } from './store-database.ts';

export class BrowserColumnRecords implements ColumnRecords {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  all(): Promise<ColumnRecord[]> {
    return this.#database.getAll('columns');
  }

  async put(record: ColumnRecord): Promise<void> {
    const transaction = this.#database.transaction('columns', 'readwrite', STRICT);
    await Promise.all([transaction.store.put(record), transaction.done]);
  }

  async remove({ versionId, group, index }: Column): Promise<void> {
    const transaction = this.#database.transaction('columns', 'readwrite', STRICT);
    await Promise.all([transaction.store.delete([versionId, group, index]), transaction.done]);
  }
}
