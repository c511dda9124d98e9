// The shares that are there while the engine runs: carries out what their state machines say, listens to the worker that
// scans, and has the server told. Knows no commands of the page.
import type { ShareSnapshot } from '../../adapters/catalog-contract.ts';
import { accessTo } from '../source-files.ts';
import type { ShareRecord } from './catalog-database.ts';
import type { CatalogServer } from './catalog-server.ts';
import type { EntryRecords } from './entry-records.ts';
import { LiveShare } from './live-share.ts';
import type { OpenShare } from './open-share.ts';
import type { OutboxRecords } from './outbox-records.ts';
import type { ScanFunctions, ScanListener, WalkOutcome } from './scan-rpc.ts';
import type { StartScanner } from './scan-worker.ts';
import { type PublishingEvent, SharePublishing } from './share-publishing.ts';
import type { ShareRecords } from './share-records.ts';
import { type ShareEvent, transition } from './share-state.ts';

/** The first files are seen soon; those that follow within this time go along. */
const LISTED_WAIT_MS = 300;
/** Content ids are in no hurry. */
const HASHED_WAIT_MS = 3000;

export interface ShareBoardOptions {
  userId: string;
  deviceId: string;
  server: CatalogServer;
  shares: ShareRecords;
  entries: EntryRecords;
  outbox: OutboxRecords;
  startScanner: StartScanner;
  /** Something may look different. */
  touch: () => void;
}

export class ShareBoard implements ScanListener {
  readonly publishing: SharePublishing;
  readonly #options: ShareBoardOptions;
  readonly #scanner: Omit<ScanFunctions, 'open'>;
  readonly #shares = new Map<string, LiveShare>();
  /** Whose sums are being read, and whether they are to be read again. */
  readonly #counting = new Map<string, { again: boolean }>();
  #isTellingSources = false;

  constructor(options: ShareBoardOptions) {
    const { userId, deviceId, server, shares, entries, outbox, startScanner } = options;
    this.#options = options;
    this.#scanner = startScanner(userId, this);
    this.publishing = new SharePublishing({
      deviceId,
      server,
      entries,
      outbox,
      share: (shareId) => this.#shares.get(shareId)?.record,
      shareIds: () => [...this.#shares.keys()],
      listedCount: async (shareId) => {
        const { fileCount, untoldCount } = await shares.tally(shareId);
        return fileCount - untoldCount;
      },
      change: (shareId, change) => this.change(shareId, change),
      tell: (shareId, event) => this.#published(shareId, event),
    });
  }

  all(): LiveShare[] {
    return [...this.#shares.values()];
  }

  get(shareId: string): LiveShare | undefined {
    return this.#shares.get(shareId);
  }

  snapshots(): ShareSnapshot[] {
    return this.all().map((share) => share.snapshot(this.publishing.countAnew(share.record.shareId)));
  }

  async add(record: ShareRecord): Promise<LiveShare> {
    const share = new LiveShare(record);
    this.#shares.set(record.shareId, share);
    await this.#count(record.shareId);
    return share;
  }

  /** It is shared no more, at once; the server is told as soon as it can be. */
  async remove(share: LiveShare): Promise<void> {
    const { shareId } = share.record;
    this.apply(share, { type: 'stopped' });
    this.#shares.delete(shareId);
    this.#tellSources();
    this.#options.touch();
    await this.#options.shares.delete(shareId);
    this.publishing.forget(shareId);
  }

  /** Remembers it. */
  async change(shareId: string, change: Partial<ShareRecord>): Promise<void> {
    const share = this.#shares.get(shareId);
    if (!share) return;
    share.record = { ...share.record, ...change };
    this.#options.touch();
    await this.#options.shares.change(shareId, change);
  }

  apply(share: LiveShare, event: ShareEvent): void {
    const [state, effects] = transition(share.state, event);
    share.state = state;
    for (const effect of effects) {
      if (effect === 'walk') this.#walk(share, null);
      else this.#scanner.cancelWalk(share.record.shareId);
    }
    this.#tellSources();
    this.#options.touch();
  }

  /** Whether its files can be opened now; if so, they are looked for. */
  async look(share: LiveShare): Promise<void> {
    const isOpen = await this.#access(share);
    if (isOpen) this.apply(share, { type: 'opened' });
  }

  /** For reading; undefined when the browser does not let now. */
  async open(shareId: string): Promise<OpenShare | undefined> {
    const share = this.#shares.get(shareId);
    return share && (await this.#access(share)) ? share.open() : undefined;
  }

  /** Looks at these places again, without a word about it; null: everywhere. */
  touched(shareId: string, paths: string[] | null): void {
    const share = this.#shares.get(shareId);
    if (share?.state.files !== 'open') return;
    if (paths === null || !share.hasHandles) this.apply(share, { type: 'opened' });
    else this.#walk(share, paths);
  }

  /** Transfers move: hashing waits. */
  setBusy(isBusy: boolean): void {
    this.#scanner.setBusy(isBusy);
  }

  listed(shareId: string): void {
    void this.#count(shareId);
    this.publishing.wake(shareId, LISTED_WAIT_MS);
  }

  hashed(shareId: string): void {
    void this.#count(shareId);
    this.publishing.wake(shareId, HASHED_WAIT_MS);
  }

  walked(shareId: string, outcome: WalkOutcome, isWhole: boolean): void {
    const share = this.#shares.get(shareId);
    if (!share) return;
    if (isWhole) this.apply(share, { type: 'walked', outcome: outcome.status });
    else if (outcome.status === 'locked') this.apply(share, { type: 'locked' });
    if (!isWhole || outcome.status !== 'done') return;
    void this.change(shareId, { scannedAt: Date.now(), skippedCount: outcome.skippedCount });
    this.publishing.wake(shareId, 0);
  }

  async sessionFile(shareId: string, path: string): Promise<File | null> {
    return this.#shares.get(shareId)?.files?.get(path) ?? null;
  }

  async #access(share: LiveShare): Promise<boolean> {
    if (share.files) return true;
    // Denied, too, may be changed by the user, and is asked for in the same way.
    const access = share.hasHandles ? await accessTo(share.record.handles).catch(() => 'denied' as const) : undefined;
    if (access !== 'granted') this.apply(share, { type: access ? 'locked' : 'disconnected' });
    return access === 'granted';
  }

  #walk(share: LiveShare, paths: string[] | null): void {
    const { shareId, kind, handles, rules, excludedPaths } = share.record;
    this.#scanner.walk({ shareId, kind, handles, files: share.foundFiles(), rules, excludedPaths, paths });
  }

  #published(shareId: string, event: PublishingEvent): void {
    const share = this.#shares.get(shareId);
    if (!share) return;
    const outcome = ({ reached: 'reached', 'server-away': 'away', full: 'full' } as const)[event];
    if (share.state.server !== outcome) this.apply(share, { type: 'server', outcome });
    if (event === 'reached') void this.#count(shareId);
  }

  /** Its sums, read again. */
  async counted(shareId: string): Promise<void> {
    await this.#count(shareId);
  }

  /** Reads the sums; once for all that changes meanwhile. */
  async #count(shareId: string): Promise<void> {
    const counting = this.#counting.get(shareId);
    if (counting) {
      counting.again = true;
      return;
    }
    const mine = { again: true };
    this.#counting.set(shareId, mine);
    while (mine.again) {
      mine.again = false;
      const tally = await this.#options.shares.tally(shareId);
      const share = this.#shares.get(shareId);
      if (share) share.tally = tally;
    }
    this.#counting.delete(shareId);
    this.#options.touch();
  }

  /** Once for all that changes in one task. */
  #tellSources(): void {
    if (this.#isTellingSources) return;
    this.#isTellingSources = true;
    queueMicrotask(() => {
      this.#isTellingSources = false;
      const open = this.all().filter(({ state }) => state.files === 'open');
      this.#scanner.setSources(
        open.map(({ record: { shareId, kind, handles }, files }) => ({
          shareId,
          kind,
          handles: files ? null : handles,
        })),
      );
    });
  }
}
