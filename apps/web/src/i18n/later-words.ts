// The words that are not needed at once: each group loads with the part of the page that says them, and joins the
// others then. Whoever imports a group is not part of the first visit, whose weight is bounded.
import { i18n } from './i18n.ts';

/** A group of words in every language there is. */
export interface LaterWords<Tree extends object> {
  en: Tree;
}

export function laterWords<Tree extends object>(words: LaterWords<Tree>): LaterWords<Tree> {
  i18n.global.mergeLocaleMessage('en', words.en);
  return words;
}
