// The words of the rows of transfers, in every language there is.
import { laterWords } from './later-words.ts';
import en from './locales/en-transfer.ts';
import type { KeyOf, MessageKey } from './message-key.ts';

export const transferWords = laterWords({ en });
/** These, and those that are there from the start. */
export type TransferKey = MessageKey | KeyOf<typeof en>;
