// How much of the Store's work one person may ask for before they must wait, all their devices together. In memory: a restart
// forgives. Counts; knows nothing of what is asked.
import { type Bounds, consume, limiter } from './person-limit.ts';

/** Each device tells them when it comes back, after a restart of the server all of somebody's at once. */
const KEYS: Bounds = { perSecond: 5, burst: 120, burstS: 60 };
/** Many small files at once: begun, tagged and confirmed, three requests each. */
const UPLOADS: Bounds = { perSecond: 60, burst: 3000, burstS: 60 };
/** Receipts, duties and inventories of a few devices: a page of 500 columns each, as fast as they are written down. */
const HOLDING: Bounds = { perSecond: 40, burst: 1200, burstS: 60 };
const BROWSING: Bounds = { perSecond: 20, burst: 200, burstS: 10 };
/** The groups of the largest file are 256 requests. */
const DOWNLOADS: Bounds = { perSecond: 30, burst: 600, burstS: 30 };
const CHANGES: Bounds = { perSecond: 10, burst: 600, burstS: 60 };

export class StoreLimits {
  readonly #keys = limiter(KEYS);
  readonly #uploads = limiter(UPLOADS);
  readonly #holding = limiter(HOLDING);
  readonly #browsing = limiter(BROWSING);
  readonly #downloads = limiter(DOWNLOADS);
  readonly #changes = limiter(CHANGES);

  /** Everything here throws a `rate-limited` refusal that says when to come back. */
  keys(userId: string): Promise<void> {
    return consume(this.#keys, userId);
  }

  upload(userId: string): Promise<void> {
    return consume(this.#uploads, userId);
  }

  hold(userId: string): Promise<void> {
    return consume(this.#holding, userId);
  }

  browse(userId: string): Promise<void> {
    return consume(this.#browsing, userId);
  }

  download(userId: string): Promise<void> {
    return consume(this.#downloads, userId);
  }

  change(userId: string): Promise<void> {
    return consume(this.#changes, userId);
  }
}
