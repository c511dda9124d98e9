// Which contents are in this browser already, asked of the engine for what is in sight and remembered until it says
// that there may be others.
import type { ContentId } from '@ferry/shared';
import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import type { HeldContent } from '../adapters/catalog-contract.ts';
import { useSession } from './session.ts';
import { useTransfers } from './transfers.ts';

/** Scrolling asks for many, one after the other. */
const TOGETHER_MS = 60;

export const useCatalogHeld = defineStore('catalog-held', () => {
  const session = useSession();
  const transfers = useTransfers();
  const known = shallowRef<ReadonlyMap<ContentId, HeldContent | null>>(new Map());
  let wanted: readonly ContentId[] = [];
  let isAsking = false;
  let knownAt = 0;

  watch(
    () => transfers.receivedRevision,
    () => ask(wanted).catch(() => {}),
  );

  /** These contents are in sight now. */
  function look(contentIds: readonly ContentId[]): void {
    wanted = contentIds;
    if (isAsking || !contentIds.some((contentId) => !known.value.has(contentId))) return;
    isAsking = true;
    setTimeout(async () => {
      const missing = wanted.filter((contentId) => !known.value.has(contentId));
      // Without an answer nothing is marked as held, which only costs a download.
      const isAnswered = await ask(missing).then(
        () => true,
        () => false,
      );
      isAsking = false;
      if (isAnswered) look(wanted);
    }, TOGETHER_MS);
  }

  async function ask(contentIds: readonly ContentId[]): Promise<void> {
    if (contentIds.length === 0) return;
    const revision = transfers.receivedRevision;
    const found = await session.desk().engine.catalog.findHeld([...contentIds]);
    // What was known of an earlier state of things is not kept beside what is new.
    const next = new Map(revision === knownAt ? known.value : []);
    contentIds.forEach((contentId, index) => {
      next.set(contentId, found[index] ?? null);
    });
    knownAt = revision;
    known.value = next;
  }

  function of(contentId: ContentId | null): HeldContent | null {
    return contentId === null ? null : (known.value.get(contentId) ?? null);
  }

  return { known, look, of };
});
