// The worker that scans, put together: walks one share after the other, hashes when there is no walk, watches folders.
// Knows the engine's worker only as somebody to tell.
import { openCatalogDatabase } from './catalog-database.ts';
import { EntryChanges } from './entry-changes.ts';
import { EntryRecords } from './entry-records.ts';
import { FolderWatch } from './folder-watch.ts';
import { Hashing } from './hashing.ts';
import { type OpenShare, shareOfHandles } from './open-share.ts';
import type { HashSource, ScanFunctions, ScanListener, WalkRequest } from './scan-rpc.ts';
import { ShareRecords } from './share-records.ts';
import { ShareWalk } from './share-walk.ts';

interface Walk {
  request: WalkRequest;
  stopping: AbortController;
}

export class Scanner implements ScanFunctions {
  readonly #listener: ScanListener;
  readonly #watch: FolderWatch;
  readonly #walks: Walk[] = [];
  #records!: { shares: ShareRecords; entries: EntryRecords; changes: EntryChanges };
  #hashing!: Hashing;
  #isWalking = false;
  #opened: Promise<void> | undefined;

  constructor(listener: ScanListener) {
    this.#listener = listener;
    this.#watch = new FolderWatch((shareId, paths) => listener.touched(shareId, paths));
  }

  open(userId: string): void {
    this.#opened = this.#open(userId);
  }

  walk(request: WalkRequest): void {
    this.#walks.push({ request, stopping: new AbortController() });
    if (!this.#isWalking) void this.#walkAll();
  }

  cancelWalk(shareId: string): void {
    for (const { request, stopping } of this.#walks) if (request.shareId === shareId) stopping.abort();
  }

  setSources(sources: HashSource[]): void {
    this.#watch.set(sources);
    void this.#opened?.then(() =>
      this.#hashing.setSources(new Map(sources.map((source) => [source.shareId, this.#openShare(source)]))),
    );
  }

  setBusy(isBusy: boolean): void {
    void this.#opened?.then(() => (isBusy ? this.#hashing.hold('transfers') : this.#hashing.release('transfers')));
  }

  async #open(userId: string): Promise<void> {
    const database = await openCatalogDatabase(userId);
    const entries = new EntryRecords(database);
    const changes = new EntryChanges(database);
    this.#records = { shares: new ShareRecords(database), entries, changes };
    this.#hashing = new Hashing({
      entries,
      changes,
      hashed: (shareId) => this.#listener.hashed(shareId),
      differs: (shareId, path) => this.#listener.touched(shareId, [path]),
    });
  }

  async #walkAll(): Promise<void> {
    this.#isWalking = true;
    await this.#opened;
    // Both want the disk, and what is found can be seen sooner than what is hashed.
    this.#hashing.hold('walk');
    for (let walk = this.#walks[0]; walk; walk = this.#walks[0]) {
      const { request, stopping } = walk;
      const { shareId } = request;
      const changed = () => this.#listener.listed(shareId);
      const outcome = await new ShareWalk(request, { ...this.#records, signal: stopping.signal, changed }).run();
      this.#walks.shift();
      this.#listener.walked(shareId, outcome, request.paths === null);
    }
    this.#isWalking = false;
    this.#hashing.release('walk');
    this.#hashing.wake();
  }

  #openShare({ shareId, kind, handles }: HashSource): OpenShare {
    if (handles) return shareOfHandles(kind, handles);
    return {
      file: async (path) => {
        const file = await this.#listener.sessionFile(shareId, path);
        if (!file) throw new DOMException(path, 'NotFoundError');
        return file;
      },
    };
  }
}
