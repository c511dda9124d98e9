// Copies a text, and shows it to be copied by hand where the browser does not let a page do that.
import { useTimeoutFn } from '@vueuse/core';
import { ref } from 'vue';

const SAID_MS = 4000;

export function useCopying() {
  const isCopied = ref(false);
  /** The text that could not be copied. */
  const shown = ref<string | null>(null);
  const { start: forgetSoon } = useTimeoutFn(
    () => {
      isCopied.value = false;
    },
    SAID_MS,
    { immediate: false },
  );

  /** From a click: browsers ask for one. */
  async function copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      shown.value = null;
      isCopied.value = true;
      forgetSoon();
    } catch {
      shown.value = text;
    }
  }

  return { copy, isCopied, shown };
}
