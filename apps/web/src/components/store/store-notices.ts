// Speaks turns of what this browser stores and delivers, on whatever page. Draws nothing; loads with the first of them.
import { defineComponent, watch } from 'vue';
import { useLaterWords } from '../../composables/useLaterWords.ts';
import { storeWords } from '../../i18n/store-words.ts';
import { uploadAnnouncements } from '../../model/words/upload-announcements.ts';
import { useAnnouncer } from '../../stores/announcer.ts';
import { useUploads } from '../../stores/uploads.ts';

export default defineComponent(() => {
  const uploads = useUploads();
  const announcer = useAnnouncer();
  const { say } = useLaterWords(storeWords);

  watch(
    () => uploads.all,
    (now, before) => {
      const phrases = uploadAnnouncements(before, now);
      if (phrases.length > 0) announcer.say(phrases.map(say).join('. '));
    },
  );
  return () => null;
});
