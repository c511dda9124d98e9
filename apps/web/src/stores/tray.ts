// Whether the transfer tray is open, where it is a sheet. Wide windows always show it and do not ask.
import { defineStore } from 'pinia';
import { ref } from 'vue';

export const useTray = defineStore('tray', () => {
  const isOpen = ref(false);
  return { isOpen };
});
