// The words of the check of the server's configuration, in every language there is.
import { laterWords } from './later-words.ts';
import en from './locales/en-server-check.ts';
import type { KeyOf } from './message-key.ts';

export const serverCheckWords = laterWords({ en });
export type ServerCheckKey = KeyOf<typeof en>;
