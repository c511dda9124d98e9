// The words of the keyboard shortcuts, in every language there is.
import { laterWords } from './later-words.ts';
import en from './locales/en-keys.ts';
import type { KeyOf, MessageKey } from './message-key.ts';

export const keysWords = laterWords({ en });
/** These, and those that are there from the start. */
export type KeysKey = MessageKey | KeyOf<typeof en>;
