// What Node tells of its own process: event-loop delay, memory, processor time, open files. Once for a process, not
// once for an application: each registration keeps an observer of its own for ever. Knows nothing of Ferry.
import { collectDefaultMetrics, Registry } from 'prom-client';

let registry: Registry | undefined;

/** Measures from the first call on. */
export function processMetrics(): Registry {
  if (!registry) {
    registry = new Registry();
    collectDefaultMetrics({ register: registry });
  }
  return registry;
}
