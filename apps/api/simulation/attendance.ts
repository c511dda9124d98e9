// When a person's browser is online in the simulated weeks: office hours, part-timers, meetings behind closed lids, illness,
// holidays, computers that are never switched off. Knows no Store.
import type { Chance } from '../bench/chance.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** From a time up to another one. */
export type Interval = readonly [fromMs: number, toMs: number];

type WorkingTime = 'full' | 'mornings' | 'three-days' | 'on-the-move';

const WORKING_TIMES: readonly (readonly [WorkingTime, number])[] = [
  ['full', 70],
  ['mornings', 10],
  ['three-days', 10],
  // Sales and site visits: the laptop is open now and then.
  ['on-the-move', 10],
];
/** Means of exponential times. */
const LID_OPEN_MS = 80 * MINUTE_MS;
const LID_CLOSED_MS = 15 * MINUTE_MS;
const LUNCH_CLOSED = 0.6;
/** Of a working day, that somebody falls ill or goes on holiday: for one to ten days, which makes one day in ten. */
const ABSENCE_BEGINS = 0.02;

/** Day 0 is a Monday; times are UTC, and so is the office. */
export function attendance(days: number, isAlwaysOn: boolean, chance: Chance): Interval[] {
  if (isAlwaysOn) return alwaysOn(days, chance);
  const working = chance.weighted(WORKING_TIMES);
  const workdays = working === 'three-days' ? threeOf([0, 1, 2, 3, 4], chance) : [0, 1, 2, 3, 4];
  let absentUntil = -1;
  return Array.from({ length: days }, (_, day) => day).flatMap((day) => {
    if (day > absentUntil && chance.is(ABSENCE_BEGINS)) absentUntil = day + chance.between(0, 9);
    if (day <= absentUntil || !workdays.includes(day % 7)) return [];
    return workday(day * DAY_MS, working, chance);
  });
}

function workday(midnightMs: number, working: WorkingTime, chance: Chance): Interval[] {
  const fromMs = midnightMs + (8 * 60 + 40 + 30 * chance.normal()) * MINUTE_MS;
  const toMinute = working === 'mornings' ? 13 * 60 : 17 * 60 + 20;
  const toMs = midnightMs + (toMinute + 40 * chance.normal()) * MINUTE_MS;
  const [openMs, closedMs] = working === 'on-the-move' ? [40 * MINUTE_MS, HOUR_MS] : [LID_OPEN_MS, LID_CLOSED_MS];
  const open: Interval[] = [];
  for (let atMs = fromMs; atMs < toMs; ) {
    const closesMs = Math.min(toMs, atMs - openMs * Math.log(1 - chance.next()));
    open.push([atMs, closesMs]);
    atMs = closesMs - closedMs * Math.log(1 - chance.next());
  }
  if (!chance.is(LUNCH_CLOSED)) return open;
  const lunchMs = midnightMs + (12 * 60 + chance.between(0, 45)) * MINUTE_MS;
  return without(open, [lunchMs, lunchMs + chance.between(30, 60) * MINUTE_MS]);
}

/** Restarted for an update now and then. */
function alwaysOn(days: number, chance: Chance): Interval[] {
  const restarts = Array.from({ length: days }, (_, day): Interval => {
    const atMs = day * DAY_MS + 3 * HOUR_MS;
    return chance.is(0.1) ? [atMs, atMs + 20 * MINUTE_MS] : [atMs, atMs];
  });
  return restarts.reduce<Interval[]>(without, [[0, days * DAY_MS]]);
}

function without(intervals: readonly Interval[], [cutFromMs, cutToMs]: Interval): Interval[] {
  const halves = intervals.flatMap(([fromMs, toMs]): Interval[] => [
    [fromMs, Math.min(toMs, cutFromMs)],
    [Math.max(fromMs, cutToMs), toMs],
  ]);
  return halves.filter(([fromMs, toMs]) => fromMs < toMs);
}

function threeOf(days: number[], chance: Chance): number[] {
  const left = [...days];
  return [0, 1, 2].map(() => left.splice(chance.between(0, left.length - 1), 1)[0]!);
}
