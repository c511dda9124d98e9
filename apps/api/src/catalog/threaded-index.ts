// The catalog's index in a file of its own, on threads of its own: neither searching nor publishing holds up the server,
// nor each other. Knows no tables.
import type {
  CatalogDetails,
  CatalogOwner,
  CatalogPlace,
  CatalogShare,
  ChildrenPage,
  ChildrenRequest,
  Holding,
  Publish,
  PutShare,
  Republish,
  SearchPage,
  SearchRequest,
  ShareState,
} from '@ferry/shared';
import type {
  CatalogCensus,
  CatalogDevice,
  CatalogIndex,
  FetchablePlace,
  NewMatches,
  OwnerName,
  OwnListedShare,
  Viewer,
} from './catalog-index.ts';
import type { ChangeReach } from './change-reach.ts';
import { CatalogThreads } from './threads/catalog-threads.ts';
import { ChangeNotices } from './threads/change-notices.ts';

/** What nobody wrote to since it was made. */
const NOTHING: CatalogCensus = { shareCount: 0, fileCount: 0, ownerIds: [] };

export class ThreadedIndex implements CatalogIndex {
  readonly #threads: CatalogThreads;
  readonly #notices = new ChangeNotices();

  /** See {@link CatalogThreads}. */
  constructor(dataDir: string, say: (sentence: string) => void = console.log) {
    this.#threads = new CatalogThreads(dataDir, (reach) => this.#notices.changed(reach), say);
  }

  putShare(owner: CatalogDevice, share: Omit<PutShare, 'deviceId'>): Promise<ShareState> {
    return this.#threads.write('putShare', owner, share);
  }

  removeShare(owner: CatalogDevice, shareId: string): Promise<void> {
    return this.#threads.write('removeShare', owner, shareId);
  }

  publish(owner: CatalogDevice, page: Omit<Publish, 'deviceId'>): Promise<ShareState> {
    return this.#threads.write('publish', owner, page);
  }

  republish(owner: CatalogDevice, step: Omit<Republish, 'deviceId'>): Promise<ShareState> {
    return this.#threads.write('republish', owner, step);
  }

  setHoldings(holder: CatalogDevice, holdings: readonly Holding[]): Promise<void> {
    return this.#threads.write('setHoldings', holder, holdings);
  }

  setHiddenOwners(userIds: readonly string[]): Promise<void> {
    return this.#threads.setHiddenOwners(userIds);
  }

  search(viewer: Viewer, request: SearchRequest, owners: readonly OwnerName[]): Promise<SearchPage> {
    return this.#threads.read('search', viewer, request, owners);
  }

  newMatches(
    viewer: Viewer,
    request: Pick<SearchRequest, 'query' | 'filters'>,
    sinceEntry: number | null,
    owners: readonly OwnerName[],
  ): Promise<NewMatches> {
    return this.#threads.read('newMatches', viewer, request, sinceEntry, owners);
  }

  owners(viewer: Viewer): Promise<CatalogOwner[]> {
    return this.#threads.read('owners', viewer);
  }

  sharesOf(viewer: Viewer, userId: string): Promise<CatalogShare[]> {
    return this.#threads.read('sharesOf', viewer, userId);
  }

  sharesOfDevice(owner: CatalogDevice): Promise<ShareState[]> {
    return this.#threads.read('sharesOfDevice', owner);
  }

  ownListing(userId: string): Promise<OwnListedShare[]> {
    return this.#threads.read('ownListing', userId);
  }

  children(viewer: Viewer, request: ChildrenRequest): Promise<ChildrenPage> {
    return this.#threads.read('children', viewer, request);
  }

  details(viewer: Viewer, place: CatalogPlace): Promise<CatalogDetails> {
    return this.#threads.read('details', viewer, place);
  }

  fetchable(viewer: Viewer, place: CatalogPlace): Promise<FetchablePlace> {
    return this.#threads.read('fetchable', viewer, place);
  }

  async census(): Promise<CatalogCensus> {
    return this.#threads.isEmpty ? NOTHING : this.#threads.read('census');
  }

  watch(listener: (reach: ChangeReach) => void, ended: AbortSignal): void {
    this.#notices.watch(listener, ended);
  }

  async close(): Promise<void> {
    this.#notices.close();
    await this.#threads.close();
  }
}
