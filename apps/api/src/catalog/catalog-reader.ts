// Everything that is asked of the catalog, on a connection that only reads. Each answer is of one moment, whatever is
// published meanwhile. Knows no threads.
import type { CatalogPlace, ChildrenRequest, SearchRequest } from '@ferry/shared';
import type Sqlite from 'better-sqlite3';
import { Children } from './browsing/children.ts';
import { details } from './browsing/details.ts';
import { Fetchable } from './browsing/fetchable.ts';
import { Holders } from './browsing/holders.ts';
import { OwnListing } from './browsing/own-listing.ts';
import { Owners } from './browsing/owners.ts';
import { Places } from './browsing/places.ts';
import type { CatalogDevice, OwnerName, Viewer } from './catalog-index.ts';
import { CatalogSearch } from './search/catalog-search.ts';
import { Sources } from './sources.ts';

export class CatalogReader {
  readonly #transaction: Sqlite.Transaction<(read: () => unknown) => unknown>;
  readonly #places: Places;
  readonly #sources: Sources;
  readonly #holders: Holders;
  readonly #children: Children;
  readonly #fetchable: Fetchable;
  readonly #owners: Owners;
  readonly #ownListing: OwnListing;
  readonly #search: CatalogSearch;

  /** @param sqlite is closed by whoever opened it */
  constructor(sqlite: Sqlite.Database) {
    this.#transaction = sqlite.transaction((read) => read());
    this.#places = new Places(sqlite);
    this.#sources = new Sources(sqlite);
    this.#holders = new Holders(sqlite);
    this.#children = new Children(sqlite, this.#places, this.#sources);
    const using = { places: this.#places, sources: this.#sources, holders: this.#holders };
    this.#fetchable = new Fetchable(sqlite, using);
    this.#owners = new Owners(sqlite);
    this.#ownListing = new OwnListing(sqlite);
    this.#search = new CatalogSearch(sqlite, this.#sources);
  }

  search(viewer: Viewer, request: SearchRequest, owners: readonly OwnerName[]) {
    return this.#read(() => this.#search.search(viewer, request, owners));
  }

  newMatches(
    viewer: Viewer,
    request: Pick<SearchRequest, 'query' | 'filters'>,
    sinceEntry: number | null,
    owners: readonly OwnerName[],
  ) {
    return this.#read(() => this.#search.newMatches(viewer, request, sinceEntry, owners));
  }

  owners(viewer: Viewer) {
    return this.#read(() => this.#owners.visible(viewer));
  }

  sharesOf(viewer: Viewer, userId: string) {
    return this.#read(() => this.#owners.shares(viewer, userId));
  }

  sharesOfDevice(owner: CatalogDevice) {
    return this.#read(() => this.#owners.ofDevice(owner));
  }

  ownListing(userId: string) {
    return this.#read(() => this.#ownListing.of(userId));
  }

  census() {
    return this.#read(() => this.#owners.census());
  }

  children(viewer: Viewer, request: ChildrenRequest) {
    return this.#read(() => this.#children.page(viewer, request));
  }

  details(viewer: Viewer, place: CatalogPlace) {
    const using = { places: this.#places, sources: this.#sources, holders: this.#holders };
    return this.#read(() => details(using, viewer, place));
  }

  fetchable(viewer: Viewer, place: CatalogPlace) {
    return this.#read(() => this.#fetchable.at(viewer, place));
  }

  #read<Answer>(read: () => Answer): Answer {
    return this.#transaction.deferred(read) as Answer;
  }
}
