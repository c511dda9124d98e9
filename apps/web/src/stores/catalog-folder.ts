// The folder that is being looked at, of which only the pages around what is in sight are loaded and kept: a folder of
// a hundred thousand files costs as much as one of a hundred. Knows no addresses and no rows.
import { type CatalogEntry, type CatalogOrder, type CatalogPlace, type CatalogShare, LIMITS } from '@ferry/shared';
import { defineStore } from 'pinia';
import { ref, shallowRef, triggerRef } from 'vue';
import { pagesOf, pagesToForget } from '../model/catalog/page-window.ts';
import type { RowWindow } from '../model/catalog/row-window.ts';
import { unchangedEntries } from '../model/catalog/unchanged-entries.ts';
import { ServerRefusal } from '../services.ts';
import { useSession } from './session.ts';

const PAGE_SIZE = LIMITS.catalogPageResults;
const MOST_PAGES_KEPT = 60;
/** At most so many questions at once: of what a flung scroll bar passes, most is never looked at. */
const MOST_ASKED = 2;

export interface FolderView extends CatalogPlace {
  order: CatalogOrder;
  isDescending: boolean;
}

export const useCatalogFolder = defineStore('catalog-folder', () => {
  const session = useSession();
  const view = shallowRef<FolderView | null>(null);
  const share = shallowRef<CatalogShare | null>(null);
  /** Null until the first answer. */
  const total = ref<number | null>(null);
  const refusal = shallowRef<ServerRefusal | null>(null);
  const pages = shallowRef(new Map<number, readonly CatalogEntry[]>());
  /** Changes with the entries. */
  const revision = ref(0);
  const asked = new Map<number, AbortController>();
  let wanted: RowWindow = { first: 0, end: 1 };
  /** Pages of before a change: shown until they have been asked for again. */
  let outdated = new Set<number>();

  function open(next: FolderView): void {
    for (const page of asked.keys()) abandon(page);
    const isElsewhere = next.shareId !== view.value?.shareId || next.path !== view.value.path;
    view.value = next;
    refusal.value = null;
    if (isElsewhere) total.value = null;
    if (next.shareId !== share.value?.shareId) share.value = null;
    pages.value = new Map();
    outdated = new Set();
    look({ first: 0, end: 1 });
  }

  function entryAt(index: number): CatalogEntry | undefined {
    return pages.value.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE];
  }

  /** These rows are in sight now: what of them is missing is asked for, and what is passed by is not waited for. */
  function look(rows: RowWindow): void {
    wanted = rows;
    // Until the first page is here, nobody knows how many rows there are to be seen.
    const needed = total.value === null ? [0] : pagesOf(rows, PAGE_SIZE);
    for (const page of asked.keys()) if (!needed.includes(page)) abandon(page);
    for (const page of needed) {
      const isHere = pages.value.has(page) && !outdated.has(page);
      if (isHere || asked.has(page) || asked.size >= MOST_ASKED) continue;
      void ask(page);
    }
  }

  /** Something changed: what is in sight is asked for again, the rest when it is looked at. */
  function refresh(): void {
    if (view.value === null) return;
    outdated = new Set(pages.value.keys());
    look(wanted);
  }

  /** The first entries, up to so many. Those that have to be asked for are not kept: nobody looks at them. */
  async function first(count: number, signal: AbortSignal): Promise<CatalogEntry[]> {
    const entries: CatalogEntry[] = [];
    for (let page = 0; entries.length < count; page++) {
      const known = outdated.has(page) ? undefined : pages.value.get(page);
      const found = known ?? (await askPage(page, signal)).entries;
      entries.push(...found);
      if (found.length < PAGE_SIZE) break;
    }
    return entries.slice(0, count);
  }

  function askPage(page: number, signal: AbortSignal) {
    const { shareId, path, order, isDescending } = view.value!;
    const request = { shareId, path, order, isDescending, offset: page * PAGE_SIZE, limit: PAGE_SIZE };
    return session.desk().catalog.children(request, signal);
  }

  async function ask(page: number): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    asked.set(page, controller);
    try {
      const answer = await askPage(page, signal);
      if (signal.aborted) return;
      take(page, answer.entries);
      share.value = answer.share;
      total.value = answer.total;
      refusal.value = null;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ServerRefusal)) throw error;
      refusal.value = error;
    } finally {
      if (asked.get(page) === controller) asked.delete(page);
    }
    if (!refusal.value && !signal.aborted) look(wanted);
  }

  function take(page: number, entries: readonly CatalogEntry[]): void {
    pages.value.set(page, unchangedEntries(pages.value.get(page) ?? [], entries));
    outdated.delete(page);
    for (const far of pagesToForget(pages.value.keys(), page, MOST_PAGES_KEPT)) pages.value.delete(far);
    triggerRef(pages);
    revision.value++;
  }

  function abandon(page: number): void {
    asked.get(page)?.abort();
    asked.delete(page);
  }

  return { view, share, total, refusal, revision, open, entryAt, look, refresh, first };
});
