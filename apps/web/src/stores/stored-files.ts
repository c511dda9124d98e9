// What is stored, page by page, as far as it has been scrolled to. What was there before stays in sight until the next
// answer is here, and an answer that was overtaken is never shown.
import type { StoredFile } from '@ferry/shared';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { ServerRefusal } from '../services.ts';
import { useSession } from './session.ts';

/** More is loaded again as it is scrolled to. */
const MOST_PAGES_REFRESHED = 10;

export const useStoredFiles = defineStore('stored-files', () => {
  const session = useSession();
  const files = shallowRef<readonly StoredFile[]>([]);
  /** Null until the first answer. */
  const totalCount = ref<number | null>(null);
  /** What the files are an answer to. */
  const query = ref('');
  const refusal = shallowRef<ServerRefusal | null>(null);
  const cursor = ref<string | null>(null);
  const hasMore = computed(() => cursor.value !== null);
  const isAsking = ref(false);
  let asking = new AbortController();

  async function ask(wanted: string): Promise<void> {
    await overtaking(async (signal) => {
      const pages = await askPages(wanted, 1, signal);
      query.value = wanted;
      take(pages);
    });
  }

  /** The same anew, down to where it was scrolled to. */
  async function refresh(): Promise<void> {
    if (totalCount.value === null && isAsking.value) return;
    const shownCount = files.value.length;
    await overtaking(async (signal) => take(await askPages(query.value, shownCount, signal)));
  }

  async function more(): Promise<void> {
    if (cursor.value === null || isAsking.value) return;
    await overtaking(async (signal) => {
      const page = await session.desk().store.list({ query: query.value, cursor: cursor.value ?? '' }, signal);
      signal.throwIfAborted();
      const known = new Set(files.value.map(({ versionId }) => versionId));
      const added = page.files.filter(({ versionId }) => !known.has(versionId));
      take({ ...page, files: [...files.value, ...added] });
    });
  }

  async function askPages(wanted: string, atLeast: number, signal: AbortSignal) {
    const { store } = session.desk();
    let page = await store.list({ query: wanted }, signal);
    const found = [...page.files];
    for (let pages = 1; pages < MOST_PAGES_REFRESHED && found.length < atLeast && page.cursor !== null; pages++) {
      page = await store.list({ query: wanted, cursor: page.cursor }, signal);
      found.push(...page.files);
    }
    signal.throwIfAborted();
    return { ...page, files: found };
  }

  function take(page: { files: readonly StoredFile[]; totalCount: number; cursor: string | null }): void {
    files.value = page.files;
    totalCount.value = page.totalCount;
    cursor.value = page.cursor;
  }

  async function overtaking(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    isAsking.value = true;
    try {
      await work(signal);
      refusal.value = null;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ServerRefusal)) throw error;
      refusal.value = error;
    } finally {
      if (!signal.aborted) isAsking.value = false;
    }
  }

  return { files, totalCount, query, hasMore, isAsking, refusal, ask, refresh, more };
});
