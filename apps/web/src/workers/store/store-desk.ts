// Storing, keeping for others and fetching from the Store, put together for one engine. Holds no logic of its own.
import type { StoreEvent } from '@ferry/shared';
import { DeviceSigner, Holder } from '@ferry/store-holder';
import {
  type Asked,
  type Exchange,
  type Outgoing,
  type Receiver,
  systemClock,
  type TransferId,
} from '@ferry/webrtc-core';
import { type Kernel, loadKernel } from '@ferry/webrtc-core/erasure';
import { OpfsStores } from '@ferry/webrtc-core/stores/opfs';
import { columnsFolder } from '../../adapters/bundle-files.ts';
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
import type { StoreSide } from '../receiving-restore.ts';
import type { TransferTable } from '../transfer-table.ts';
import { BrowserColumnRecords } from './column-records.ts';
import { Deliveries } from './deliveries.ts';
import { TrpcDeliveryServer } from './delivery-server.ts';
import { deliverVia } from './delivery-upload.ts';
import { keptDeviceKeys } from './device-key-records.ts';
import { TrpcDownloadServer } from './download-server.ts';
import { StoreDownloads } from './downloads.ts';
import type { OwnColumns } from './own-columns.ts';
import { OwnSpace } from './own-space.ts';
import { ServerEvents } from './server-events.ts';
import { openStoreDatabase } from './store-database.ts';
import { TrpcStoreServer } from './store-server.ts';
import { Uploads } from './uploads.ts';

/** The disk still takes so much more than was offered: enough to know. */
const ENOUGH_BYTES = 1024 ** 3;

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
  /** How many bytes this browser would still keep; no more than `enoughBytes` need be found. */
  freeBytes: (enoughBytes?: number) => Promise<number>;
  ownColumns: OwnColumns;
  touch: () => void;
}

export class StoreDesk implements StoreSide {
  readonly #events = new ServerEvents();
  #space!: OwnSpace;
  #holder!: Holder;
  #uploads!: Uploads;
  #downloads!: StoreDownloads;
  #deliveries!: Deliveries;
  #deliver!: StoreCommands['deliver'];
  #kernel: Promise<Kernel> | undefined;

  async open(options: StoreDeskOptions): Promise<void> {
    const { userId, deviceId, exchange, freeBytes, touch } = options;
    const database = await openStoreDatabase(userId);
    const server = new TrpcStoreServer(this.#events);
    const keys = await keptDeviceKeys(database);
    this.#space = await OwnSpace.open({ database, storage: navigator.storage, touch });
    const { offeredBytes } = this.#space;
    const kernel = () => (this.#kernel ??= loadKernel());
    const shared = { deviceId, touch, kernel, clock: systemClock, random: Math.random };
    this.#uploads = new Uploads({ ...shared, database, server, events: this.#events.events });
    this.#holder = await Holder.open({
      ...{ exchange, server, offeredBytes, isAlwaysOn: false, alsoServed: [this.#uploads] },
      records: new BrowserColumnRecords(database),
      stores: new OpfsStores(await columnsFolder(userId)),
      signer: await DeviceSigner.for(deviceId, keys),
      freeBytes: () => freeBytes(this.#space.offeredBytes + ENOUGH_BYTES),
    });
    this.#space.holder = this.#holder;
    this.#uploads.serving = this.#holder.serving;
    options.ownColumns.columns = this.#holder.kept;
    this.#downloads = new StoreDownloads({ ...options, ...shared, server: new TrpcDownloadServer() });
    this.#events.events.on('changed', () => this.#downloads.storeChanged());
    const deliveryServer = new TrpcDeliveryServer();
    this.#deliver = deliverVia(this.#uploads, { server: deliveryServer, people: options.people });
    const delivering = { server: deliveryServer, agreementKey: keys.agreement.privateKey };
    this.#deliveries = new Deliveries({ ...options, ...shared, ...delivering, downloads: this.#downloads });
    for (const event of ['changed', 'connected'] as const) this.#events.events.on(event, () => this.#deliveries.look());
  }

  /** Everything that was stored, kept and fetched when this browser was last here. */
  async restore(): Promise<void> {
    await this.#uploads.restore();
    this.#holder.start();
    this.#deliveries.look();
  }

  /** @param isFresh the server was out of reach before, and may have forgotten what it was told */
  peopleChanged(online: ReadonlySet<string>, { isFresh }: { isFresh: boolean }): void {
    this.#downloads.peopleChanged(online);
    if (isFresh) this.#events.connected();
  }

  /** The server says that there is something to look for. */
  told(event: StoreEvent): void {
    this.#events.told(event);
  }

  /** Somebody asks for columns. */
  asked(asked: Asked): void {
    if (!this.#holder.asked(asked)) asked.refuse('not-found');
  }

  /** Whether a transfer is the Store's own business, which no user has begun and nobody is shown. */
  isOwn(transferId: TransferId): boolean {
    return this.#holder.isOwn(transferId);
  }

  /** A transfer shows something new. */
  changed(transfer: Receiver | Outgoing): void {
    if (!('agreed' in transfer)) return;
    this.#downloads.changed(transfer);
    this.#deliveries.changed(transfer);
  }

  /** The user took it out of the list, after it had ended. */
  dismissed(transferId: string): void {
    this.#downloads.forget(transferId);
  }

  accept: StoreSide['accept'] = (...answer) => this.#downloads.accept(...answer);
  fetchAgain: StoreSide['fetchAgain'] = (...kept) => this.#downloads.fetchAgain(...kept);
  kept: StoreSide['kept'] = (transferId) => this.#deliveries.kept(transferId);
  ended: StoreSide['ended'] = (receiver) => this.#downloads.ended(receiver);

  snapshot(): StoreSnapshot {
    const { space, uploads } = DEFAULT_STORE;
    return { space: this.#space?.snapshot() ?? space, uploads: this.#uploads?.snapshots() ?? uploads };
  }

  /** The commands by the names that they have on the way here. */
  readonly functions = Object.fromEntries(
    STORE_COMMANDS.map((name) => [
      `store.${name}`,
      (...args: unknown[]) => Reflect.apply(this.#commands[name], this, args),
    ]),
  ) as unknown as StoreFunctions;

  get #commands(): StoreCommands {
    const { add, lockedHandles, unlock, supplyFile, pauseUpload, resumeUpload, forgetUpload } = this.#uploads;
    return {
      ...{ add, lockedHandles, unlock, supplyFile, pauseUpload, resumeUpload, forgetUpload },
      download: (request) => this.#downloads.download(request),
      deliver: this.#deliver,
      setSpace: (offeredBytes) => this.#space.set(offeredBytes),
      wipeSpace: () => this.#space.wipe(),
    };
  }
}
