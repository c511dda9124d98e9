// What this browser's user likes: theme, keys, and how to connect. Kept in this browser; the server does not know.
import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { watch } from 'vue';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const usePreferences = defineStore('preferences', () => {
  // public/theme.js reads the same key before the first paint.
  const theme = useLocalStorage<Theme>('ferry.theme', 'system');
  const hasSingleKeys = useLocalStorage('ferry.single-keys', true);
  /** Connect through the relay only: colleagues then do not learn this device's addresses. */
  const isRelayOnly = useLocalStorage('ferry.relay-only', false);

  watch(
    theme,
    (chosen) => {
      const { dataset } = document.documentElement;
      if (chosen === 'system') delete dataset.theme;
      else dataset.theme = chosen;
    },
    { immediate: true },
  );

  return { theme, hasSingleKeys, isRelayOnly };
});
