// What the page may ask about sharing: begins, changes and ends shares, and has them all again after a reload. How they
// are walked and published it leaves to the board; what they are for whoever fetches from them, to shared-files.ts.
import type { CatalogCommands, EndedShare, ShareRequest, ShareSnapshot } from '../../adapters/catalog-contract.ts';
import type { OutgoingFile, SourceHandle } from '../../adapters/engine-contract.ts';
import type { CatalogDatabase, ShareRecord } from './catalog-database.ts';
import { type CatalogServer, TrpcCatalogServer } from './catalog-server.ts';
import { EntryChanges } from './entry-changes.ts';
import { EntryRecords } from './entry-records.ts';
import { sessionFiles } from './open-share.ts';
import { OutboxRecords } from './outbox-records.ts';
import { type StartScanner, startScanWorker } from './scan-worker.ts';
import { lockedHandles } from './share-access.ts';
import { ShareBoard } from './share-board.ts';
import { changeShare } from './share-change.ts';
import { ShareEndings } from './share-endings.ts';
import { exclude } from './share-exclusion.ts';
import { ShareRecords } from './share-records.ts';
import { ShareStart } from './share-start.ts';
import { SharedFiles } from './shared-files.ts';

type SharingCommands = Pick<
  CatalogCommands,
  | 'share'
  | 'changeShare'
  | 'rescanShare'
  | 'lockedShareHandles'
  | 'unlockShare'
  | 'reconnectShare'
  | 'stopSharing'
  | 'stopSharingAll'
  | 'forgetEndedShares'
>;

export interface SharingOptions {
  userId: string;
  deviceId: string;
  database: CatalogDatabase;
  /** The shares look different now. */
  touch: () => void;
  /** Less is shared than before, from another device: it holds also for whoever is being served. */
  narrowed?: () => void;
  server?: CatalogServer;
  startScanner?: StartScanner;
}

export class Sharing implements SharingCommands {
  /** What is shared, for serving it. */
  readonly files: SharedFiles;
  readonly #shares: ShareRecords;
  readonly #endings: ShareEndings;
  readonly #entries: EntryRecords;
  readonly #changes: EntryChanges;
  readonly #board: ShareBoard;
  readonly #start: ShareStart;
  readonly #touch: () => void;

  constructor(options: SharingOptions) {
    const { userId, deviceId, database, touch, narrowed = () => {} } = options;
    const { server = new TrpcCatalogServer(), startScanner = startScanWorker } = options;
    this.#touch = touch;
    this.#shares = new ShareRecords(database);
    this.#endings = new ShareEndings(database);
    this.#entries = new EntryRecords(database);
    this.#changes = new EntryChanges(database);
    const own = { shares: this.#shares, entries: this.#entries, outbox: new OutboxRecords(database) };
    const ended = (share: EndedShare) => {
      this.#endings.added(share);
      narrowed();
    };
    this.#board = new ShareBoard({ userId, deviceId, server, ...own, startScanner, touch, ended });
    this.#start = new ShareStart({ shares: this.#shares, board: this.#board });
    this.files = new SharedFiles({
      ownUserId: userId,
      entries: this.#entries,
      share: (shareId) => this.#board.get(shareId)?.record,
      open: (shareId) => this.#board.open(shareId),
      changed: (shareId, path) => this.#board.scanning.touched(shareId, [path]),
    });
  }

  /** Everything that was shared when this browser was last here. */
  async restore(): Promise<void> {
    await this.#endings.restore();
    for (const record of await this.#shares.all()) await this.#board.look(await this.#board.add(record));
    this.#board.publishing.compare();
    void this.#shares.deleteOrphans().then(() => this.#entries.pruneHashes());
  }

  snapshots(): ShareSnapshot[] {
    return this.#board.snapshots();
  }

  endedShares(): EndedShare[] {
    return this.#endings.shares;
  }

  /** Whether transfers move: hashing must not take anything from them. */
  setBusy(isBusy: boolean): void {
    this.#board.scanning.setBusy(isBusy);
  }

  /** The server was out of reach, and may have forgotten what it was told; or another device has told it something. */
  compare(): void {
    this.#board.publishing.compare();
  }

  share(request: ShareRequest): Promise<string> {
    return this.#start.start(request);
  }

  async changeShare(shareId: string, change: Pick<Partial<ShareRecord>, 'audience' | 'rules'>): Promise<void> {
    const share = this.#board.get(shareId);
    if (share) await changeShare(this.#board, share, change);
  }

  async rescanShare(shareId: string): Promise<void> {
    const share = this.#board.get(shareId);
    if (!share) return;
    await this.#board.look(share);
    this.#board.publishing.retry();
  }

  async lockedShareHandles(shareId: string): Promise<FileSystemHandle[]> {
    return lockedHandles(this.#board.get(shareId)?.record.handles ?? []);
  }

  async unlockShare(shareId: string): Promise<void> {
    await this.rescanShare(shareId);
  }

  async reconnectShare(shareId: string, files: OutgoingFile[], handles: SourceHandle[]): Promise<void> {
    const share = this.#board.get(shareId);
    if (!share) return;
    await this.#board.change(shareId, { handles });
    share.files = handles.length > 0 ? undefined : sessionFiles(share.record.kind, files);
    await this.#board.look(share);
  }

  async stopSharing(shareId: string, path = ''): Promise<void> {
    const share = this.#board.get(shareId);
    if (!share) return;
    if (path !== '') await exclude({ board: this.#board, entries: this.#entries, changes: this.#changes }, share, path);
    if (path === '' || (share.record.kind === 'files' && share.tally.fileCount === 0)) await this.#board.remove(share);
  }

  async stopSharingAll(): Promise<void> {
    for (const share of this.#board.all()) await this.#board.remove(share);
  }

  async forgetEndedShares(shareIds: string[]): Promise<void> {
    await this.#endings.forget(shareIds);
    this.#touch();
  }
}
