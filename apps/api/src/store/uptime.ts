// What share of office time a peer is online, the recent past counting more. Nights and weekends do not count: a desktop that
// runs all night is no better a holder for people who work by day.

export interface Uptime {
  /** Both in office time, and both fade. */
  readonly onlineMs: number;
  readonly observedMs: number;
}

export const UNKNOWN_UPTIME: Uptime = { onlineMs: 0, observedMs: 0 };

const HOUR_MS = 3_600_000;
/** Two weeks of eight hours a day: a holiday is felt, and forgotten again. */
const HALF_LIFE_MS = 80 * HOUR_MS;
/** A newcomer is taken for somebody who is there half the time, and is known after a day or two. */
const PRIOR_SHARE = 0.5;
const PRIOR_MS = 8 * HOUR_MS;

/** @param officeMs how much office time passed, in one of both states */
export function observed(uptime: Uptime, isOnline: boolean, officeMs: number): Uptime {
  const kept = 0.5 ** (officeMs / HALF_LIFE_MS);
  return {
    onlineMs: uptime.onlineMs * kept + (isOnline ? officeMs : 0),
    observedMs: uptime.observedMs * kept + officeMs,
  };
}

/** From 0 to 1. */
export function officeUptime({ onlineMs, observedMs }: Uptime): number {
  return (onlineMs + PRIOR_SHARE * PRIOR_MS) / (observedMs + PRIOR_MS);
}
