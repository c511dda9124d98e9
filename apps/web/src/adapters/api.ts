// The tRPC clients: one over HTTP for requests that may set the session cookie, one over a WebSocket for
// what is live. Knows the API's types and nothing of what its answers mean.
import type { AppRouter } from '@ferry/api/router';
import type { ApiErrorCode, ApiErrorData } from '@ferry/shared';
import {
  createTRPCClient,
  createWSClient,
  httpLink,
  type TRPCClient,
  TRPCClientError,
  type TRPCWebSocketClient,
  wsLink,
} from '@trpc/client';

export type FerryApi = TRPCClient<AppRouter>;

const PATH = '/trpc';
/** Above the server's own, so that only one side decides that a socket is dead. */
const KEEP_ALIVE = { enabled: true, intervalMs: 12_000, pongTimeoutMs: 6_000 };
/** Short, because a transfer whose path was lost waits for it. */
const LONGEST_RETRY_MS = 3000;

export function httpApi(): FerryApi {
  // Also questions: as GET they would have what somebody searches for in the URL, which every proxy logs.
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: PATH, methodOverride: 'POST' })] });
}

export interface LiveApi {
  api: FerryApi;
  socket: TRPCWebSocketClient;
}

/**
 * A socket authenticates by its cookie when it opens, so every sign-in needs a new one. It opens with its
 * first use and comes back by itself.
 */
export function liveApi(): LiveApi {
  const socket = createWSClient({
    url: () => `${location.origin.replace(/^http/, 'ws')}${PATH}`,
    lazy: { enabled: true, closeMs: 1000 },
    keepAlive: KEEP_ALIVE,
    retryDelayMs: (attempt) => Math.min(LONGEST_RETRY_MS, 250 * 2 ** attempt) * (0.5 + Math.random() / 2),
  });
  return { api: createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] }), socket };
}

/** Why a call failed: the server's own reason, or `unreachable` when it did not answer. */
export function refusalOf(error: unknown): { code: ApiErrorCode | 'unreachable'; retryAfterMs?: number } {
  const data = error instanceof TRPCClientError ? (error.data as Partial<ApiErrorData> | undefined) : undefined;
  if (!data?.ferryCode) return { code: 'unreachable' };
  return { code: data.ferryCode, ...(data.retryAfterMs === undefined ? {} : { retryAfterMs: data.retryAfterMs }) };
}
