// Which tab of this browser profile runs the engine: the one that holds a Web Lock. Knows nothing of engines.

/**
 * Calls `lead` once this tab is the leader, at once or when the leading tab goes away; never twice. The
 * lock is held until `signal` aborts or the tab is gone, even by a crash (Web Locks, section 2.7).
 */
export function whenLeading(name: string, signal: AbortSignal, lead: () => void): void {
  const held = navigator.locks.request(name, { signal }, () => {
    lead();
    return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  });
  held.catch((error: unknown) => {
    // Aborted while still waiting: somebody signed out.
    if (!signal.aborted) throw error;
  });
}
