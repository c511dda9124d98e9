// A line when a WebSocket opens and one when it closes, both with the id of the request that opened it. Says neither
// what went over it nor why the other side says that it closed: those are words of a stranger.
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';

export function logSocket(socket: WebSocket, log: FastifyBaseLogger, userId: string | null): void {
  const openedMs = performance.now();
  log.info({ userId }, 'socket opened');
  socket.once('close', (code: number) => {
    log.info({ userId, code, durationMs: Math.round(performance.now() - openedMs) }, 'socket closed');
  });
}

/** For @fastify/websocket. Whoever breaks the protocol is no error of this server. */
export function socketFailed(error: Error & { code?: string }, socket: WebSocket, { log }: FastifyRequest): void {
  log[error.code?.startsWith('WS_ERR_') ? 'info' : 'error']({ err: error }, 'socket failed');
  socket.terminate();
}
