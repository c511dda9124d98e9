// Speaks quarters of progress and turns of state through the live region.
import { watch } from 'vue';
import { announcementsBetween } from '../model/words/announcements.ts';
import { useAnnouncer } from '../stores/announcer.ts';
import { useTransfers } from '../stores/transfers.ts';
import { useWords } from './useWords.ts';

export function useAnnouncements(): void {
  const transfers = useTransfers();
  const announcer = useAnnouncer();
  const { say } = useWords();

  watch(
    () => transfers.all,
    (now, before) => {
      const phrases = announcementsBetween(before, now);
      if (phrases.length > 0) announcer.say(phrases.map(say).join('. '));
    },
  );
}
