// Something that the server may refuse, done from a click: why it did not is said in a short message.
import { refusalWords } from '../model/words/refusal-words.ts';
import { ServerRefusal } from '../services.ts';
import { useToasts } from '../stores/toasts.ts';
import { useWords } from './useWords.ts';

/** Resolves with true when it was done. */
export function useServerAttempt(): (work: () => Promise<unknown>) => Promise<boolean> {
  const toasts = useToasts();
  const { say } = useWords();

  return async (work) => {
    try {
      await work();
      return true;
    } catch (error) {
      const code = error instanceof ServerRefusal ? error.code : 'internal';
      toasts.show({ tone: 'danger', text: say(refusalWords(code)) });
      return false;
    }
  };
}
