// The worker that walks and hashes, as the shares use it: is told what to look for and where files can be opened, and
// tells what was found. Knows no server; how a share is, it leaves to the board.
import type { ShareRecord } from './catalog-database.ts';
import type { LiveShare } from './live-share.ts';
import type { ScanFunctions, ScanListener, WalkOutcome } from './scan-rpc.ts';
import type { StartScanner } from './scan-worker.ts';
import type { ShareEvent } from './share-state.ts';

/** The first files are seen soon; those that follow within this time go along. */
const LISTED_WAIT_MS = 300;
/** Content ids are in no hurry. */
const HASHED_WAIT_MS = 3000;

export interface ShareScanningOptions {
  userId: string;
  startScanner: StartScanner;
  share: (shareId: string) => LiveShare | undefined;
  shares: () => LiveShare[];
  apply: (share: LiveShare, event: ShareEvent) => void;
  /** Remembers it. */
  change: (shareId: string, change: Partial<ShareRecord>) => Promise<void>;
  /** Files of it are different. */
  count: (shareId: string) => Promise<void>;
  /** The server is to be told, after this time at the latest. */
  publish: (shareId: string, delayMs: number) => void;
}

export class ShareScanning implements ScanListener {
  readonly #options: ShareScanningOptions;
  readonly #scanner: Omit<ScanFunctions, 'open'>;
  #isTellingSources = false;

  constructor(options: ShareScanningOptions) {
    this.#options = options;
    this.#scanner = options.startScanner(options.userId, this);
  }

  /** @param paths null: everywhere */
  walk(share: LiveShare, paths: string[] | null): void {
    const { shareId, kind, handles, rules, excludedPaths } = share.record;
    this.#scanner.walk({ shareId, kind, handles, files: share.foundFiles(), rules, excludedPaths, paths });
  }

  cancelWalk(shareId: string): void {
    this.#scanner.cancelWalk(shareId);
  }

  /** Transfers move: hashing waits. */
  setBusy(isBusy: boolean): void {
    this.#scanner.setBusy(isBusy);
  }

  /** Which files can be opened is different: once for all that changes in one task. */
  tellSources(): void {
    if (this.#isTellingSources) return;
    this.#isTellingSources = true;
    queueMicrotask(() => {
      this.#isTellingSources = false;
      const open = this.#options.shares().filter(({ state }) => state.files === 'open');
      this.#scanner.setSources(
        open.map(({ record: { shareId, kind, handles }, files }) => ({
          shareId,
          kind,
          handles: files ? null : handles,
        })),
      );
    });
  }

  /** Looks at these places again, without a word about it; null: everywhere. */
  touched(shareId: string, paths: string[] | null): void {
    const share = this.#options.share(shareId);
    if (share?.state.files !== 'open') return;
    if (paths === null || !share.hasHandles) this.#options.apply(share, { type: 'opened' });
    else this.walk(share, paths);
  }

  listed(shareId: string): void {
    void this.#options.count(shareId);
    this.#options.publish(shareId, LISTED_WAIT_MS);
  }

  hashed(shareId: string): void {
    void this.#options.count(shareId);
    this.#options.publish(shareId, HASHED_WAIT_MS);
  }

  walked(shareId: string, outcome: WalkOutcome, isWhole: boolean): void {
    const { share: find, apply, change, publish } = this.#options;
    const share = find(shareId);
    if (!share) return;
    if (isWhole) apply(share, { type: 'walked', outcome: outcome.status });
    else if (outcome.status === 'locked') apply(share, { type: 'locked' });
    if (!isWhole || outcome.status !== 'done') return;
    void change(shareId, { scannedAt: Date.now(), skippedCount: outcome.skippedCount });
    publish(shareId, 0);
  }

  async sessionFile(shareId: string, path: string): Promise<File | null> {
    return this.#options.share(shareId)?.files?.get(path) ?? null;
  }
}
