// The room that this browser gives to others, as its user has said and as it is shown: nothing before somebody has said yes.
// Knows no columns but their sum.
import type { Holder, HolderSnapshot } from '@ferry/store-holder';
import type { SpaceSnapshot } from '../../adapters/store-contract.ts';
import { type SpaceRecord, STRICT, type StoreDatabase } from './store-database.ts';

const GIB = 1024 ** 3;
/** A fifth of what the browser would keep, and never more than nobody misses. */
const SUGGESTED_SHARE = 0.2;
const MOST_SUGGESTED_BYTES = 10 * GIB;

/** What a browser tells of its disk for this site. */
export type StorageFacts = Pick<StorageManager, 'estimate' | 'persisted'>;

export interface OwnSpaceOptions {
  database: StoreDatabase;
  storage: StorageFacts;
  touch: () => void;
}

export class OwnSpace {
  readonly #options: OwnSpaceOptions;
  #record: SpaceRecord | undefined;
  #estimateBytes = 0;
  #isPersistent = false;
  #holder: Holder | undefined;
  /** Sums over all columns, which are not made anew for every picture. */
  #kept: HolderSnapshot | undefined;

  private constructor(options: OwnSpaceOptions) {
    this.#options = options;
  }

  static async open(options: OwnSpaceOptions): Promise<OwnSpace> {
    const space = new OwnSpace(options);
    space.#record = await options.database.get('settings', 'space');
    await space.look();
    return space;
  }

  get offeredBytes(): number {
    return this.#record?.isGiven ? this.#record.offeredBytes : 0;
  }

  set holder(holder: Holder) {
    this.#holder = holder;
    holder.events.on('change', () => {
      this.#kept = undefined;
      this.#options.touch();
    });
  }

  /** The browser may have promised something meanwhile, or have less room. */
  async look(): Promise<void> {
    const { storage, touch } = this.#options;
    // A browser that tells nothing has promised nothing.
    const [estimate, isPersistent] = await Promise.all([storage.estimate(), storage.persisted()]).catch(() => []);
    this.#estimateBytes = estimate?.quota ?? 0;
    this.#isPersistent = isPersistent ?? false;
    touch();
  }

  async set(offeredBytes: number): Promise<void> {
    await this.#put({ isGiven: offeredBytes > 0, offeredBytes });
    this.#holder?.setOffer(offeredBytes);
    await this.look();
  }

  /** Nothing is given any more, before anything is deleted. */
  async wipe(): Promise<void> {
    await this.#put({ isGiven: false, offeredBytes: 0 });
    await this.#holder?.wipe();
    await this.look();
  }

  snapshot(): SpaceSnapshot {
    this.#kept ??= this.#holder?.snapshot();
    const { usedBytes = 0, columnCount = 0, servedBytes = 0, versions = [] } = this.#kept ?? {};
    const suggestedBytes = Math.min(MOST_SUGGESTED_BYTES, Math.floor(this.#estimateBytes * SUGGESTED_SHARE));
    const shown = { usedBytes, columnCount, servedBytes, keptFor: [...versions], offeredBytes: this.offeredBytes };
    const browser = { suggestedBytes, estimateBytes: this.#estimateBytes, isPersistent: this.#isPersistent };
    return { consent: consentOf(this.#record), ...shown, ...browser };
  }

  async #put(record: SpaceRecord): Promise<void> {
    const transaction = this.#options.database.transaction('settings', 'readwrite', STRICT);
    await Promise.all([transaction.store.put(record, 'space'), transaction.done]);
    this.#record = record;
    this.#options.touch();
  }
}

function consentOf(record: SpaceRecord | undefined): SpaceSnapshot['consent'] {
  if (!record) return 'unasked';
  return record.isGiven ? 'given' : 'refused';
}
