// How this person shared last, which is how the next share begins. Kept in this browser, for each account on its own.
import type { Audience } from '@ferry/shared';
import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed } from 'vue';
import * as z from 'zod/mini';
import type { ScanRules } from '../adapters/catalog-contract.ts';
import { useSession } from './session.ts';

export interface ShareDefaults {
  audience: Audience;
  rules: ScanRules;
}

const BEGINNING: ShareDefaults = { audience: { type: 'everyone' }, rules: { includesHidden: false, ignore: [] } };
/** Whether these people are there is the server's to say. */
const schema = z.object({
  audience: z.discriminatedUnion('type', [
    z.object({ type: z.literal('everyone') }),
    z.object({ type: z.literal('chosen'), userIds: z.array(z.string()).check(z.minLength(1)) }),
  ]),
  rules: z.object({ includesHidden: z.boolean(), ignore: z.array(z.string()) }),
});

export const useShareDefaults = defineStore('share-defaults', () => {
  const session = useSession();
  const stored = useLocalStorage<unknown>(`ferry.share-defaults.${session.account?.userId}`, BEGINNING, {
    serializer: { read: JSON.parse, write: JSON.stringify },
  });

  /** Whatever else stands there, from another version perhaps, is not taken. */
  const current = computed<ShareDefaults>(() => {
    const read = schema.safeParse(stored.value);
    return read.success ? read.data : BEGINNING;
  });

  function remember(defaults: Partial<ShareDefaults>): void {
    stored.value = { ...current.value, ...defaults };
  }

  return { current, remember };
});
