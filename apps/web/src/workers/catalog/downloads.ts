// Everything that is fetched from the catalog: remembered before anything is asked, accepted as soon as its owner has told
// what it is, and going on by itself whenever somebody who has it is there. Knows no grants and no links.
import type { GrantAnswer, GrantRequest } from '@ferry/shared';
import {
  type AcceptedTransfer,
  type Clock,
  type Exchange,
  isEnded,
  type Manifest,
  type Receiver,
  TransferError,
} from '@ferry/webrtc-core';
import type { DownloadRequest } from '../../adapters/catalog-contract.ts';
import type { BundleRecord } from '../bundle-record.ts';
import type { BundleRecords } from '../bundle-records.ts';
import type { PeopleDirectory } from '../people-directory.ts';
import type { ReceivedBundles } from '../received-bundles.ts';
import type { Receiving } from '../receiving.ts';
import type { ReceiveRow } from '../transfer-row.ts';
import type { TransferTable } from '../transfer-table.ts';
import { changedProblem, entriesOf, isOtherContent, withoutFiles } from './changed-files.ts';
import { Download } from './download.ts';
import type { CatalogOrigin, PendingDownload } from './download-record.ts';

export interface DownloadsOptions {
  deviceId: string;
  exchange: Exchange;
  table: TransferTable;
  people: PeopleDirectory;
  records: BundleRecords;
  received: ReceivedBundles;
  receiving: Pick<Receiving, 'accept' | 'retry'>;
  grant: (request: GrantRequest) => Promise<GrantAnswer>;
  clock: Clock;
  /** In [0, 1). */
  random: () => number;
  touch: () => void;
}

export class Downloads {
  readonly #options: DownloadsOptions;
  readonly #downloads = new Map<string, Download>();
  /** Of which nothing is accepted yet. */
  readonly #pending = new Map<string, PendingDownload>();
  /** Asked for a moment ago, by place. */
  readonly #beginning = new Map<string, Promise<string>>();
  #online: ReadonlySet<string> = new Set();

  constructor(options: DownloadsOptions) {
    this.#options = options;
  }

  /** Those that had no manifest yet when this browser was last here; the others are restored with what they hold. */
  async restore(): Promise<void> {
    const { records, received } = this.#options;
    for (const record of await records.downloads()) {
      if (received.get(record.transferId)) await records.deleteDownload(record.transferId);
      else await this.#begin(record);
    }
  }

  async download(request: DownloadRequest): Promise<string> {
    const { shareId, path } = request.place;
    const key = `${shareId} ${path}`;
    const beginning = this.#beginning.get(key) ?? this.#find(request).finally(() => this.#beginning.delete(key));
    this.#beginning.set(key, beginning);
    return beginning;
  }

  /** Goes on with what was accepted in an earlier life of this program. */
  async fetchAgain(record: BundleRecord, accepted: AcceptedTransfer): Promise<Receiver> {
    const { transferId, summary, peer, catalog, leftOut } = record;
    return this.#fetch({ transferId, summary, peer, catalog: catalog! }, { ...accepted, givenUp: leftOut });
  }

  /** Of a download that is being accepted; undefined for what somebody sent. */
  originOf(transferId: string): { catalog: CatalogOrigin; isPaused: boolean } | undefined {
    const download = this.#downloads.get(transferId);
    return download && { catalog: download.catalog, isPaused: this.#pending.get(transferId)?.isPaused ?? false };
  }

  /** Keeps what is remembered true, and says why a download waits. */
  changed(receiver: Receiver): void {
    const { transfer: transferId, state } = receiver;
    const download = this.#downloads.get(transferId);
    if (!download) return;
    if (this.#options.received.get(transferId) || state.status === 'cancelled') void this.#forgetPending(transferId);
    download.receiverChanged();
    this.#explain(receiver);
    if (state.status === 'done' || state.status === 'cancelled') this.#downloads.delete(transferId);
  }

  peopleChanged(online: ReadonlySet<string>): void {
    const came = new Set([...online].filter((deviceId) => !this.#online.has(deviceId)));
    this.#online = online;
    if (came.size > 0) for (const download of this.#downloads.values()) download.cameOnline(came);
  }

  /** Its place in the queue is another one, or the user paused it. */
  async remember(transferId: string, change: { isPaused?: boolean; order?: number }): Promise<void> {
    const pending = this.#pending.get(transferId);
    if (!pending) return;
    Object.assign(pending, change);
    await this.#options.records.putDownload(pending);
  }

  /** The user took it out of the list, after it had ended. */
  async dismissed(transferId: string): Promise<void> {
    this.#downloads.get(transferId)?.stop();
    this.#downloads.delete(transferId);
    await this.#forgetPending(transferId);
  }

  /** See {@link CatalogCommands.answerChange}. */
  async answerChange(transferId: string, answer: 'fetch-new' | 'leave-out'): Promise<void> {
    const { table, received } = this.#options;
    const row = table.receiving(transferId);
    const download = this.#downloads.get(transferId);
    const lost = row?.transfer.lostEntries ?? [];
    if (!row || !download || !row.transfer.chosen || lost.length === 0) return;
    const anew = withoutFiles(row, download.catalog, lost);
    row.problem = undefined;
    if (answer === 'fetch-new') await this.#add(anew);
    if (lost.length === row.transfer.chosen.entries.length) return this.#remove(row);
    await received.change(transferId, { leftOut: [...row.transfer.givenUp, ...lost] });
    row.transfer.giveUp(lost);
    this.#options.touch();
  }

  async #find(request: DownloadRequest): Promise<string> {
    const { place, title, fileCount, totalBytes, owner, contentId } = request;
    const known = this.#rowAt(place.shareId, place.path);
    if (known?.transfer.state.status === 'failed') await this.#options.receiving.retry(known.transferId);
    if (known) return known.transferId;
    return this.#add({
      peer: owner,
      summary: { title, itemCount: 1, entryCount: fileCount, totalBytes },
      catalog: { place, contentId, onlyPaths: null, sources: [] },
    });
  }

  #rowAt(shareId: string, path: string): ReceiveRow | undefined {
    for (const { transferId, catalog } of this.#downloads.values()) {
      const isSame = catalog.place.shareId === shareId && catalog.place.path === path && catalog.onlyPaths === null;
      const row = isSame ? this.#options.table.receiving(transferId) : undefined;
      if (row && (!isEnded(row.transfer.state) || row.transfer.state.status === 'failed')) return row;
    }
    return undefined;
  }

  async #add(about: Pick<PendingDownload, 'peer' | 'summary' | 'catalog'>): Promise<string> {
    const { records, table } = this.#options;
    const transferId = crypto.randomUUID();
    const record = { ...about, transferId, createdAt: Date.now(), order: table.nextOrder(), isPaused: false };
    await records.putDownload(record);
    await this.#begin(record);
    return transferId;
  }

  async #begin(record: PendingDownload): Promise<void> {
    const { table, touch } = this.#options;
    const { transferId, peer, createdAt, order } = record;
    this.#pending.set(transferId, record);
    const transfer = await this.#fetch(record);
    table.add<ReceiveRow>({ transfer, direction: 'receive', peer, createdAt, order, origin: 'catalog' });
    transfer.events.on('ready', (manifest) => void this.#ready(transferId, manifest));
    touch();
  }

  async #fetch(
    record: Pick<PendingDownload, 'transferId' | 'summary' | 'peer' | 'catalog'>,
    accepted?: AcceptedTransfer,
  ): Promise<Receiver> {
    const { transferId: transfer, summary, peer, catalog } = record;
    const { exchange, people, clock, random, deviceId, grant } = this.#options;
    const download = new Download({
      transferId: transfer,
      ownerId: peer.userId,
      catalog,
      exchange,
      people,
      clock,
      random,
      ask: () => grant({ deviceId, ...catalog.place }),
      changed: () => void this.#rememberSources(transfer, catalog),
      gone: () => this.#gone(transfer),
    });
    this.#downloads.get(transfer)?.stop();
    this.#downloads.set(transfer, download);
    const sources = download.knownSources;
    const receiver = await exchange.fetch({ transfer, summary, sources, ...(accepted && { accepted }) });
    download.start(receiver);
    return receiver;
  }

  /** Its owner has told what it is: nobody need be asked any more. */
  async #ready(transferId: string, manifest: Manifest): Promise<void> {
    const row = this.#options.table.receiving(transferId);
    const download = this.#downloads.get(transferId);
    if (!row || !download || isEnded(row.transfer.state)) return;
    const { catalog } = download;
    // Somebody else than its owner told something else than what was asked for: then its owner's word is waited for.
    if (download.hasOtherOrigins && isOtherContent(manifest, catalog.contentId)) {
      const { peer, transfer } = row;
      await this.#add({ peer, summary: transfer.summary, catalog: { ...catalog, contentId: null, sources: [] } });
      return this.#remove(row);
    }
    const chosen = catalog.onlyPaths ? entriesOf(manifest, catalog.onlyPaths) : [...manifest.entries.keys()];
    if (chosen.length === 0) return this.#gone(transferId);
    const isPaused = this.#pending.get(transferId)?.isPaused ?? false;
    // Without room it waits for the user, who can make some, or choose a folder.
    await this.#options.receiving.accept(row, chosen).catch(() => {});
    if (isPaused) row.transfer.pause();
  }

  #gone(transferId: string): void {
    const row = this.#options.table.receiving(transferId);
    if (!row || isEnded(row.transfer.state)) return;
    row.problem = { code: 'not-shared' };
    row.transfer.fail(TransferError.noSources());
    this.#options.touch();
  }

  /** Only what is this one's to say: what the user must do about room and folders comes first. */
  #explain(receiver: Receiver): void {
    const row = this.#options.table.receiving(receiver.transfer);
    if (!row) return;
    const { status } = receiver.state;
    const code = row.problem?.code;
    const isMine =
      code === 'files-changed' || code === 'owner-unreadable' || (code === 'not-shared' && status !== 'failed');
    if (code === undefined || isMine) row.problem = isEnded(receiver.state) ? undefined : changedProblem(receiver);
  }

  async #rememberSources(transferId: string, catalog: CatalogOrigin): Promise<void> {
    const { records, received } = this.#options;
    const pending = this.#pending.get(transferId);
    if (pending) await records.putDownload(pending);
    else await received.change(transferId, { catalog: { ...catalog } });
  }

  async #forgetPending(transferId: string): Promise<void> {
    if (this.#pending.delete(transferId)) await this.#options.records.deleteDownload(transferId);
  }

  /** As if it had never been: something else has taken its place. */
  #remove(row: ReceiveRow): void {
    const { table, exchange, touch } = this.#options;
    row.transfer.cancel();
    table.delete(row.transferId);
    exchange.forget(row.transferId);
    touch();
  }
}
