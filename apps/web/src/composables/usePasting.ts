// Paste anywhere but in a text field: files, pictures and text are added to the composer.
import { useEventListener } from '@vueuse/core';
import { useRouter } from 'vue-router';
import { isNothing } from '../model/staging/brought.ts';
import { broughtByPaste } from '../model/staging/from-data-transfer.ts';
import { useAdding } from './useAdding.ts';
import { isTyping } from './useShortcut.ts';
import { useWords } from './useWords.ts';

export function usePasting(): void {
  const router = useRouter();
  const { add } = useAdding();
  const { t } = useWords();

  useEventListener(window, 'paste', (event) => {
    if (!event.clipboardData || isTyping(event.target)) return;
    const names = { text: t('composer.pastedText'), image: t('composer.pastedImage') };
    const brought = broughtByPaste(event.clipboardData, new Date(), names);
    if (isNothing(brought)) return;
    event.preventDefault();
    add(brought);
    void router.push('/');
  });
}
