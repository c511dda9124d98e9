// The catalog's questions over tRPC. Loads with the desk, not with the first visit; knows no pages.
import type { CatalogEvent } from '@ferry/shared';
import type { CatalogServer } from '../services.ts';
import { patiently, until } from './patient-question.ts';
import { asked, type TrpcServer } from './server.ts';
import { SharedWatch } from './shared-watch.ts';

export class TrpcCatalog implements CatalogServer {
  readonly #server: TrpcServer;
  readonly #watch: SharedWatch<CatalogEvent>;

  constructor(server: TrpcServer, userId: string) {
    this.#server = server;
    this.#watch = new SharedWatch<CatalogEvent>({
      name: `ferry-catalog-watch-${userId}`,
      missed: { type: 'changed' },
      subscribe(subscriber) {
        const subscription = server.live.api.catalog.watch.subscribe(undefined, subscriber);
        return () => subscription.unsubscribe();
      },
    });
  }

  search: CatalogServer['search'] = (request, signal) =>
    patiently(() => this.#api.search.query(request, until(signal)), signal);
  owners: CatalogServer['owners'] = (signal) =>
    patiently(() => this.#api.owners.query(undefined, until(signal)), signal);
  sharesOf: CatalogServer['sharesOf'] = (userId, signal) =>
    patiently(() => this.#api.sharesOf.query({ userId }, until(signal)), signal);
  children: CatalogServer['children'] = (request, signal) =>
    patiently(() => this.#api.children.query(request, until(signal)), signal);
  details: CatalogServer['details'] = (place, signal) =>
    patiently(() => this.#api.details.query(place, until(signal)), signal);

  savedSearches: CatalogServer['savedSearches'] = (signal) =>
    patiently(() => this.#api.saved.list.query(undefined, until(signal)), signal);
  saveSearch: CatalogServer['saveSearch'] = (search) => asked(this.#api.saved.save.mutate(search));
  removeSavedSearch: CatalogServer['removeSavedSearch'] = (savedSearchId) =>
    asked(this.#api.saved.remove.mutate({ savedSearchId }));
  savedSearchOpened: CatalogServer['savedSearchOpened'] = (savedSearchId) =>
    asked(this.#api.saved.opened.mutate({ savedSearchId }));

  watch: CatalogServer['watch'] = (listener, options) => this.#watch.watch(listener, options);

  /** Signed out: another tab of the same account would hold the subscription from now on. */
  close(): void {
    this.#watch.close();
  }

  get #api() {
    return this.#server.http.catalog;
  }
}
