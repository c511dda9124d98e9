// Short messages to show at the window's edge. Whatever draws them takes them from here, so that the drawing
// library loads with the first message and not before.
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';

export interface ToastMessage {
  text: string;
  body?: string;
  tone: 'plain' | 'success' | 'danger';
  action?: { label: string; run: () => void };
}

export const useToasts = defineStore('toasts', () => {
  const waiting = shallowRef<readonly ToastMessage[]>([]);
  const hasBeenWanted = shallowRef(false);

  function show(message: ToastMessage): void {
    waiting.value = [...waiting.value, message];
    hasBeenWanted.value = true;
  }

  /** Hands over what is waiting, once. */
  function take(): readonly ToastMessage[] {
    const taken = waiting.value;
    // Whoever watches `waiting` takes from it: a new empty list each time would wake them for ever.
    if (taken.length > 0) waiting.value = [];
    return taken;
  }

  return { waiting: computed(() => waiting.value), hasBeenWanted, show, take };
});
