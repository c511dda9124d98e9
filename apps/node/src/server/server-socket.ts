// The live connection to the server: a socket that comes back by itself, each time with a session of its own. Knows no
// procedure.
import type { AppRouter } from '@ferry/api/router';
import { SOCKET_KEEP_ALIVE, socketRetryDelayMs } from '@ferry/server-link';
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';
import type { FerryApi, HttpSession } from './http-session.ts';

export interface ServerSocketOptions {
  origin: string;
  session: HttpSession;
  /** Awaited before each socket; rejects to have it tried again later. */
  letIn: () => Promise<unknown>;
  onOpen: () => void;
  /** One that was open: with the code of its closing (RFC 6455, section 7.4), where there is one. */
  onClose: (code: number | undefined) => void;
  /** One did not open. */
  onFailed: (why: string) => void;
}

export interface ServerSocket {
  api: FerryApi;
  connectionState: ReturnType<typeof createWSClient>['connectionState'];
  close(): Promise<void>;
}

export function serverSocket({ origin, session, letIn, onOpen, onClose, onFailed }: ServerSocketOptions): ServerSocket {
  let isOpen = false;
  class SocketWithSession extends WebSocket {
    constructor(address: string) {
      super(address, { headers: session.headers });
    }
  }
  const client = createWSClient({
    url: async () => {
      await letIn();
      return `${origin.replace(/^http/, 'ws')}/trpc`;
    },
    WebSocket: SocketWithSession as unknown as typeof globalThis.WebSocket,
    keepAlive: SOCKET_KEEP_ALIVE,
    retryDelayMs: socketRetryDelayMs,
    onOpen: () => {
      isOpen = true;
      onOpen();
    },
    onClose: (cause) => {
      if (isOpen) onClose(cause?.code);
      isOpen = false;
    },
    onError: (event) => {
      if (!isOpen) onFailed(event && 'message' in event ? String(event.message) : 'no answer');
    },
  });
  return {
    api: createTRPCClient<AppRouter>({ links: [wsLink({ client })] }),
    connectionState: client.connectionState,
    close: () => client.close(),
  };
}
