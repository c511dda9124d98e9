// What the page may ask about sharing: begins, changes and ends shares, and has them all again after a reload. How they
// are walked and published it leaves to the board; what they are for whoever fetches from them, to shared-files.ts.
import { isCatalogName } from '@ferry/shared';
import type { CatalogCommands, ScanRules, ShareRequest, ShareSnapshot } from '../../adapters/catalog-contract.ts';
import type { OutgoingFile, SourceHandle } from '../../adapters/engine-contract.ts';
import type { CatalogDatabase, ShareRecord } from './catalog-database.ts';
import { type CatalogServer, TrpcCatalogServer } from './catalog-server.ts';
import { gone } from './entry-change.ts';
import { EntryChanges } from './entry-changes.ts';
import { EntryRecords } from './entry-records.ts';
import type { LiveShare } from './live-share.ts';
import { sessionFiles } from './open-share.ts';
import { OutboxRecords } from './outbox-records.ts';
import { notShared, shareOfFolder } from './same-source.ts';
import { type StartScanner, startScanWorker } from './scan-worker.ts';
import { ShareBoard } from './share-board.ts';
import { ShareRecords } from './share-records.ts';
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
>;

export interface SharingOptions {
  userId: string;
  deviceId: string;
  database: CatalogDatabase;
  /** The shares look different now. */
  touch: () => void;
  server?: CatalogServer;
  startScanner?: StartScanner;
}

export class Sharing implements SharingCommands {
  /** What is shared, for serving it. */
  readonly files: SharedFiles;
  readonly #shares: ShareRecords;
  readonly #entries: EntryRecords;
  readonly #changes: EntryChanges;
  readonly #board: ShareBoard;

  constructor(options: SharingOptions) {
    const { userId, deviceId, database, touch } = options;
    const { server = new TrpcCatalogServer(), startScanner = startScanWorker } = options;
    this.#shares = new ShareRecords(database);
    this.#entries = new EntryRecords(database);
    this.#changes = new EntryChanges(database);
    const own = { shares: this.#shares, entries: this.#entries, outbox: new OutboxRecords(database) };
    this.#board = new ShareBoard({ userId, deviceId, server, ...own, startScanner, touch });
    this.files = new SharedFiles({
      ownUserId: userId,
      entries: this.#entries,
      changes: this.#changes,
      share: (shareId) => this.#board.get(shareId)?.record,
      open: (shareId) => this.#board.open(shareId),
      changed: (shareId, path) => this.#board.touched(shareId, [path]),
      verified: (shareId) => this.#board.hashed(shareId),
    });
  }

  /** Everything that was shared when this browser was last here. */
  async restore(): Promise<void> {
    for (const record of await this.#shares.all()) await this.#board.look(await this.#board.add(record));
    this.#board.publishing.compare();
    void this.#shares.deleteOrphans().then(() => this.#entries.pruneHashes());
  }

  snapshots(): ShareSnapshot[] {
    return this.#board.snapshots();
  }

  /** Whether transfers move: hashing must not take anything from them. */
  setBusy(isBusy: boolean): void {
    this.#board.setBusy(isBusy);
  }

  /** The server was out of reach, and may have forgotten what it was told. */
  serverReturned(): void {
    this.#board.publishing.compare();
  }

  /** @throws Error `path-invalid` for a name that cannot be listed, `nothing-to-share` */
  async share(request: ShareRequest): Promise<string> {
    const { kind, audience, rules } = request;
    const { handles, known } = await this.#fresh(request);
    if (known && handles.length === 0) {
      // Shared once more as a whole, all of it is meant.
      await this.#change(known, { audience, rules, excludedPaths: [] });
      return known.record.shareId;
    }
    const files = request.handles.length > 0 ? undefined : sessionFiles(kind, request.files);
    if (handles.length === 0 && !files?.size) throw new Error('nothing-to-share');
    const title = known ? handles[0]!.name : request.title;
    if (!isCatalogName(title)) throw new Error('path-invalid');
    const record = newShare({ title, kind, audience, rules, handles });
    await this.#shares.add(record);
    const share = await this.#board.add(record);
    share.files = files;
    this.#board.apply(share, { type: 'opened' });
    this.#board.publishing.retry();
    this.#board.publishing.wake(record.shareId, 0);
    return record.shareId;
  }

  async changeShare(shareId: string, change: Pick<Partial<ShareRecord>, 'audience' | 'rules'>): Promise<void> {
    const share = this.#board.get(shareId);
    if (share) await this.#change(share, change);
  }

  async rescanShare(shareId: string): Promise<void> {
    const share = this.#board.get(shareId);
    if (!share) return;
    await this.#board.look(share);
    this.#board.publishing.retry();
  }

  async lockedShareHandles(shareId: string): Promise<FileSystemHandle[]> {
    const handles = this.#board.get(shareId)?.record.handles ?? [];
    const states = await Promise.all(handles.map(({ handle }) => handle.queryPermission({ mode: 'read' })));
    return handles.flatMap(({ handle }, index) => (states[index] === 'granted' ? [] : [handle]));
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
    if (path !== '') await this.#exclude(share, path);
    if (path === '' || (share.record.kind === 'files' && share.tally.fileCount === 0)) await this.#board.remove(share);
  }

  async stopSharingAll(): Promise<void> {
    for (const share of this.#board.all()) await this.#board.remove(share);
  }

  async #exclude(share: LiveShare, path: string): Promise<void> {
    const { shareId, excludedPaths, handles, kind } = share.record;
    const others = excludedPaths.filter((excluded) => excluded !== path && !excluded.startsWith(`${path}/`));
    await this.#board.change(shareId, {
      excludedPaths: [...others, path],
      // A file that was chosen is simply not chosen any more.
      ...(kind === 'files' && { handles: handles.filter(({ name }) => name !== path) }),
    });
    this.#board.apply(share, { type: 'changed' });
    const below = await this.#entries.page(shareId, { under: path });
    await this.#changes.make(
      shareId,
      new Map([path, ...below.map((entry) => entry.path)].map((gonePath) => [gonePath, gone])),
    );
    await this.#board.counted(shareId);
    this.#board.publishing.wake(shareId, 0);
  }

  async #change(share: LiveShare, change: Partial<ShareRecord>): Promise<void> {
    const { shareId } = share.record;
    await this.#board.change(shareId, { ...change, ...(change.audience && { isPut: false }) });
    if (change.rules) this.#board.apply(share, { type: 'changed' });
    this.#board.publishing.retry();
    this.#board.publishing.wake(shareId, 0);
  }

  /** Of what is to be shared that which is not yet, and the share that the rest is in. */
  async #fresh({ kind, handles }: ShareRequest): Promise<{ handles: SourceHandle[]; known?: LiveShare | undefined }> {
    const records = this.#board.all().map(({ record }) => record);
    const [folder] = handles;
    if (!folder) return { handles: [] };
    if (kind === 'files') {
      const { fresh, known } = await notShared(records, handles);
      return { handles: fresh, known: known && this.#board.get(known.shareId) };
    }
    const known = await shareOfFolder(records, folder.handle);
    return known ? { handles: [], known: this.#board.get(known.shareId) } : { handles: [folder] };
  }
}

function newShare(
  about: Pick<ShareRecord, 'title' | 'kind' | 'audience' | 'handles'> & { rules: ScanRules },
): ShareRecord {
  return {
    shareId: crypto.randomUUID(),
    ...about,
    excludedPaths: [],
    createdAt: Date.now(),
    revision: null,
    isPut: false,
    scannedAt: null,
    skippedCount: 0,
  };
}
