// tRPC over HTTP and over WebSocket at /trpc: makes contexts and guards sockets. Knows no procedure.
import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import websocket from '@fastify/websocket';
import { LIMITS } from '@ferry/shared';
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { WebSocket } from 'ws';
import { SESSION_COOKIE, SESSION_MS } from '../accounts/sessions.ts';
import type { Services } from '../services.ts';
import type { Context, SessionCookie } from '../trpc/context.ts';
import { reachedBy } from '../trpc/reached.ts';
import { type AppRouter, appRouter } from '../trpc/router.ts';
import { isHttps } from './security.ts';
import { SocketGuard } from './socket-guard.ts';
import { logSocket, socketFailed } from './socket-log.ts';

/** A frozen or crashed browser is noticed within ping and pong. */
const KEEP_ALIVE = { enabled: true, pingMs: 10_000, pongWaitMs: 5_000 };

export const trpc = fp(async (app: FastifyInstance, { services }: { services: Services }) => {
  await app.register(cookie);
  await app.register(websocket, { options: { maxPayload: LIMITS.socketMessageBytes }, errorHandler: socketFailed });
  const guard = new SocketGuard(services.sessions);
  const requests = new WeakMap<IncomingMessage, FastifyRequest>();
  app.addHook('onRequest', async (request, reply) => {
    requests.set(request.raw, request);
    // Going back in history, a browser prefers its cache: it would show who was signed in then.
    if (request.url.startsWith('/trpc')) reply.header('cache-control', 'no-store');
  });

  const httpContext = (request: FastifyRequest, reply: FastifyReply): Context => {
    const sessionCookie = cookieOf(request, reply, services);
    const session = services.sessions.find(sessionCookie.token);
    return { services, session, address: request.ip, reached: reachedBy(request), cookie: sessionCookie };
  };
  const socketContext = (request: IncomingMessage, socket: WebSocket): Context => {
    const opening = requests.get(request);
    const address = opening?.ip ?? '';
    const session = services.sessions.find(app.parseCookie(request.headers.cookie ?? '')[SESSION_COOKIE]);
    logSocket(socket, opening?.log ?? app.log, session?.account.userId ?? null);
    guard.watch(socket, address, session);
    // The hook above has seen every request that became a socket.
    return { services, session, address, reached: reachedBy(opening!), cookie: undefined };
  };

  const options: FastifyTRPCPluginOptions<AppRouter> = {
    prefix: '/trpc',
    useWSS: true,
    trpcOptions: {
      router: appRouter,
      keepAlive: KEEP_ALIVE,
      // The page asks by POST, so that no proxy logs a URL with what somebody searches for.
      allowMethodOverride: true,
      // The plugin's types say request and reply; a socket brings its IncomingMessage and itself instead.
      createContext: ({ req, res }) =>
        'code' in res
          ? httpContext(req, res)
          : socketContext(req as unknown as IncomingMessage, res as unknown as WebSocket),
      onError: ({ error, path, req }) => {
        if (error.code !== 'INTERNAL_SERVER_ERROR') return;
        // Over a socket, the request is the one that opened it.
        const log = 'log' in req ? req.log : (requests.get(req as unknown as IncomingMessage)?.log ?? app.log);
        log.error({ err: error.cause ?? error, procedure: knownProcedure(path) }, 'a procedure failed');
      },
    },
  };
  await app.register(fastifyTRPCPlugin, options);
});

/** The client says the path; of procedures there are only so many. */
function knownProcedure(path: string | undefined): string | undefined {
  return path !== undefined && Object.hasOwn(appRouter._def.procedures, path) ? path : undefined;
}

function cookieOf(request: FastifyRequest, reply: FastifyReply, { env }: Services): SessionCookie {
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps(request, env) } as const;
  return {
    token: request.cookies[SESSION_COOKIE],
    set: (token) => void reply.setCookie(SESSION_COOKIE, token, { ...attributes, maxAge: SESSION_MS / 1000 }),
    clear: () => void reply.clearCookie(SESSION_COOKIE, attributes),
  };
}
