// What waits to be sent and to whom. Files stay as the browser gave them: nothing here makes them reactive.
import type { Person } from '@ferry/shared';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { findPerson, isOnline } from '../model/people/person-match.ts';
import type { Brought } from '../model/staging/brought.ts';
import { bundleOf } from '../model/staging/bundle.ts';
import { isUsable, type Reading, readingsOf } from '../model/staging/reading.ts';
import type { StagedItem } from '../model/staging/staged-item.ts';
import type { Phrase } from '../model/words/phrase.ts';
import { usePeople } from './people.ts';
import { useSession } from './session.ts';

/** What becomes of something for somebody who is away: it waits here for them, or colleagues keep it. */
export type OfflineWay = 'wait' | 'deliver';

export const useComposer = defineStore('composer', () => {
  const session = useSession();
  const people = usePeople();
  const items = shallowRef<readonly StagedItem[]>([]);
  const recipient = ref('');
  const problem = shallowRef<Phrase | null>(null);
  const isSending = ref(false);
  const offlineWay = ref<OfflineWay>('wait');
  const readings = new Map<string, Reading>();

  const person = computed(() => findPerson(people.colleagues, recipient.value));
  const sizeBytes = computed(() => items.value.reduce((sum, item) => sum + item.sizeBytes, 0));
  const isReading = computed(() => items.value.some((item) => item.isReading));

  function add(brought: Brought): void {
    problem.value = null;
    const added = readingsOf(brought, replace);
    for (const reading of added) readings.set(reading.item.id, reading);
    items.value = [...items.value, ...added.map(({ item }) => item)];
  }
  function replace(item: StagedItem): void {
    items.value = items.value.map((known) => (known.id === item.id ? item : known));
  }
  function remove(id: string): void {
    readings.get(id)?.stop();
    readings.delete(id);
    items.value = items.value.filter((item) => item.id !== id);
  }
  /** Takes what is staged out of the composer, which is free for the next send from then on. */
  async function take(): Promise<readonly StagedItem[]> {
    const ids = new Set(items.value.map(({ id }) => id));
    isSending.value = true;
    await Promise.allSettled([...ids].map((id) => readings.get(id)?.done));
    isSending.value = false;
    const taken = await Promise.all(
      items.value.filter(({ id }) => ids.has(id)).map((item) => readings.get(item.id)?.done ?? item),
    );
    for (const id of ids) readings.delete(id);
    items.value = items.value.filter(({ id }) => !ids.has(id));
    recipient.value = '';
    return taken;
  }

  /** Sends what is staged; waits for folders still being read. Says in `problem` what is missing. */
  async function send(): Promise<{ to: Person; title: string; isLeft: boolean } | null> {
    const to = person.value;
    const isLeft = to !== undefined && !isOnline(to) && offlineWay.value === 'deliver';
    problem.value = missing();
    if (problem.value || !to || isSending.value) return null;
    const taken = await take();
    try {
      const title = await announce(to, taken, { isLeft });
      offlineWay.value = 'wait';
      return { to, title, isLeft };
    } catch {
      items.value = [...taken, ...items.value];
      recipient.value ||= to.username;
      problem.value ??= { key: 'composer.problem.failed' };
      return null;
    }
  }

  /** What was dropped on a person goes to them at once, past the composer. */
  async function sendTo(to: Person, brought: Brought): Promise<string> {
    return announce(to, await Promise.all(readingsOf(brought, () => {}).map(({ done }) => done)));
  }

  async function announce(to: Person, staged: readonly StagedItem[], { isLeft = false } = {}): Promise<string> {
    const bundle = bundleOf(staged);
    if (bundle.files.length === 0) {
      problem.value = { key: 'composer.problem.nothing' };
      throw new Error('nothing to send');
    }
    try {
      const { engine } = session.desk();
      if (isLeft) await engine.store.deliver({ toUserId: to.userId, ...bundle, expiresAt: null });
      else await engine.send({ toUserId: to.userId, ...bundle });
    } catch (error) {
      const code = error instanceof Error ? error.message : '';
      if (code === 'too-much') problem.value = { key: 'composer.problem.tooMuch' };
      if (code === 'recipient-unknown')
        problem.value = { key: 'composer.problem.locked', named: { name: to.username } };
      throw error;
    }
    return bundle.title;
  }

  function missing(): Phrase | null {
    return items.value.some(isUsable) ? wrongPerson() : { key: 'composer.problem.nothing' };
  }
  /** Says what is wrong with the name before anything is sent. */
  function check(): void {
    problem.value = wrongPerson();
  }
  function wrongPerson(): Phrase | null {
    const name = recipient.value.trim();
    if (!name) return { key: 'composer.problem.nobody' };
    if (person.value) return null;
    const self = session.account && findPerson([{ ...session.account, lastSeenAt: null, devices: [] }], name);
    return self ? { key: 'composer.problem.self' } : { key: 'composer.problem.unknown', named: { name } };
  }

  return {
    items,
    recipient,
    person,
    problem,
    offlineWay,
    isSending,
    isReading,
    sizeBytes,
    add,
    remove,
    check,
    send,
    sendTo,
  };
});
