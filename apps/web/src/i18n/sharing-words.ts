// The words of sharing, serving and saved searches, in every language there is.
import { laterWords } from './later-words.ts';
import en from './locales/en-sharing.ts';
import type { KeyOf, MessageKey } from './message-key.ts';

export const sharingWords = laterWords({ en });
/** These, and those that are there from the start. */
export type SharingKey = MessageKey | KeyOf<typeof en>;
