// Words in the user's language, with keys the compiler checks. Knows no messages itself.
import { useI18n } from 'vue-i18n';
import type { MessageKey } from '../i18n/message-key.ts';
import type { Phrase } from '../model/words/phrase.ts';
import { useFormat } from './useFormat.ts';

export function useWords() {
  const { t: translate } = useI18n();
  const { number } = useFormat();

  function t(key: MessageKey, named: Record<string, string | number> = {}, count?: number): string {
    return count === undefined ? translate(key, named) : translate(key, { count: number(count), ...named }, count);
  }
  function say({ key, named, count }: Phrase): string {
    return t(key, named, count);
  }
  return { t, say };
}
