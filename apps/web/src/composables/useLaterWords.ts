// Words as `useWords` gives them, and those of a group that loads later: naming the group is what loads it.
import type { LaterWords } from '../i18n/later-words.ts';
import type { KeyOf, MessageKey } from '../i18n/message-key.ts';
import type { Phrase } from '../model/words/phrase.ts';
import { useWords } from './useWords.ts';

interface Words<Key extends string> {
  t(key: Key, named?: Record<string, string | number>, count?: number): string;
  say(phrase: Phrase<Key>): string;
}

export function useLaterWords<Tree extends object>(_group: LaterWords<Tree>): Words<MessageKey | KeyOf<Tree>> {
  return useWords() as Words<MessageKey | KeyOf<Tree>>;
}
