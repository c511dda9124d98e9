// The catalog's index in a file of its own, on two threads: neither searching nor publishing holds up the server, nor
// each other. Knows no tables.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  CatalogDetails,
  CatalogOwner,
  CatalogPlace,
  CatalogShare,
  ChildrenPage,
  ChildrenRequest,
  Publish,
  PutShare,
  Republish,
  SearchPage,
  SearchRequest,
  ShareState,
} from '@ferry/shared';
import { catalogFile } from '../db/data-folder.ts';
import { prepareCatalog } from './catalog-file.ts';
import type {
  CatalogCensus,
  CatalogDevice,
  CatalogIndex,
  FetchablePlace,
  NewMatches,
  OwnerName,
  Viewer,
} from './catalog-index.ts';
import type { CatalogReader } from './catalog-reader.ts';
import type { CatalogWriter } from './catalog-writer.ts';
import { ChangeNotices } from './threads/change-notices.ts';
import { ThreadPair } from './threads/thread-pair.ts';

type WriteMethod = Exclude<keyof CatalogWriter, 'close'>;

/** What nobody wrote to since it was made. */
const NOTHING: CatalogCensus = { shareCount: 0, fileCount: 0, ownerIds: [] };

export class ThreadedIndex implements CatalogIndex {
  readonly #pair: ThreadPair;
  readonly #notices = new ChangeNotices();
  readonly #temporaryFolder: string | undefined;
  /** Then there is no need to start a thread for what everybody asks every few seconds. */
  #isEmpty: boolean;
  /** To be told with the first thing that is written. */
  #hidden: readonly string[] = [];

  /**
   * @param dataDir a folder that is there; `:memory:` keeps nothing after the end
   * @param say is told in a sentence what happened to the file or the threads
   * @throws DatabaseError
   */
  constructor(dataDir: string, say: (sentence: string) => void = console.log) {
    if (dataDir === ':memory:') this.#temporaryFolder = mkdtempSync(join(tmpdir(), 'ferry-catalog-'));
    const file = catalogFile(this.#temporaryFolder ?? dataDir);
    this.#isEmpty = prepareCatalog(file, say);
    const events = {
      changed: () => this.#notices.changed(),
      madeAnew: () => {
        this.#isEmpty = true;
        this.#notices.changed();
      },
    };
    this.#pair = new ThreadPair(file, events, say);
  }

  putShare(owner: CatalogDevice, share: Omit<PutShare, 'deviceId'>): Promise<ShareState> {
    return this.#write('putShare', owner, share);
  }

  removeShare(owner: CatalogDevice, shareId: string): Promise<void> {
    return this.#write('removeShare', owner, shareId);
  }

  publish(owner: CatalogDevice, page: Omit<Publish, 'deviceId'>): Promise<ShareState> {
    return this.#write('publish', owner, page);
  }

  republish(owner: CatalogDevice, step: Omit<Republish, 'deviceId'>): Promise<ShareState> {
    return this.#write('republish', owner, step);
  }

  setHoldings(holder: CatalogDevice, contentIds: readonly string[]): Promise<void> {
    return this.#write('setHoldings', holder, contentIds);
  }

  async setHiddenOwners(userIds: readonly string[]): Promise<void> {
    this.#hidden = userIds;
    if (!this.#isEmpty) await this.#write('setHiddenOwners', userIds);
  }

  search(viewer: Viewer, request: SearchRequest, owners: readonly OwnerName[]): Promise<SearchPage> {
    return this.#read('search', viewer, request, owners);
  }

  newMatches(
    viewer: Viewer,
    request: Pick<SearchRequest, 'query' | 'filters'>,
    sinceEntry: number | null,
    owners: readonly OwnerName[],
  ): Promise<NewMatches> {
    return this.#read('newMatches', viewer, request, sinceEntry, owners);
  }

  owners(viewer: Viewer): Promise<CatalogOwner[]> {
    return this.#read('owners', viewer);
  }

  sharesOf(viewer: Viewer, userId: string): Promise<CatalogShare[]> {
    return this.#read('sharesOf', viewer, userId);
  }

  sharesOfDevice(owner: CatalogDevice): Promise<ShareState[]> {
    return this.#read('sharesOfDevice', owner);
  }

  children(viewer: Viewer, request: ChildrenRequest): Promise<ChildrenPage> {
    return this.#read('children', viewer, request);
  }

  details(viewer: Viewer, place: CatalogPlace): Promise<CatalogDetails> {
    return this.#read('details', viewer, place);
  }

  fetchable(viewer: Viewer, place: CatalogPlace): Promise<FetchablePlace> {
    return this.#read('fetchable', viewer, place);
  }

  async census(): Promise<CatalogCensus> {
    return this.#isEmpty ? NOTHING : this.#read('census');
  }

  watch(listener: () => void, ended: AbortSignal): void {
    this.#notices.watch(listener, ended);
  }

  async close(): Promise<void> {
    this.#notices.close();
    await this.#pair.close();
    if (this.#temporaryFolder) rmSync(this.#temporaryFolder, { recursive: true, force: true });
  }

  #write<Method extends WriteMethod>(
    method: Method,
    ...parameters: Parameters<CatalogWriter[Method]>
  ): ReturnType<CatalogWriter[Method]> {
    if (this.#isEmpty) {
      this.#isEmpty = false;
      // It has its turn before what is written now. Should the thread die of it, the file is looked at again.
      this.#pair.call('write', 'setHiddenOwners', [this.#hidden]).catch(() => {});
    }
    return this.#pair.call('write', method, parameters) as ReturnType<CatalogWriter[Method]>;
  }

  #read<Method extends keyof CatalogReader>(
    method: Method,
    ...parameters: Parameters<CatalogReader[Method]>
  ): Promise<ReturnType<CatalogReader[Method]>> {
    return this.#pair.call('read', method, parameters) as Promise<ReturnType<CatalogReader[Method]>>;
  }
}
