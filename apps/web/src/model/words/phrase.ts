// A message before it has a language: pure modules return these, and only components turn them into words.
import type { MessageKey } from '../../i18n/message-key.ts';

export interface Phrase<Key extends string = MessageKey> {
  key: Key;
  named?: Record<string, string | number>;
  /** Chooses the plural form; `{count}` in the message. */
  count?: number;
}
