// The words of the page for insecure addresses, in every language there is.
import { laterWords } from './later-words.ts';
import en from './locales/en-insecure.ts';

export const insecureWords = laterWords({ en });
