// When people are at work: the time for which the Store promises anything. Knows no holidays, on which nobody asks either.

export interface OfficeHours {
  /** As Intl names it. */
  readonly timeZone: string;
  /** ISO 8601: Monday is 1. */
  readonly weekdays: readonly number[];
  /** Minutes of the day; the end is not included. */
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** Core hours, not the first to come and the last to leave: half a company cannot restore what the other half holds. */
export const USUAL_OFFICE_HOURS: Omit<OfficeHours, 'timeZone'> = {
  weekdays: [1, 2, 3, 4, 5],
  fromMinute: 9 * 60,
  toMinute: 17 * 60,
};

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A question that is asked often: the format is made once. */
export function officeClock({ timeZone, weekdays, fromMinute, toMinute }: OfficeHours): (ms: number) => boolean {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  return (ms) => {
    const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    const minute = Number(parts.hour) * 60 + Number(parts.minute);
    const weekday = WEEKDAYS.indexOf(parts.weekday ?? '') + 1;
    return weekdays.includes(weekday) && minute >= fromMinute && minute < toMinute;
  };
}
