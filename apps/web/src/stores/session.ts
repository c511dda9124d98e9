// Who is signed in, and the desk they work at. Knows no pages: the router watches the state.
import type { Account } from '@ferry/shared';
import { defineStore } from 'pinia';
import { computed, markRaw, ref, shallowRef, watch } from 'vue';
import { type Credentials, type Desk, ServerRefusal, useServices } from '../services.ts';
import { usePreferences } from './preferences.ts';

export type SessionState = 'unknown' | 'signed-out' | 'signed-in' | 'unreachable';

export const useSession = defineStore('session', () => {
  const { server, openDesk } = useServices();
  const state = ref<SessionState>('unknown');
  const account = shallowRef<Account | null>(null);
  const openedDesk = shallowRef<Desk | null>(null);

  /** Asks the server who is signed in; once it has answered, asks no more. */
  async function restore(): Promise<SessionState> {
    if (state.value === 'signed-in' || state.value === 'signed-out') return state.value;
    try {
      await enter(await server.me());
    } catch (error) {
      if (!(error instanceof ServerRefusal)) throw error;
      state.value = error.code === 'unreachable' ? 'unreachable' : 'signed-out';
    }
    return state.value;
  }

  async function signIn(credentials: Credentials): Promise<void> {
    await enter(await server.signIn(credentials));
  }

  async function register(credentials: Credentials & { invite?: string }): Promise<void> {
    await enter(await server.register(credentials));
  }

  async function signOut(): Promise<void> {
    await server.signOut();
    openedDesk.value?.close();
    openedDesk.value = null;
    await enter(null);
  }

  async function enter(who: Account | null): Promise<void> {
    if (who) openedDesk.value = markRaw(await openDesk(who));
    account.value = who;
    state.value = who ? 'signed-in' : 'signed-out';
  }

  const preferences = usePreferences();
  // Once it is stored; that also tells the other tabs, one of which runs the engine.
  watch(
    () => preferences.isRelayOnly,
    () => openedDesk.value?.networkPolicyChanged(),
    { flush: 'post' },
  );

  const isAdmin = computed(() => account.value?.isAdmin ?? false);
  /** Chromium only. */
  const canPickFolder = computed(() => openedDesk.value?.saver.canPickFolder ?? false);
  /** For what only signed-in people can reach. */
  function desk(): Desk {
    if (!openedDesk.value) throw new Error('nobody is signed in');
    return openedDesk.value;
  }

  return { state, account, openedDesk, isAdmin, canPickFolder, restore, signIn, register, signOut, desk };
});
