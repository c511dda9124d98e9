// How long something may be kept: a few spans from today, and whatever is set already. Pure.

const DAY_MS = 86_400_000;

export interface KeepChoice {
  value: string;
  key:
    | 'store.keepForever'
    | 'store.keepUntilDate'
    | 'store.keepWeek'
    | 'store.keepMonth'
    | 'store.keepQuarter'
    | 'store.keepYear';
  /** Null: until it is deleted. */
  expiresAt: number | null;
}

const SPANS = [
  ['store.keepWeek', 7],
  ['store.keepMonth', 30],
  ['store.keepQuarter', 90],
  ['store.keepYear', 365],
] as const;

/** The first is what is set now. */
export function keepChoices(expiresAt: number | null, nowMs: number): KeepChoice[] {
  const forever: KeepChoice = { value: 'forever', key: 'store.keepForever', expiresAt: null };
  const spans = SPANS.map(([key, days]) => ({ value: key, key, expiresAt: endOfDay(nowMs + days * DAY_MS) }));
  if (expiresAt === null) return [forever, ...spans];
  return [{ value: 'set', key: 'store.keepUntilDate', expiresAt }, forever, ...spans];
}

function endOfDay(atMs: number): number {
  return new Date(atMs).setHours(23, 59, 59, 0);
}
