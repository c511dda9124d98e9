// What the server must be told of each share, page by page in the order in which it came to be. Knows no server.
import { type CatalogDatabase, type OutboxRecord, pagesRange, shareRange } from './catalog-database.ts';
import { emptyTally } from './entry-change.ts';
import { joinedPages, type PublishPage } from './publish-page.ts';

/** Small ones that are told together. */
const JOINED_AT_MOST = 16;

/** Pages of the outbox that go in one request. */
export interface OutboxPage extends PublishPage {
  lastPage: number;
}

export class OutboxRecords {
  readonly #database: CatalogDatabase;

  constructor(database: CatalogDatabase) {
    this.#database = database;
  }

  /** What comes first; undefined when there is nothing to tell. */
  async first(shareId: string): Promise<OutboxPage | undefined> {
    const pages = await this.#database.getAll('outbox', shareRange(shareId), JOINED_AT_MOST);
    if (pages.length === 0) return undefined;
    const { count, page } = joinedPages(pages);
    return { ...page, lastPage: pages[count - 1]!.page };
  }

  /** The next page, after some page, in which something is gone. */
  async removal(shareId: string, after: number): Promise<OutboxRecord | undefined> {
    let at = after;
    for (;;) {
      const [page] = await this.#database.getAll('outbox', pagesRange(shareId, { after: at }), 1);
      if (!page || page.remove.length > 0) return page;
      at = page.page;
    }
  }

  /** Everything up to this page has been told. */
  async told(shareId: string, { lastPage, newCount }: OutboxPage): Promise<void> {
    const transaction = this.#database.transaction(['outbox', 'tallies'], 'readwrite');
    const tallies = transaction.objectStore('tallies');
    void transaction.objectStore('outbox').delete(pagesRange(shareId, { upTo: lastPage }));
    const tally = await tallies.get(shareId);
    if (tally) void tallies.put({ ...tally, untoldCount: tally.untoldCount - newCount });
    await transaction.done;
  }

  /** Everything will be told anew. */
  async clear(shareId: string): Promise<void> {
    const transaction = this.#database.transaction(['outbox', 'tallies'], 'readwrite');
    const tallies = transaction.objectStore('tallies');
    void transaction.objectStore('outbox').delete(shareRange(shareId));
    const tally = (await tallies.get(shareId)) ?? emptyTally(shareId);
    void tallies.put({ ...tally, untoldCount: 0 });
    await transaction.done;
  }
}
