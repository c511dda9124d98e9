// Everything that changes the catalog, on the one connection that writes. Knows no threads: whoever calls lives in the
// same one.
import type { Holding, Publish, PutShare, Republish, ShareState } from '@ferry/shared';
import type { Database } from 'better-sqlite3';
import type { CatalogDevice } from './catalog-index.ts';
import type { ChangeReach } from './change-reach.ts';
import { Onlookers } from './onlookers.ts';
import { CatalogTables } from './publishing/catalog-tables.ts';
import { ChangeBatch } from './publishing/change-batch.ts';
import { setHiddenOwners } from './publishing/hidden-owners.ts';
import { Holdings } from './publishing/holdings.ts';
import { LateOrders } from './publishing/late-orders.ts';
import { markRemoved, putShare } from './publishing/own-shares.ts';
import { isOrderedLater, publish } from './publishing/publish.ts';
import { RemovedShares } from './publishing/removed-shares.ts';
import { republish } from './publishing/republish.ts';
import { type Sliced, Turns } from './publishing/turns.ts';
import { orderEntries } from './search/listing-orders.ts';
import { tidyNameIndex } from './search/name-index-upkeep.ts';

/** A page is some 100 KB in memory. */
const LIMITS = { perOwner: 16, inAll: 2000 };

/** Not of users, whose ids are UUIDs. */
const OFFICE = 'office';
const BROOM = 'broom';
const ORDERS = 'orders';
/** Nobody has written for so long: there is time for what makes searching fast again. */
const QUIET_MS = 30_000;

export class CatalogWriter {
  readonly #tables: CatalogTables;
  readonly #holdings: Holdings;
  readonly #removed: RemovedShares;
  readonly #turns = new Turns(LIMITS);
  readonly #onlookers: Onlookers;
  readonly #changes: ChangeBatch;
  readonly #orders = new LateOrders(() => this.#order());
  #quiet: NodeJS.Timeout | undefined;

  /**
   * @param sqlite is closed by whoever opened it
   * @param changed is called soon after something is different, with those for whom it is
   */
  constructor(sqlite: Database, changed: (reach: ChangeReach) => void) {
    this.#tables = new CatalogTables(sqlite);
    this.#holdings = new Holdings(this.#tables);
    this.#removed = new RemovedShares(this.#tables);
    this.#onlookers = new Onlookers(sqlite);
    this.#changes = new ChangeBatch(this.#onlookers, changed);
    this.#sweep();
    this.#orders.want();
  }

  putShare(owner: CatalogDevice, share: Omit<PutShare, 'deviceId'>): Promise<ShareState> {
    const put = () => this.#seenBefore(share.shareId, () => putShare(this.#tables, owner, share));
    return this.#take(owner.userId, () => once(put));
  }

  async removeShare(owner: CatalogDevice, shareId: string): Promise<void> {
    const remove = () => this.#seenBefore(shareId, () => markRemoved(this.#tables, owner, shareId));
    if (await this.#take(owner.userId, () => once(remove))) this.#sweep();
  }

  async publish(owner: CatalogDevice, page: Omit<Publish, 'deviceId'>): Promise<ShareState> {
    const state = await this.#take(owner.userId, () => publish(this.#tables, owner, page));
    if (isOrderedLater(page)) this.#orders.want();
    this.#changes.inShare(page.shareId);
    return state;
  }

  async republish(owner: CatalogDevice, step: Omit<Republish, 'deviceId'>): Promise<ShareState> {
    const state = await this.#take(owner.userId, () => republish(this.#tables, owner, step));
    this.#changes.inShare(step.shareId);
    return state;
  }

  setHoldings(holder: CatalogDevice, holdings: readonly Holding[]): Promise<void> {
    const set = () => {
      for (const shares of this.#holdings.set(holder, holdings)) this.#changes.forThose(this.#onlookers.ofAll(shares));
    };
    return this.#take(holder.userId, () => once(set));
  }

  setHiddenOwners(userIds: readonly string[]): Promise<void> {
    const set = () => {
      for (const userId of setHiddenOwners(this.#tables, userIds))
        this.#changes.forThose(this.#onlookers.ofOwner(userId));
    };
    return this.#take(OFFICE, () => once(set));
  }

  /** Ends after the present slice; everybody who waits is refused. */
  close(): void {
    clearTimeout(this.#quiet);
    this.#orders.close();
    this.#changes.close();
    this.#turns.close();
  }

  async #take<Result>(owner: string, begin: () => Sliced<Result>): Promise<Result> {
    const result = await this.#turns.take(owner, begin);
    this.#orders.wait();
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#tidy(), QUIET_MS).unref();
    return result;
  }

  /** Whoever saw the share before is told as well as whoever sees it afterwards; nobody when it changed nothing. */
  #seenBefore<Result>(shareId: string, change: () => Result): Result {
    const before = this.#onlookers.ofShare(shareId);
    const result = change();
    if (result !== false) {
      this.#changes.forThose(before);
      this.#changes.inShare(shareId);
    }
    return result;
  }

  /** What is left over when it does not come about is put into order after the next large page, or the next start. */
  #order(): void {
    this.#turns.take(ORDERS, () => orderEntries(this.#tables.sqlite)).catch(() => {});
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
