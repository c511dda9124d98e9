// Colleagues and whether they are online, as the server tells it. I am not among them.
import type { Person, PresenceEvent } from '@ferry/shared';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { isOnline, sortedPeople } from '../model/people/person-match.ts';
import { useServices } from '../services.ts';
import { useSession } from './session.ts';

export const usePeople = defineStore('people', () => {
  const { server } = useServices();
  const session = useSession();
  const byId = shallowRef<ReadonlyMap<string, Person>>(new Map());
  /** The server has told who there is. */
  const isKnown = ref(false);
  const isConnected = ref(true);

  watch(
    () => session.account?.userId,
    (userId, _, onCleanup) => {
      if (!userId) return;
      const stops = [
        server.watchPeople((event) => take(event)),
        server.watchConnection((connected) => {
          isConnected.value = connected;
        }),
      ];
      onCleanup(() => {
        for (const stop of stops) stop();
        byId.value = new Map();
        isKnown.value = false;
      });
    },
    { immediate: true },
  );

  function take(event: PresenceEvent): void {
    const people = event.type === 'snapshot' ? event.people : [...byId.value.values(), event.person];
    byId.value = new Map(people.map((person) => [person.userId, person]));
    isKnown.value = true;
  }

  const colleagues = computed(() =>
    sortedPeople([...byId.value.values()].filter(({ userId }) => userId !== session.account?.userId)),
  );
  const onlineCount = computed(() => colleagues.value.filter(isOnline).length);
  function isUserOnline(userId: string): boolean {
    const person = byId.value.get(userId);
    return person !== undefined && isOnline(person);
  }

  /** Colleagues and myself. */
  const find = (userId: string) => byId.value.get(userId);

  return { colleagues, onlineCount, isKnown, isConnected, isUserOnline, find };
});
