// Runs something the server may refuse, and keeps its reason as words for the form: beside a field, or above it all.
import type { ApiErrorCode } from '@ferry/shared';
import { computed, ref, shallowRef } from 'vue';
import { refusalWords, refusedField } from '../model/words/refusal-words.ts';
import { ServerRefusal } from '../services.ts';
import { useWords } from './useWords.ts';

type Refusal = { code: ApiErrorCode | 'unreachable'; retryAfterMs?: number | undefined };

export function useRefusal() {
  const { say } = useWords();
  const isBusy = ref(false);
  const refusal = shallowRef<Refusal | null>(null);

  /** True when it went through. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    isBusy.value = true;
    refusal.value = null;
    try {
      await work();
      return true;
    } catch (error) {
      refusal.value = error instanceof ServerRefusal ? error : { code: 'internal' };
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  function refuse(code: ApiErrorCode): void {
    refusal.value = { code };
  }

  const words = computed(() => refusal.value && say(refusalWords(refusal.value.code, refusal.value.retryAfterMs)));
  const wordsFor = (field: ReturnType<typeof refusedField>) =>
    computed(() =>
      refusal.value && words.value && refusedField(refusal.value.code) === field ? words.value : undefined,
    );

  return {
    isBusy,
    refusal,
    attempt,
    refuse,
    usernameWords: wordsFor('username'),
    passwordWords: wordsFor('password'),
    formWords: wordsFor('form'),
  };
}
