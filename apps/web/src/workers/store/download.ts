// One download from the Store over time: opened as soon as the server tells enough of it, fetched in columns from whoever
// keeps them, opened anew when others have come to be known, and going on by itself. Knows no records and no rows.
import type { OpenedVersion as OpenAnswer } from '@ferry/shared';
import {
  type BundleSummary,
  type Clock,
  type Exchange,
  FerryError,
  isEnded,
  type Manifest,
  type Receiver,
  TransferError,
  totalBytes,
} from '@ferry/webrtc-core';
import type { Kernel } from '@ferry/webrtc-core/erasure';
import type { StoredOrigin } from '../bundle-record.ts';
import { Agenda } from '../catalog/agenda.ts';
import { cameOnlineMs, isWorthLooking, nextLookMs, restsWithoutSource } from '../catalog/download-lookout.ts';
import { laterMs } from '../catalog/refusal-wait.ts';
import type { PeopleDirectory } from '../people-directory.ts';
import { Refusal } from '../refusal.ts';
import type { DownloadFiles } from './download-files.ts';
import { hasOthers, lackingColumns, type OnlineColumns } from './download-holders.ts';
import { DownloadLeave } from './download-leave.ts';
import { DownloadReports } from './download-reports.ts';
import { fetchRequest, readVersion } from './download-request.ts';
import type { StoredRow } from './download-row.ts';
import type { DownloadServer } from './download-server.ts';
import { DownloadSources } from './download-sources.ts';
import { geometryOf, isGroupWhole, knownColumns, type OpenedVersion } from './opened-version.ts';

export interface StoreDownloadOptions {
  transferId: string;
  origin: StoredOrigin;
  summary: BundleSummary;
  files: DownloadFiles;
  /** Held when it was last looked. */
  heldBytes: number;
  deviceId: string;
  exchange: Exchange;
  people: PeopleDirectory;
  server: DownloadServer;
  kernel: () => Promise<Kernel>;
  clock: Clock;
  /** In [0, 1). */
  random: () => number;
  /** The user has paused it. */
  isPaused: () => boolean;
  /** Another receiver fetches it from now on. */
  replaced: (receiver: Receiver) => void;
  /** It does not exist any more, or not for this user. */
  gone: () => void;
  /** What it is kept in could not be opened; `store-full` waits for the user. */
  failed: (error: FerryError) => void;
  /** Something that is shown is different. */
  changed: () => void;
}

export class StoreDownload implements StoredRow {
  readonly files: DownloadFiles;
  /** As the server told before it was accepted. */
  lackBefore: OnlineColumns | undefined;
  readonly #options: StoreDownloadOptions;
  readonly #agenda: Agenda;
  readonly #leave: DownloadLeave;
  readonly #sources: DownloadSources;
  readonly #reports: DownloadReports;
  #receiver!: Receiver;
  #answer: OpenAnswer | undefined;
  #opened: OpenedVersion | undefined;
  #isOpening = false;
  #isRunning = false;
  /** The server is asked in a moment. */
  #isLookingSoon = false;

  private constructor(options: StoreDownloadOptions) {
    const { clock, server, deviceId } = options;
    const { versionId } = options.origin;
    this.#options = options;
    this.files = options.files;
    this.#agenda = new Agenda(clock);
    this.#leave = new DownloadLeave({
      ask: () => server.open({ deviceId, versionId }),
      nowMs: () => clock.now(),
      granted: (answer) => this.#granted(answer),
      failed: (error) => this.#failed(error),
    });
    const after = (delayMs: number, action: () => void) => void this.#agenda.after(delayMs, action);
    this.#sources = new DownloadSources({ ...options, leave: this.#leave, after });
    this.#reports = new DownloadReports({ deviceId, versionId, server });
  }

  /** Asks nobody anything before {@link goOn}. */
  static async make(options: StoreDownloadOptions): Promise<StoreDownload> {
    const download = new StoreDownload(options);
    download.#receiver = await download.#placeholder();
    return download;
  }

  get origin(): StoredOrigin {
    return this.#options.origin;
  }

  get versionId(): string {
    return this.origin.versionId;
  }

  get kind(): StoredRow['kind'] {
    return this.origin.kind;
  }

  get transferId(): string {
    return this.#options.transferId;
  }

  /** What fetches it now; before it is opened one that only stands for it. */
  get receiver(): Receiver {
    return this.#receiver;
  }

  get manifest(): Manifest {
    return this.files.manifest;
  }

  get chosen(): Manifest | undefined {
    return this.files.chosen;
  }

  get held(): StoredRow['held'] {
    return this.files.held;
  }

  get doneBytes(): number {
    return this.files.heldBytes ?? this.#options.heldBytes;
  }

  get waitsFor(): OnlineColumns | undefined {
    if (!this.#isRunning && this.#receiver.state.status === 'announced') return this.lackBefore;
    const answer = this.#answer;
    if (!answer || !this.#isRunning || !this.#rests) return undefined;
    const { people, deviceId } = this.#options;
    const told = new Set(answer.grants.filter(({ isOnline }) => isOnline).map((grant) => grant.deviceId));
    return lackingColumns({
      grants: answer.grants,
      geometry: geometryOf(answer),
      isOnline: (holder) => holder === deviceId || people.isOnline(holder) || told.has(holder),
      isWhole: (group) => isGroupWhole(this.#opened, this.#receiver.held, group),
    });
  }

  goOn(): void {
    if (this.#isRunning || isEnded(this.#receiver.state)) return;
    this.#isRunning = true;
    void this.#leave.refresh();
    this.#lookAroundLater();
  }

  stop(): void {
    this.#isRunning = false;
    this.#isLookingSoon = false;
    this.#agenda.clear();
    this.#sources.clear();
  }

  /** Something that its receiver shows is different. */
  receiverChanged(): void {
    if (isEnded(this.#receiver.state)) return this.stop();
    // What had failed is tried again.
    if (!this.#isRunning && this.chosen) return this.goOn();
    if (this.#isRunning) this.#sources.changed(this.#receiver);
  }

  /** These came or went. */
  presenceChanged(deviceIds: ReadonlySet<string>): void {
    if (this.#answer?.grants.some(({ deviceId }) => deviceIds.has(deviceId)) ?? true) this.lookSoon();
  }

  /** Something of it may be better now: the server is asked, if that is of use. */
  lookSoon(): void {
    if (!this.#isRunning || !this.#rests || this.#isLookingSoon) return;
    this.#isLookingSoon = true;
    this.#agenda.after(cameOnlineMs(this.#options.random()), () => {
      this.#isLookingSoon = false;
      void this.#leave.refresh();
    });
  }

  get #rests(): boolean {
    return restsWithoutSource(this.#receiver) || this.#receiver.isStarved;
  }

  #granted(answer: OpenAnswer): void {
    this.#answer = answer;
    if (!this.#isRunning) return;
    if (!this.#opened || this.#isOutgrown(answer)) void this.#open(answer);
    else this.#sources.granted(this.#receiver, answer.grants);
    this.#options.changed();
  }

  /** It rests, and there are columns that were not known when it was opened. */
  #isOutgrown({ grants }: OpenAnswer): boolean {
    if (!this.#opened || !this.#rests) return false;
    return hasOthers(grants, knownColumns(this.#opened));
  }

  #failed(error: unknown): void {
    if (!this.#isRunning) return;
    if (error instanceof Refusal && error.code === 'not-found') {
      this.stop();
      return this.#options.gone();
    }
    const retryAfterMs = error instanceof Refusal ? (error.retryAfterMs ?? 0) : 0;
    const waitMs = Math.max(retryAfterMs, laterMs(this.#options.random()));
    this.#agenda.after(waitMs, () => void this.#leave.refresh());
  }

  async #open(answer: OpenAnswer): Promise<void> {
    if (this.#isOpening) return;
    this.#isOpening = true;
    try {
      const opened = await readVersion(answer, this.#options);
      if (opened && this.#isRunning) await this.#fetch(opened, answer);
    } catch (error) {
      if (!(error instanceof FerryError)) return this.#failed(error);
      this.stop();
      this.#options.failed(error);
    } finally {
      this.#isOpening = false;
    }
  }

  async #fetch(opened: OpenedVersion | 'empty', { grants }: OpenAnswer): Promise<void> {
    const { transferId: transfer, summary, exchange, isPaused } = this.#options;
    if (this.#opened) await this.#putAside();
    const request = fetchRequest(opened, this.files, isPaused());
    const sources = this.#sources.of(grants);
    const before = this.#receiver;
    const receiver = await exchange.fetch({ ...request, transfer, summary, sources });
    this.#opened = opened === 'empty' ? undefined : opened;
    if (opened !== 'empty') this.#reports.listen(receiver, opened.bundle);
    this.#use(receiver);
    if (before.state.status === 'cancelled') receiver.cancel();
  }

  /** What is here stays; it goes on from there with other columns. */
  async #putAside(): Promise<void> {
    const before = this.#receiver;
    this.#opened = undefined;
    this.#use(await this.#placeholder());
    before.fail(TransferError.noSources());
    await this.files.closed;
  }

  #placeholder(): Promise<Receiver> {
    const { exchange, transferId: transfer, summary } = this.#options;
    return exchange.fetch({ transfer, summary, manifest: this.manifest, sources: [] });
  }

  #use(receiver: Receiver): void {
    this.#sources.clear();
    this.#receiver = receiver;
    this.#options.replaced(receiver);
  }

  #lookAroundLater(): void {
    this.#agenda.after(nextLookMs(this.#receiver, this.#options.random()), () => {
      if (isWorthLooking(this.#receiver) || this.#receiver.isStarved) void this.#leave.refresh();
      this.#lookAroundLater();
    });
  }
}

/** The name, size and time that a version is listed with, as a transfer has it. */
export function summaryOf(title: string, itemCount: number, manifest: Manifest): BundleSummary {
  return { title, itemCount, entryCount: manifest.entries.length, totalBytes: totalBytes(manifest) };
}
