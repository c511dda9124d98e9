// Whether the connection check is open. Settings and every row with a trouble of that kind open the same one.
import { defineStore } from 'pinia';
import { ref } from 'vue';

export const useConnectionCheck = defineStore('connection-check', () => {
  const isOpen = ref(false);
  return { isOpen };
});
