// The requests by which the server comes to know what is shared from here, one at a time: each says whether there is
// more to say. Knows neither when they are made nor what becomes of a refusal.
import { LIMITS } from '@ferry/shared';
import { Refusal } from '../refusal.ts';
import type { ShareRecord } from './catalog-database.ts';
import type { CatalogServer } from './catalog-server.ts';
import type { EntryRecords } from './entry-records.ts';
import type { OutboxRecords } from './outbox-records.ts';
import { type PublishPage, publishedFile, publishPages } from './publish-page.ts';

export interface PublishingStepsOptions {
  deviceId: string;
  server: CatalogServer;
  entries: EntryRecords;
  outbox: OutboxRecords;
  /** What is shared, as it is now. */
  share: (shareId: string) => ShareRecord | undefined;
  shareIds: () => string[];
  /** Files that the server was told of. */
  listedCount: (shareId: string) => Promise<number>;
  /** Remembers it. */
  change: (shareId: string, change: Partial<ShareRecord>) => Promise<void>;
  /** The server has fewer files or shares than before: what had no room may have some now. */
  madeRoom: () => void;
}

/** Publishing all of a share anew: the revision on the way, and how far it is. */
interface Anew {
  revision: number;
  after: string | undefined;
  count: number;
}

export class PublishingSteps {
  readonly #options: PublishingStepsOptions;
  readonly #anew = new Map<string, Anew>();
  /** Of shares that had no room the last page of the outbox whose removals were told before their turn. */
  readonly #relieved = new Map<string, number>();

  constructor(options: PublishingStepsOptions) {
    this.#options = options;
  }

  /** How many files have been told again, of a share that is published anew. */
  countAnew(shareId: string): number | undefined {
    return this.#anew.get(shareId)?.count;
  }

  /** What was told of it on the way to being published anew counts no more. */
  forget(shareId: string): void {
    this.#anew.delete(shareId);
  }

  /** Compares what the server knows with what is here, and takes away there what is here no more. */
  async compare(): Promise<void> {
    const { deviceId, server, share, shareIds, change, madeRoom } = this.#options;
    const known = new Map((await server.mine(deviceId)).map((state) => [state.shareId, state]));
    for (const shareId of shareIds()) {
      const state = known.get(shareId);
      if (state?.revision === share(shareId)?.revision) continue;
      await change(shareId, state ? { revision: null } : { revision: null, isPut: false });
    }
    for (const shareId of known.keys()) {
      if (share(shareId)) continue;
      await server.removeShare({ deviceId, shareId });
      madeRoom();
    }
  }

  /** The next request of a share. */
  async next(share: ShareRecord): Promise<boolean> {
    if (!share.isPut) return this.#put(share);
    return share.revision === null ? this.#publishAnew(share.shareId) : this.#publish(share.shareId, share.revision);
  }

  async #put({ shareId, title, kind, audience, revision }: ShareRecord): Promise<boolean> {
    const { deviceId, server, share, listedCount, change } = this.#options;
    const state = await server.putShare({ deviceId, shareId, title, kind, audience });
    // Nothing was told, and nothing is known there: that needs no beginning.
    const isEmpty = state.fileCount === 0 && (await listedCount(shareId)) === 0;
    const now = share(shareId)?.audience;
    await change(shareId, {
      isPut: JSON.stringify(now) === JSON.stringify(audience),
      revision: isEmpty || state.revision === revision ? state.revision : null,
    });
    return true;
  }

  async #publish(shareId: string, baseRevision: number): Promise<boolean> {
    const { outbox, change } = this.#options;
    const page = await outbox.first(shareId);
    if (!page) return false;
    const revision = await this.#send(shareId, baseRevision, page).catch((error: unknown) => {
      if (isFull(error)) return undefined;
      throw error;
    });
    if (revision === undefined) return this.#makeRoom(shareId, baseRevision);
    this.#relieved.delete(shareId);
    await outbox.told(shareId, page);
    await change(shareId, { revision });
    return true;
  }

  /**
   * What is gone makes room for what is there, though it comes later: told before its turn, and again in its turn. As
   * nothing is there any more at its path, the end is the same.
   */
  async #makeRoom(shareId: string, baseRevision: number): Promise<boolean> {
    const { outbox, entries, change } = this.#options;
    const removal = await outbox.removal(shareId, this.#relieved.get(shareId) ?? -1);
    if (!removal) {
      this.#relieved.delete(shareId);
      throw new Refusal('too-many');
    }
    const isThere = await Promise.all(removal.remove.map((path) => entries.get(shareId, path)));
    const remove = removal.remove.filter((_, index) => !isThere[index]);
    this.#relieved.set(shareId, removal.page);
    if (remove.length > 0)
      await change(shareId, { revision: await this.#send(shareId, baseRevision, { put: [], remove }) });
    return true;
  }

  /** In the order of paths. What changes meanwhile is told afterwards, from the outbox. */
  async #publishAnew(shareId: string): Promise<boolean> {
    const { deviceId, server, entries, outbox, change } = this.#options;
    const anew = this.#anew.get(shareId);
    if (!anew) {
      const { revision } = await server.republish({ deviceId, shareId, step: 'begin' });
      await outbox.clear(shareId);
      this.#anew.set(shareId, { revision, after: undefined, count: 0 });
      return true;
    }
    const { after } = anew;
    const some = await entries.page(shareId, { after, limit: LIMITS.catalogPageEntries });
    if (some.length === 0) {
      const { revision } = await server.republish({ deviceId, shareId, step: 'end' });
      this.#anew.delete(shareId);
      await change(shareId, { revision });
      return true;
    }
    const page = publishPages(some.map((entry) => ({ put: publishedFile(entry), isNew: false })))[0]!;
    const revision = await this.#send(shareId, anew.revision, page);
    this.#anew.set(shareId, { revision, after: page.put.at(-1)![0], count: anew.count + page.put.length });
    return true;
  }

  async #send(shareId: string, baseRevision: number, page: Pick<PublishPage, 'put' | 'remove'>): Promise<number> {
    const { deviceId, server, madeRoom } = this.#options;
    const { put, remove } = page;
    const { revision } = await server.publish({ deviceId, shareId, baseRevision, put, remove });
    if (remove.length > 0) madeRoom();
    return revision;
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'too-many';
}
