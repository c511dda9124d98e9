// Adds what was picked, dropped or pasted to the composer, and says so for those who cannot see it.
import type { Brought } from '../model/staging/brought.ts';
import { useAnnouncer } from '../stores/announcer.ts';
import { useComposer } from '../stores/composer.ts';
import { useWords } from './useWords.ts';

export function useAdding() {
  const composer = useComposer();
  const announcer = useAnnouncer();
  const { t } = useWords();

  function add(brought: Brought): void {
    const before = composer.items.length;
    composer.add(brought);
    const added = composer.items.length - before;
    if (added > 0) announcer.say(t('composer.staged', { items: t('common.items', {}, added) }));
  }
  return { add };
}
