// Where a colleague is, in a few words: on which device, or when they were last here.
import type { Person } from '@ferry/shared';
import { isOnline } from '../model/people/person-match.ts';
import { useFormat } from './useFormat.ts';
import { useMinute } from './useMinute.ts';
import { useWords } from './useWords.ts';

export function usePresenceWords(): (person: Person) => string {
  const { t } = useWords();
  const { moment } = useFormat();
  const nowMs = useMinute();

  return (person) => {
    const { devices, lastSeenAt } = person;
    if (isOnline(person)) {
      return devices.length === 1 ? devices[0]!.name : t('people.status.devices', {}, devices.length);
    }
    if (lastSeenAt === null) return t('people.status.never');
    const { day, text } = moment(lastSeenAt, nowMs.value);
    return day === 'yesterday' ? t('people.status.lastSeenYesterday') : t('people.status.lastSeenAt', { time: text });
  };
}
