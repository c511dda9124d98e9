// The words of the connection check, in every language there is.
import { laterWords } from './later-words.ts';
import en from './locales/en-check.ts';
import type { KeyOf } from './message-key.ts';

export const checkWords = laterWords({ en });
export type CheckKey = KeyOf<typeof en>;
