// The words of the Settings page, in every language there is.
import { laterWords } from './later-words.ts';
import en from './locales/en-settings.ts';

export const settingsWords = laterWords({ en });
