// Whether this browser's user wants no other path than through a relay. The preferences write it; the engine, which may
// run in another tab, must read it at any moment.

/** @returns false until somebody has chosen */
export function isRelayOnly(): boolean {
  return localStorage.getItem('ferry.relay-only') === 'true';
}
