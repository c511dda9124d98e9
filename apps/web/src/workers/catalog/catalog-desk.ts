// Sharing, serving and fetching from the catalog, put together for one engine. Holds no logic of its own.
import { CapabilityChecker } from '@ferry/store-holder';
import {
  type AcceptedTransfer,
  type Asked,
  type Exchange,
  type Outgoing,
  type Receiver,
  systemClock,
  type TransferId,
} from '@ferry/webrtc-core';
import {
  type CatalogCommands,
  DEFAULT_SERVING,
  type EndedShare,
  type HeldContent,
  type ServingSettings,
  type ServingSnapshot,
  type ShareSnapshot,
} from '../../adapters/catalog-contract.ts';
import type { BundleRecord } from '../bundle-record.ts';
import type { BundleRecords } from '../bundle-records.ts';
import type { BundleStores } from '../bundle-stores.ts';
import type { PeopleDirectory } from '../people-directory.ts';
import type { ReceivedBundles } from '../received-bundles.ts';
import type { Receiving } from '../receiving.ts';
import type { CatalogSide } from '../receiving-restore.ts';
import type { TransferTable } from '../transfer-table.ts';
import { openCatalogDatabase } from './catalog-database.ts';
import { type CatalogServer, TrpcCatalogServer } from './catalog-server.ts';
import { Downloads } from './downloads.ts';
import { HeldContents } from './held-contents.ts';
import { Holdings } from './holdings.ts';
import { ServedRecords } from './served-records.ts';
import { Serving } from './serving.ts';
import { Sharing } from './sharing.ts';

export interface CatalogDeskOptions {
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
  server?: CatalogServer;
}

export class CatalogDesk implements CatalogCommands, CatalogSide {
  #options!: CatalogDeskOptions;
  #sharing!: Sharing;
  #serving!: Serving;
  #downloads!: Downloads;
  #holdings!: Holdings;
  #isBusy = false;

  async open(options: CatalogDeskOptions): Promise<void> {
    const { userId, deviceId, server = new TrpcCatalogServer() } = options;
    this.#options = options;
    const shared = { ...options, server, clock: systemClock };
    const database = await openCatalogDatabase(userId);
    const served = new ServedRecords(database);
    const settings = (await served.settings()) ?? DEFAULT_SERVING;
    const narrowed = () => void this.#serving.narrowed();
    this.#sharing = new Sharing({ userId, deviceId, database, touch: options.touch, narrowed, server });
    const held = new HeldContents({
      ...shared,
      isAllowed: () => this.#serving.settings.sharesDownloads,
      outgrown: () => void this.#serving.narrowed(),
    });
    this.#holdings = new Holdings({ ...shared, held });
    const checker = new CapabilityChecker({ deviceId, fetchKey: () => server.key() });
    const parts = { checker, shared: this.#sharing.files, held, ownUserId: userId };
    this.#serving = new Serving({ ...shared, ...parts, records: served }, settings);
    this.#downloads = new Downloads({ ...shared, grant: (request) => server.grant(request), random: Math.random });
    options.exchange.events.on('link', ({ peerId, open }) => open || this.#serving.linkClosed(peerId));
  }

  /** Everything that was shared, served and fetched when this browser was last here. */
  async restore(): Promise<void> {
    await this.#sharing.restore();
    await this.#serving.restore();
    await this.#downloads.restore();
    this.#holdings.changed();
  }

  /** @param isFresh the server was out of reach before, and may have forgotten what it was told */
  peopleChanged(online: ReadonlySet<string>, { isFresh }: { isFresh: boolean }): void {
    this.#downloads.peopleChanged(online);
    if (!isFresh) return;
    this.#sharing.compare();
    this.#holdings.tellAnew();
  }

  /** Which of them, the server says. */
  sharesEnded(): void {
    this.#sharing.compare();
  }

  /** Somebody asks for something that is shared here. */
  asked(asked: Asked): void {
    void this.#serving.asked(asked);
  }

  /** A transfer shows something new. */
  changed(transfer: Receiver | Outgoing): void {
    if (!('agreed' in transfer)) return this.#serving.changed(transfer);
    if (!transfer.isAsked) return;
    this.#downloads.changed(transfer);
    this.#holdings.changed();
  }

  /** Whether anything moves: hashing must not take anything from it. */
  setBusy(isBusy: boolean): void {
    if (isBusy !== this.#isBusy) this.#sharing.setBusy(isBusy);
    this.#isBusy = isBusy;
  }

  /** What was received was deleted. */
  cleared(): void {
    this.#holdings.changed({ isSoon: true });
  }

  /** The user paused something that is served, or lets it go on. */
  setServedPaused(transferId: TransferId, isPaused: boolean): void {
    this.#serving.setPaused(transferId, isPaused);
  }

  async remember(transferId: TransferId, change: { isPaused?: boolean; order?: number }): Promise<void> {
    await this.#downloads.remember(transferId, change);
  }

  async dismissed(transferId: TransferId): Promise<void> {
    this.#serving.dismissed(transferId);
    await this.#downloads.dismissed(transferId);
  }

  originOf: CatalogSide['originOf'] = (transferId) => this.#downloads.originOf(transferId);

  fetchAgain(record: BundleRecord, accepted: AcceptedTransfer): Promise<Receiver> {
    return this.#downloads.fetchAgain(record, accepted);
  }

  shares(): ShareSnapshot[] {
    return this.#sharing?.snapshots() ?? [];
  }

  endedShares(): EndedShare[] {
    return this.#sharing?.endedShares() ?? [];
  }

  serving(): ServingSnapshot {
    return this.#serving?.snapshot ?? { settings: DEFAULT_SERVING, downloadCounts: {} };
  }

  share: CatalogCommands['share'] = (request) => this.#sharing.share(request);
  changeShare: CatalogCommands['changeShare'] = (shareId, change) =>
    this.#narrowing(this.#sharing.changeShare(shareId, change));
  rescanShare: CatalogCommands['rescanShare'] = (shareId) => this.#sharing.rescanShare(shareId);
  lockedShareHandles: CatalogCommands['lockedShareHandles'] = (shareId) => this.#sharing.lockedShareHandles(shareId);
  unlockShare: CatalogCommands['unlockShare'] = (shareId) => this.#sharing.unlockShare(shareId);
  reconnectShare: CatalogCommands['reconnectShare'] = (shareId, files, handles) =>
    this.#sharing.reconnectShare(shareId, files, handles);
  stopSharing: CatalogCommands['stopSharing'] = (shareId, path) =>
    this.#narrowing(this.#sharing.stopSharing(shareId, path));
  stopSharingAll: CatalogCommands['stopSharingAll'] = () => this.#narrowing(this.#sharing.stopSharingAll());
  forgetEndedShares: CatalogCommands['forgetEndedShares'] = (shareIds) => this.#sharing.forgetEndedShares(shareIds);
  servedDownloads: CatalogCommands['servedDownloads'] = () => this.#serving.downloads();
  download: CatalogCommands['download'] = (request) => this.#downloads.download(request);
  answerChange: CatalogCommands['answerChange'] = (transferId, answer) =>
    this.#downloads.answerChange(transferId, answer);

  async setServing(settings: ServingSettings): Promise<void> {
    await this.#narrowing(this.#serving.setSettings(settings));
    this.#holdings.changed({ isSoon: true });
  }

  async findHeld(contentIds: string[]): Promise<(HeldContent | null)[]> {
    return Promise.all(contentIds.map((contentId) => this.#findHeld(contentId)));
  }

  /** It holds also for whoever is being served. */
  async #narrowing(change: Promise<void>): Promise<void> {
    await change;
    await this.#serving.narrowed();
  }

  async #findHeld(contentId: string): Promise<HeldContent | null> {
    const kept = await this.#options.records.content(contentId);
    if (kept) return { type: 'received', transferId: kept.transferId, entryIndex: kept.entryIndex };
    const shared = await this.#sharing.files.find(contentId);
    return shared ? { type: 'shared', ...shared } : null;
  }
}
