// Looks every few seconds whether `ferry-admin`, another process, has ended sessions that are in use here.
import type { Sessions } from './sessions.ts';

/** Whoever was switched off is out within it; the query costs less than a sign-in. */
const INTERVAL_MS = 5000;

/** @returns ends the watch */
export function watchSessions(sessions: Sessions): () => void {
  const timer = setInterval(() => {
    try {
      sessions.endMissing();
    } catch {
      // A database that cannot be read for a moment is asked again; one that cannot be read at all shows in /healthz.
    }
  }, INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
