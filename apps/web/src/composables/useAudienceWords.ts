// Who may find something, in words: names where there are few, and how many more.
import type { Audience } from '@ferry/shared';
import { useI18n } from 'vue-i18n';
import { sharingWords } from '../i18n/sharing-words.ts';
import { audienceNames } from '../model/sharing/audience-names.ts';
import { usePeople } from '../stores/people.ts';
import { useLaterWords } from './useLaterWords.ts';

interface AudienceKeys<Key> {
  everyone: Key;
  /** Holds `{names}`. */
  chosen: Key;
}

export function useAudienceWords() {
  const { t } = useLaterWords(sharingWords);
  const { locale } = useI18n();
  const people = usePeople();

  /** "Ann, Bob and 4 others"; null for everyone. */
  function namesOf(audience: Audience): string | null {
    const found = audienceNames(audience, people.colleagues);
    if (!found) return null;
    const { names, moreCount } = found;
    if (names.length === 0 && moreCount === 1) return t('sharing.formerColleague');
    const list = new Intl.ListFormat(locale.value, moreCount > 0 ? { style: 'short', type: 'unit' } : {}).format(names);
    if (names.length === 0) return t('audience.count', {}, moreCount);
    return moreCount > 0 ? t('sharing.someMore', { names: list }, moreCount) : list;
  }

  function words(audience: Audience, { everyone, chosen }: AudienceKeys<Parameters<typeof t>[0]>): string {
    const names = namesOf(audience);
    return names === null ? t(everyone) : t(chosen, { names });
  }

  return { namesOf, words };
}
