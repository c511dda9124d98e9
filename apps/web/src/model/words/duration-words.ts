// How long something still takes, in words that do not pretend to know better.
import type { Phrase } from './phrase.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

export function timeLeftWords(seconds: number): Phrase {
  if (seconds < MINUTE) return { key: 'time.secondsLeft', named: { seconds: Math.max(1, Math.ceil(seconds)) } };
  if (seconds < HOUR) return { key: 'time.minutesLeft', named: { minutes: Math.ceil(seconds / MINUTE) } };
  if (seconds >= DAY) return { key: 'time.daysLeft' };
  const minutes = Math.ceil(seconds / MINUTE);
  const named = { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
  return named.minutes === 0 ? { key: 'time.hoursLeft', named } : { key: 'time.hoursMinutesLeft', named };
}
