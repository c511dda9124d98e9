// The tRPC clients: one over HTTP for requests that may set the session cookie, one over a WebSocket for
// what is live. Knows the API's types and nothing of what its answers mean.
import type { AppRouter } from '@ferry/api/router';
import { SOCKET_KEEP_ALIVE, socketRetryDelayMs } from '@ferry/server-link';
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
    keepAlive: SOCKET_KEEP_ALIVE,
    retryDelayMs: socketRetryDelayMs,
  });
  return { api: createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] }), socket };
}

/** Why a call failed: the server's own reason, or `unreachable` when it did not answer. */
export function refusalOf(error: unknown): { code: ApiErrorCode | 'unreachable'; retryAfterMs?: number } {
  const data = error instanceof TRPCClientError ? (error.data as Partial<ApiErrorData> | undefined) : undefined;
  if (!data?.ferryCode) return { code: 'unreachable' };
  return { code: data.ferryCode, ...(data.retryAfterMs === undefined ? {} : { retryAfterMs: data.retryAfterMs }) };
}
