// The words of the details of a transfer, in every language there is.
import { laterWords } from './later-words.ts';
import en from './locales/en-details.ts';
import type { KeyOf } from './message-key.ts';

export const detailsWords = laterWords({ en });
export type DetailsKey = KeyOf<typeof en>;
