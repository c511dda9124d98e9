// An answer of the server that is shown while somebody looks: asked for at once, and again whenever something changed. What
// was known stays in sight until the next answer is here.
import { onUnmounted, type ShallowRef, shallowRef, type WatchSource, watch } from 'vue';
import { ServerRefusal } from '../services.ts';

interface UseServerAnswerReturn<Answer> {
  /** Null until the first one. */
  answer: Readonly<ShallowRef<Answer | null>>;
  refusal: Readonly<ShallowRef<ServerRefusal | null>>;
  ask: () => Promise<void>;
}

export function useServerAnswer<Answer>(
  question: (signal: AbortSignal) => Promise<Answer>,
  changed?: WatchSource,
): UseServerAnswerReturn<Answer> {
  const answer = shallowRef<Answer | null>(null);
  const refusal = shallowRef<ServerRefusal | null>(null);
  let asking = new AbortController();

  async function ask(): Promise<void> {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const told = await question(signal);
      if (signal.aborted) return;
      answer.value = told;
      refusal.value = null;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ServerRefusal)) throw error;
      refusal.value = error;
    }
  }

  void ask();
  if (changed) watch(changed, ask);
  onUnmounted(() => asking.abort());
  return { answer, refusal, ask };
}
