// Waits for something that a person waits for, too: until it ends, its time is up, or nobody wants to know any more.
// Knows nothing of what it is.
import type { Clock } from '../util/clock.ts';

/** A step of an examination may take as long. */
const STEP_MS = 5000;

export interface AttemptLimits {
  clock: Clock;
  signal: AbortSignal;
}

/**
 * Resolves when `start` has called back, or after five seconds.
 * @throws whatever `start` rejects with, or the reason of the signal
 */
export function attempt({ clock, signal }: AttemptLimits, start: (end: () => void) => Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const settle = (how: () => void) => {
      cancel();
      signal.removeEventListener('abort', abort);
      how();
    };
    const abort = () => settle(() => reject(signal.reason));
    const cancel = clock.after(STEP_MS, () => settle(resolve));
    signal.addEventListener('abort', abort);
    start(() => settle(resolve)).catch((error: unknown) => settle(() => reject(error)));
  });
}
