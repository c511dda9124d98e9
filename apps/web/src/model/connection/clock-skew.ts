// How far two clocks may differ before somebody should know. Pure.

/** Relay credentials and sessions bear more; beyond this a clock is set wrong, and not just late. */
const TOLERATED_MS = 60_000;

/** @param aheadMs how far the server's clock is ahead of this device's, as seen from here */
export function deviceClock(aheadMs: number): { is: 'right' | 'behind' | 'ahead'; minutes: number } {
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  if (Math.abs(aheadMs) <= TOLERATED_MS) return { is: 'right', minutes };
  return { is: aheadMs > 0 ? 'behind' : 'ahead', minutes };
}
