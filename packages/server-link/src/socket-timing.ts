// How long a socket to the server may be silent, and when it is tried again.

/** Above the server's own, so that only one side decides that a socket is dead. */
export const SOCKET_KEEP_ALIVE = { enabled: true, intervalMs: 12_000, pongTimeoutMs: 6_000 };

/** Short, because a transfer whose path was lost waits for it. */
const LONGEST_RETRY_MS = 3000;

/** Not in step: a server that starts anew is not asked by everybody at once. */
export function socketRetryDelayMs(attempt: number): number {
  return Math.min(LONGEST_RETRY_MS, 250 * 2 ** attempt) * (0.5 + Math.random() / 2);
}
