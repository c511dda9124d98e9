// The question to the catalog that the address asks. The address is the only place it is kept: reloading, going back
// and links all ask the same.
import { useDebounceFn } from '@vueuse/core';
import { computed, ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { CatalogQuestion } from '../model/catalog/catalog-question.ts';
import { addressQueryOf, questionFrom } from '../model/catalog/question-address.ts';

const SEARCH_PATH = '/catalog';
/** Shorter than a pause between words, longer than one between letters. */
const TYPING_MS = 150;

export function useCatalogQuestion() {
  const route = useRoute();
  const router = useRouter();
  const isSearching = computed(() => route.path === SEARCH_PATH);
  const question = computed(() => questionFrom(isSearching.value ? route.query : {}));

  /** One step back leads to before it. */
  function ask(next: CatalogQuestion): void {
    void router.push({ path: SEARCH_PATH, query: addressQueryOf(next) });
  }

  /** What stands in the field; ahead of the address while somebody types. */
  const typed = ref(question.value.text);
  let isAhead = false;
  watch(question, ({ text }) => {
    if (!isAhead) typed.value = text;
  });

  const settle = useDebounceFn(() => {
    isAhead = false;
    const next = { ...question.value, text: typed.value };
    if (next.text === question.value.text && isSearching.value) return;
    // Letters are no steps to go back through; leaving another page is.
    const to = { path: SEARCH_PATH, query: addressQueryOf(next) };
    void (isSearching.value ? router.replace(to) : router.push(to));
  }, TYPING_MS);

  function type(text: string): void {
    typed.value = text;
    isAhead = true;
    void settle();
  }

  return { question, isSearching, typed, type, ask };
}
