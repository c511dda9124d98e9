// The words of the Store, in every language there is.
import { laterWords } from './later-words.ts';
import en from './locales/en-store.ts';
import type { KeyOf, MessageKey } from './message-key.ts';

export const storeWords = laterWords({ en });
/** These, and those that are there from the start. */
export type StoreKey = MessageKey | KeyOf<typeof en>;
