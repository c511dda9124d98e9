// How well a group is, in one word. By who is alive, not by who is online: at night everything is away and nothing is wrong.
import { acceptedThreshold } from './accepted-threshold.ts';
import type { Code } from './code.ts';
import type { GroupColumns } from './columns.ts';

export type GroupHealth =
  /** Every column is somewhere. */
  | 'full'
  /** Some are gone, and nothing need be done yet. */
  | 'thinned'
  /** So many are gone that new ones are made, a few at a time. */
  | 'degraded'
  /** One more loss is all that it can take, or not even that: at once. */
  | 'critical'
  /** Too few are alive. Nothing can be done but wait for somebody to come back. */
  | 'insufficient';

export function groupHealth(code: Code, { alive }: GroupColumns): GroupHealth {
  if (alive.size < code.k) return 'insufficient';
  if (alive.size >= code.n) return 'full';
  if (alive.size >= acceptedThreshold(code)) return 'thinned';
  return alive.size <= code.k + 1 ? 'critical' : 'degraded';
}
