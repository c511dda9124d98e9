// Selecting everything there is, also what is not loaded yet: that is asked for, up to a bound, and what is selected of
// how much is said in words. Knows no rows and no keys; whatever else is selected meanwhile has the last word.
import type { CatalogEntry } from '@ferry/shared';
import { computed, onUnmounted, ref, watch } from 'vue';
import { catalogWords } from '../i18n/catalog-words.ts';
import { useAnnouncer } from '../stores/announcer.ts';
import { useFormat } from './useFormat.ts';
import { useLaterWords } from './useLaterWords.ts';

/** Each is a download of its own: more than that is no choice any more. */
const MOST_SELECTED = 1000;

interface SelectAllOptions {
  /** Of those that are loaded, the first ones, up to so many. */
  loaded(most: number): readonly CatalogEntry[];
  /** The first ones of all, up to so many; rejects when they cannot be asked for, or are not wanted any more. */
  load(most: number, signal: AbortSignal): Promise<readonly CatalogEntry[]>;
  /** All there are; null where nobody knows. */
  totalCount(): number | null;
  select(entries: readonly CatalogEntry[]): void;
  /** What is selected, in whatever way it came about; another object with every change. */
  selectedKeys(): ReadonlySet<string>;
  isFolder: boolean;
}

export function useSelectAll(options: SelectAllOptions) {
  const { t } = useLaterWords(catalogWords);
  const { number } = useFormat();
  const announcer = useAnnouncer();
  /** Null while what is selected is just what was chosen, or everything. */
  const state = ref<'asking' | 'first' | 'loaded' | null>(null);
  let asking = new AbortController();
  let isOwn = false;

  const note = computed(() => {
    const total = options.totalCount();
    const named = { count: number(options.selectedKeys().size), total: number(total ?? 0) };
    if (state.value === null) return null;
    if (state.value !== 'first') return t(`catalog.selection.${state.value}`);
    if (total === null) return t('catalog.selection.firstOfMore', named);
    return t(options.isFolder ? 'catalog.selection.firstOfFolder' : 'catalog.selection.first', named);
  });

  // Something else was selected, or nothing any more.
  watch(options.selectedKeys, () => isOwn || stop(), { flush: 'sync' });
  onUnmounted(stop);

  function stop(): void {
    asking.abort();
    state.value = null;
  }
  function select(entries: readonly CatalogEntry[]): void {
    isOwn = true;
    options.select(entries);
    isOwn = false;
  }

  async function selectAll(): Promise<void> {
    stop();
    asking = new AbortController();
    const { signal } = asking;
    select(options.loaded(MOST_SELECTED));
    state.value = 'asking';
    try {
      const entries = await options.load(MOST_SELECTED, signal);
      if (signal.aborted) return;
      select(entries);
      const total = options.totalCount();
      state.value = total !== null && entries.length >= total ? null : 'first';
    } catch {
      if (signal.aborted) return;
      state.value = 'loaded';
    }
    const count = t('catalog.selection.announce', {}, options.selectedKeys().size);
    announcer.say(note.value === null ? count : `${count} ${note.value}`);
  }

  return { selectAll, note };
}
