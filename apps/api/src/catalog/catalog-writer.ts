// Everything that changes the catalog, on the one connection that writes. Knows no threads: whoever calls lives in the
// same one.
import type { Publish, PutShare, Republish, ShareState } from '@ferry/shared';
import type { Database } from 'better-sqlite3';
import type { CatalogDevice } from './catalog-index.ts';
import { CatalogTables } from './publishing/catalog-tables.ts';
import { setHiddenOwners } from './publishing/hidden-owners.ts';
import { Holdings } from './publishing/holdings.ts';
import { markRemoved, putShare } from './publishing/own-shares.ts';
import { publish } from './publishing/publish.ts';
import { RemovedShares } from './publishing/removed-shares.ts';
import { republish } from './publishing/republish.ts';
import { type Sliced, Turns } from './publishing/turns.ts';
import { tidyNameIndex } from './search/name-index-upkeep.ts';

/** A page is some 100 KB in memory. */
const LIMITS = { perOwner: 16, inAll: 2000 };

/** Not of users, whose ids are UUIDs. */
const OFFICE = 'office';
const BROOM = 'broom';
/** Nobody has written for so long: there is time for what makes searching fast again. */
const QUIET_MS = 30_000;

export class CatalogWriter {
  readonly #tables: CatalogTables;
  readonly #holdings: Holdings;
  readonly #removed: RemovedShares;
  readonly #turns = new Turns(LIMITS);
  readonly #changed: () => void;
  #quiet: NodeJS.Timeout | undefined;

  /**
   * @param sqlite is closed by whoever opened it
   * @param changed is called whenever something is different for whoever looks
   */
  constructor(sqlite: Database, changed: () => void) {
    this.#tables = new CatalogTables(sqlite);
    this.#holdings = new Holdings(this.#tables);
    this.#removed = new RemovedShares(this.#tables);
    this.#changed = changed;
    this.#sweep();
  }

  putShare(owner: CatalogDevice, share: Omit<PutShare, 'deviceId'>): Promise<ShareState> {
    return this.#take(owner.userId, () => once(() => putShare(this.#tables, owner, share)));
  }

  async removeShare(owner: CatalogDevice, shareId: string): Promise<void> {
    const was = await this.#take(owner.userId, () => once(() => markRemoved(this.#tables, owner, shareId)));
    if (was) this.#sweep();
  }

  publish(owner: CatalogDevice, page: Omit<Publish, 'deviceId'>): Promise<ShareState> {
    return this.#take(owner.userId, () => publish(this.#tables, owner, page));
  }

  republish(owner: CatalogDevice, step: Omit<Republish, 'deviceId'>): Promise<ShareState> {
    return this.#take(owner.userId, () => republish(this.#tables, owner, step));
  }

  setHoldings(holder: CatalogDevice, contentIds: readonly string[]): Promise<void> {
    return this.#take(holder.userId, () => once(() => this.#holdings.set(holder, contentIds)));
  }

  setHiddenOwners(userIds: readonly string[]): Promise<void> {
    return this.#take(OFFICE, () => once(() => setHiddenOwners(this.#tables, userIds)));
  }

  /** Ends after the present slice; everybody who waits is refused. */
  close(): void {
    clearTimeout(this.#quiet);
    this.#turns.close();
  }

  async #take<Result>(owner: string, begin: () => Sliced<Result>): Promise<Result> {
    const result = await this.#turns.take(owner, begin);
    this.#changed();
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#tidy(), QUIET_MS).unref();
    return result;
  }

  #tidy(): void {
    this.#turns.take(BROOM, () => tidyNameIndex(this.#tables.sqlite)).catch(() => {});
  }

  /** What is left over when it does not come about goes with the next share that is removed, or the next start. */
  #sweep(): void {
    this.#turns.take(BROOM, () => this.#removed.clear()).catch(() => {});
  }
}

/** Work that is one slice. */
// biome-ignore lint/correctness/useYield: there is nothing to wait for.
function* once<Result>(work: () => Result): Sliced<Result> {
  return work();
}
