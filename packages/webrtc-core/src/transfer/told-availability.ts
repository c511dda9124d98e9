// Tells a receiver what there is of a bundle that is still being fetched here itself, now and whenever more comes. Knows
// neither the bundle nor the link.
import type { Run } from '../content/run.ts';
import type { Availability } from '../content/source.ts';
import { sendRuns } from './send-runs.ts';

export class ToldAvailability {
  readonly #tell: (runs: Run[]) => void;
  #stop: (() => void) | undefined;

  constructor(tell: (runs: Run[]) => void) {
    this.#tell = tell;
  }

  /** Begins anew, with all that there is; absent, all of it is here and nothing need be said. */
  start(availability: Availability | undefined): void {
    this.stop();
    if (!availability) return;
    sendRuns(availability.have.runs(), this.#tell);
    this.#stop = availability.events.on('more', (runs) => sendRuns(runs, this.#tell));
  }

  stop(): void {
    this.#stop?.();
  }
}
