// What the page's one live region says. Who speaks does not know the region, and the region not who speaks.
import { defineStore } from 'pinia';
import { ref } from 'vue';

export const useAnnouncer = defineStore('announcer', () => {
  const text = ref('');
  let isSecond = false;

  function say(words: string): void {
    // The same sentence twice is silent unless the text differs: a space no reader speaks.
    isSecond = !isSecond;
    text.value = isSecond ? words : `${words}\u00a0`;
  }

  return { text, say };
});
