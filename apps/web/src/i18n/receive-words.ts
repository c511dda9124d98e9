// The words of what was received and where it is saved to, in every language there is.
import { laterWords } from './later-words.ts';
import en from './locales/en-receive.ts';

export const receiveWords = laterWords({ en });
