// When something was last modified, as people type it in a query: days of the calendar, which are UTC's, and ages. Knows
// no clock: who asks says what time it is.

const DATE = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;
const AGE = /^(\d{1,5})\s*(h|d|w|m|mo|y)?$/i;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Months and years are of usual length: nobody counts the days of an age. */
const UNITS_MS: Readonly<Record<string, number>> = {
  h: HOUR_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
  m: 30 * DAY_MS,
  mo: 30 * DAY_MS,
  y: 365 * DAY_MS,
};

/**
 * @returns the first millisecond of a year, month or day; null for what is none
 * @example parseDay('2024-01-31') === Date.UTC(2024, 0, 31)
 */
export function parseDay(text: string): number | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // The 31st of February is the 2nd or 3rd of March to Date.
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : null;
}

/**
 * @returns milliseconds; null for what is no age. A number alone is days.
 * @example parseAge('2w') === 14 * 24 * 3_600_000
 */
export function parseAge(text: string): number | null {
  const match = AGE.exec(text);
  if (!match) return null;
  return Number(match[1]) * UNITS_MS[(match[2] ?? 'd').toLowerCase()]!;
}
