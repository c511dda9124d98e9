// Points in time as a colleague would say them. Knows no language but what Intl is told.
import { dateFormat } from './kept-formats.ts';

const DAY_MS = 86_400_000;

export type Moment = { day: 'today' | 'yesterday' | 'earlier'; text: string };

/** "14:02" today, "yesterday" is for the caller's language, "3 Nov" before that. */
export function momentOf(atMs: number, nowMs: number, locale: string): Moment {
  const days = Math.round((startOfDay(nowMs) - startOfDay(atMs)) / DAY_MS);
  if (days <= 0) return { day: 'today', text: formatTime(atMs, locale) };
  if (days === 1) return { day: 'yesterday', text: formatTime(atMs, locale) };
  return { day: 'earlier', text: formatDate(atMs, nowMs, locale) };
}

function formatTime(atMs: number, locale: string): string {
  return dateFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(atMs);
}

function formatDate(atMs: number, nowMs: number, locale: string): string {
  const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
  return dateFormat(locale, {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(atMs);
}

function startOfDay(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0);
}
