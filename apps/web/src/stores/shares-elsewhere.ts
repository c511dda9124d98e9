// What I share on my other devices, as the server tells it: a browser that is lost cannot be asked. Asked while somebody
// looks; what ends is shown as ended once the server says so.
import type { ShareElsewhere } from '@ferry/shared';
import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import { useSession } from './session.ts';

export const useSharesElsewhere = defineStore('shares-elsewhere', () => {
  const session = useSession();
  const shares = shallowRef<readonly ShareElsewhere[]>([]);
  let asked = 0;

  // Somebody else may sign in.
  watch(
    () => session.openedDesk,
    () => {
      asked++;
      shares.value = [];
    },
    { flush: 'sync' },
  );

  async function load(): Promise<void> {
    const mine = ++asked;
    const told = await session.desk().otherDevices.shares();
    // An answer that was overtaken may know less.
    if (mine === asked) shares.value = told;
  }

  async function end(shareId: string): Promise<void> {
    await session.desk().otherDevices.endShare(shareId);
    await load();
  }

  async function endAllOn(deviceId: string): Promise<void> {
    await session.desk().otherDevices.endSharesOn(deviceId);
    await load();
  }

  return { shares, load, end, endAllOn };
});
