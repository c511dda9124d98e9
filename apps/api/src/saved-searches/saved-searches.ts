// Searches that people keep: the rules of keeping them, and finding out what new matches them. Knows nobody who watches.
import { type CatalogEvent, LIMITS, type SavedSearch, type SaveSearch } from '@ferry/shared';
import { ownersNamedIn } from '../accounts/owner-names.ts';
import type { CatalogIndex, NewMatches } from '../catalog/catalog-index.ts';
import type { Database } from '../db/client.ts';
import {
  advanceSavedSearch,
  countSavedSearches,
  deleteSavedSearch,
  findSavedSearch,
  putSavedSearch,
  resetNewCount,
  type SavedSearchRow,
  savedSearchesOf,
} from '../db/queries/saved-searches.ts';
import type { PresenceHub } from '../presence/hub.ts';
import { refusal } from '../trpc/error.ts';
import { advanced } from './advanced.ts';

export type NewMatchesEvent = Extract<CatalogEvent, { type: 'new-matches' }>;

interface Dependencies {
  db: Database;
  catalog: Pick<CatalogIndex, 'newMatches'>;
  hub: Pick<PresenceHub, 'onlineDeviceIds'>;
}

export class SavedSearches {
  readonly #db: Database;
  readonly #catalog: Dependencies['catalog'];
  readonly #hub: Dependencies['hub'];

  constructor({ db, catalog, hub }: Dependencies) {
    this.#db = db;
    this.#catalog = catalog;
    this.#hub = hub;
  }

  list(userId: string): SavedSearch[] {
    return savedSearchesOf(this.#db, userId).map(shown);
  }

  /**
   * Keeps it, or changes the one of this id. What is in the catalog by now is not new to who searched for it.
   *
   * @throws `too-many`
   */
  async save(userId: string, wanted: SaveSearch): Promise<SavedSearch> {
    this.#checkRoom(userId, wanted.savedSearchId);
    const { lastEntry: sinceEntry } = await this.#ask(userId, wanted, null);
    const known = this.#checkRoom(userId, wanted.savedSearchId);
    const { savedSearchId, query, filters = null } = wanted;
    const createdAt = known?.createdAt ?? Date.now();
    const row = { userId, savedSearchId, query, filters, createdAt, sinceEntry, newCount: 0 };
    putSavedSearch(this.#db, row);
    return shown(row);
  }

  /** One that is not there is no error. */
  remove(userId: string, savedSearchId: string): void {
    deleteSavedSearch(this.#db, userId, savedSearchId);
  }

  /** Its person has seen what there is. */
  opened(userId: string, savedSearchId: string): void {
    resetNewCount(this.#db, userId, savedSearchId);
  }

  /** Looks what is new to this person since the last look, one search after the other, and remembers having looked. */
  async look(userId: string, ended: AbortSignal): Promise<NewMatchesEvent[]> {
    const looked: { row: SavedSearchRow; matches: NewMatches }[] = [];
    for (const row of savedSearchesOf(this.#db, userId)) {
      if (ended.aborted) return [];
      looked.push({ row, matches: await this.#ask(userId, row, row.sinceEntry) });
    }
    // One commit for all of them: each is a write to the disk that everybody waits for.
    return this.#db.transaction(() => looked.flatMap(({ row, matches }) => this.#remember(row, matches)));
  }

  #remember(read: SavedSearchRow, matches: NewMatches): NewMatchesEvent[] {
    if (read.sinceEntry === matches.lastEntry) return [];
    const row = findSavedSearch(this.#db, read.userId, read.savedSearchId);
    const next = advanced({ ...read, newCount: row?.newCount ?? 0 }, matches);
    if (!advanceSavedSearch(this.#db, read, next) || next.found === 0) return [];
    const { savedSearchId, query } = read;
    return [{ type: 'new-matches', savedSearchId, query, newCount: next.newCount, firstName: matches.firstName ?? '' }];
  }

  #ask(
    userId: string,
    { query, filters }: Pick<SavedSearchRow, 'query'> & { filters?: SavedSearchRow['filters'] | undefined },
    sinceEntry: number | null,
  ): Promise<NewMatches> {
    const viewer = { userId, onlineDeviceIds: this.#hub.onlineDeviceIds() };
    const owners = ownersNamedIn(this.#db, query);
    return this.#catalog.newMatches(viewer, filters ? { query, filters } : { query }, sinceEntry, owners);
  }

  #checkRoom(userId: string, savedSearchId: string): SavedSearchRow | undefined {
    const known = findSavedSearch(this.#db, userId, savedSearchId);
    if (!known && countSavedSearches(this.#db, userId) >= LIMITS.catalogSavedSearches) throw refusal('too-many');
    return known;
  }
}

function shown({ savedSearchId, query, filters, createdAt, newCount }: SavedSearchRow): SavedSearch {
  return { savedSearchId, query, ...(filters ? { filters } : {}), createdAt, newCount };
}
