// How much of the catalog's work one person may ask for before they must wait. In memory: a restart forgives. Counts;
// knows nothing of what is asked.
import { type Bounds, consume, limiter } from './person-limit.ts';

/** Every letter that somebody types, in a few tabs. */
const SEARCHES: Bounds = { perSecond: 10, burst: 20, burstS: 10 };
/** Scrolling through a folder of 100,000 files, a hundred a request. */
const BROWSING: Bounds = { perSecond: 40, burst: 200, burstS: 10 };
/** Downloading everything that was marked in a list. */
const GRANTS: Bounds = { perSecond: 20, burst: 300, burstS: 30 };
const CHANGES: Bounds = { perSecond: 10, burst: 600, burstS: 60 };
/** Requests that publish: a folder of 250,000 files is some six hundred, and hashing is told a few times a second. */
const PAGES: Bounds = { perSecond: 20, burst: 600, burstS: 60 };
/** Files in them. A folder of 100,000 passes without waiting; a million takes minutes, and is refused by then. */
const ENTRIES: Bounds = { perSecond: 5000, burst: 120_000, burstS: 60 };

export class CatalogLimits {
  readonly #searches = limiter(SEARCHES);
  readonly #browsing = limiter(BROWSING);
  readonly #grants = limiter(GRANTS);
  readonly #changes = limiter(CHANGES);
  readonly #pages = limiter(PAGES);
  readonly #entries = limiter(ENTRIES);

  /** Everything here throws a `rate-limited` refusal that says when to come back. */
  search(userId: string): Promise<void> {
    return consume(this.#searches, userId);
  }

  browse(userId: string): Promise<void> {
    return consume(this.#browsing, userId);
  }

  grant(userId: string): Promise<void> {
    return consume(this.#grants, userId);
  }

  change(userId: string): Promise<void> {
    return consume(this.#changes, userId);
  }

  page(userId: string): Promise<void> {
    return consume(this.#pages, userId);
  }

  entries(userId: string, count: number): Promise<void> {
    return consume(this.#entries, userId, count);
  }
}
