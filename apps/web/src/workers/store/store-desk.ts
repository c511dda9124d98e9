// Storing, keeping for others and fetching from the Store, put together for one engine. Holds no logic of its own.
import type { Asked, Exchange, Outgoing, Receiver, TransferId } from '@ferry/webrtc-core';
import {
  DEFAULT_STORE,
  STORE_COMMANDS,
  type StoreCommands,
  type StoreFunctions,
  type StoreSnapshot,
} from '../../adapters/store-contract.ts';
import type { BundleRecords } from '../bundle-records.ts';
import type { BundleStores } from '../bundle-stores.ts';
import type { PeopleDirectory } from '../people-directory.ts';
import type { ReceivedBundles } from '../received-bundles.ts';
import type { Receiving } from '../receiving.ts';
import type { TransferTable } from '../transfer-table.ts';

export interface StoreDeskOptions {
  userId: string;
  deviceId: string;
  exchange: Exchange;
  table: TransferTable;
  people: PeopleDirectory;
  records: BundleRecords;
  received: ReceivedBundles;
  receiving: Receiving;
  stores: BundleStores;
  touch: () => void;
}

export class StoreDesk {
  #options!: StoreDeskOptions;

  async open(options: StoreDeskOptions): Promise<void> {
    this.#options = options;
  }

  /** Everything that was stored, kept and fetched when this browser was last here. */
  async restore(): Promise<void> {}

  /** @param isFresh the server was out of reach before, and may have forgotten what it was told */
  peopleChanged(_online: ReadonlySet<string>, _: { isFresh: boolean }): void {}

  /** Somebody asks for columns. */
  asked(asked: Asked): void {
    asked.refuse('not-found');
  }

  /** Whether a transfer is the Store's own business, which no user has begun and nobody is shown. */
  isOwn(_transferId: TransferId): boolean {
    return false;
  }

  /** A transfer shows something new. */
  changed(_transfer: Receiver | Outgoing): void {}

  snapshot(): StoreSnapshot {
    return DEFAULT_STORE;
  }

  /** The commands by the names that they have on the way here. */
  readonly functions = Object.fromEntries(
    STORE_COMMANDS.map((name) => [
      `store.${name}`,
      (...args: unknown[]) => Reflect.apply(this.#commands[name], this, args),
    ]),
  ) as unknown as StoreFunctions;

  get #commands(): StoreCommands {
    throw new Error(`not there yet for ${this.#options.userId}`);
  }
}
