// Questions to the server that may come too fast: whoever asks waits until the server wants to be asked again, and does not
// hear of it. Knows nothing of what is asked.
import { ServerRefusal } from '../services.ts';
import { asked } from './server.ts';

/** Where the server does not say how long to wait. */
const WAIT_MS = 1000;
const MOST_TRIES = 5;

export function until(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}

/** Whoever does not want the answer any more hears of that, and of no refusal. */
export async function patiently<Answer>(ask: () => Promise<Answer>, signal: AbortSignal | undefined): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await asked(ask());
    } catch (error) {
      signal?.throwIfAborted();
      const isTooFast = error instanceof ServerRefusal && (error.code === 'rate-limited' || error.code === 'busy');
      if (!isTooFast || tries === MOST_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs ?? WAIT_MS));
      signal?.throwIfAborted();
    }
  }
}
