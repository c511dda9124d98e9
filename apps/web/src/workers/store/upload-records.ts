// The uploads of this browser in its database: what is uploaded, and everything that belongs to one, until it is forgotten.
// Knows no server and no files.
import { STRICT, type StoreDatabase, type UploadContent, type UploadRecord, versionRange } from './store-database.ts';

export class UploadRecords {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /** In the order in which they were begun. */
  async all(): Promise<UploadRecord[]> {
    return (await this.#database.getAll('uploads')).sort((a, b) => a.createdAt - b.createdAt);
  }

  content(versionId: string): Promise<UploadContent | undefined> {
    return this.#database.get('contents', versionId);
  }

  /** All of them or none. */
  async add(uploads: readonly { record: UploadRecord; content: UploadContent }[]): Promise<void> {
    const transaction = this.#database.transaction(['uploads', 'contents'], 'readwrite', STRICT);
    const puts = uploads.flatMap(({ record, content }) => [
      transaction.objectStore('uploads').put(record),
      transaction.objectStore('contents').put(content),
    ]);
    await Promise.all([...puts, transaction.done]);
  }

  async put(record: UploadRecord): Promise<void> {
    const transaction = this.#database.transaction('uploads', 'readwrite', STRICT);
    await Promise.all([transaction.store.put(record), transaction.done]);
  }

  async delete(versionId: string): Promise<void> {
    const transaction = this.#database.transaction(['uploads', 'contents', 'tags', 'given'], 'readwrite');
    await Promise.all([
      transaction.objectStore('uploads').delete(versionId),
      transaction.objectStore('contents').delete(versionId),
      transaction.objectStore('tags').delete(versionRange(versionId)),
      transaction.objectStore('given').delete(versionRange(versionId)),
      transaction.done,
    ]);
  }
}
