// The current time, moving once a minute; one timer however many ask.
import { createSharedComposable, useIntervalFn } from '@vueuse/core';
import { ref } from 'vue';

export const useMinute = createSharedComposable(() => {
  const nowMs = ref(Date.now());
  useIntervalFn(() => {
    nowMs.value = Date.now();
  }, 60_000);
  return nowMs;
});
