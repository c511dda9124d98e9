// Says runs of chunks in as many messages as their bound asks for. Knows neither the message nor the link.
import type { Run } from '../content/run.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';

/** @param send is not called for no runs */
export function sendRuns(runs: readonly Run[], send: (runs: Run[]) => void): void {
  for (let at = 0; at < runs.length; at += WIRE_LIMITS.maxRuns) send(runs.slice(at, at + WIRE_LIMITS.maxRuns));
}
