// The words of the Catalog's search and browsing, in every language there is.
import { laterWords } from './later-words.ts';
import en from './locales/en-catalog.ts';
import type { KeyOf, MessageKey } from './message-key.ts';

export const catalogWords = laterWords({ en });
/** These, and those that are there from the start. */
export type CatalogKey = MessageKey | KeyOf<typeof en>;
