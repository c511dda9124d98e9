// Notices that this computer has woken up or is back on a network: what it was connected to is in doubt then, and
// waiting for timeouts would cost a minute. Knows no connections.

/** A page's timer that is this late did not run: the computer slept, or the browser was frozen. */
const SLEPT_MS = 10_000;
/** Hidden pages look once a minute at the least; being late means nothing before that. */
const SLEPT_HIDDEN_MS = 120_000;
const LOOK_EVERY_MS = 2000;

/** Calls back on every return, until `signal` aborts. */
export function onNetworkReturn(signal: AbortSignal, callback: () => void): void {
  let lookedAtMs = Date.now();
  const timer = setInterval(() => {
    const lateMs = Date.now() - lookedAtMs - LOOK_EVERY_MS;
    lookedAtMs = Date.now();
    if (lateMs > (document.visibilityState === 'visible' ? SLEPT_MS : SLEPT_HIDDEN_MS)) callback();
  }, LOOK_EVERY_MS);
  window.addEventListener('online', callback, { signal });
  document.addEventListener('resume', callback, { signal });
  signal.addEventListener('abort', () => clearInterval(timer));
}
