// When something was received, in words.
import { useFormat } from './useFormat.ts';
import { useMinute } from './useMinute.ts';
import { useWords } from './useWords.ts';

export function useReceivedWhen(): (atMs: number) => string {
  const { t } = useWords();
  const { moment } = useFormat();
  const nowMs = useMinute();

  return (atMs) => {
    const { day, text } = moment(atMs, nowMs.value);
    if (day === 'today') return t('time.today', { time: text });
    return day === 'yesterday' ? t('time.yesterday', { time: text }) : text;
  };
}
