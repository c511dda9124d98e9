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
import { type AppRouter, appRouter } from '../trpc/router.ts';
import { isHttps } from './security.ts';
import { SocketGuard } from './socket-guard.ts';

/** A frozen or crashed browser is noticed within ping and pong. */
const KEEP_ALIVE = { enabled: true, pingMs: 10_000, pongWaitMs: 5_000 };

export const trpc = fp(async (app: FastifyInstance, { services }: { services: Services }) => {
  await app.register(cookie);
  await app.register(websocket, { options: { maxPayload: LIMITS.socketMessageBytes } });
  const guard = new SocketGuard(services.sessions);
  const addresses = new WeakMap<IncomingMessage, string>();
  app.addHook('onRequest', async (request, reply) => {
    addresses.set(request.raw, request.ip);
    // Going back in history, a browser prefers its cache: it would show who was signed in then.
    if (request.url.startsWith('/trpc')) reply.header('cache-control', 'no-store');
  });

  const httpContext = (request: FastifyRequest, reply: FastifyReply): Context => {
    const sessionCookie = cookieOf(request, reply, services);
    const session = services.sessions.find(sessionCookie.token);
    return { services, session, address: request.ip, cookie: sessionCookie };
  };
  const socketContext = (request: IncomingMessage, socket: WebSocket): Context => {
    const address = addresses.get(request) ?? '';
    const session = services.sessions.find(app.parseCookie(request.headers.cookie ?? '')[SESSION_COOKIE]);
    guard.watch(socket, address, session);
    return { services, session, address, cookie: undefined };
  };

  const options: FastifyTRPCPluginOptions<AppRouter> = {
    prefix: '/trpc',
    useWSS: true,
    trpcOptions: {
      router: appRouter,
      keepAlive: KEEP_ALIVE,
      // The plugin's types say request and reply; a socket brings its IncomingMessage and itself instead.
      createContext: ({ req, res }) =>
        'code' in res
          ? httpContext(req, res)
          : socketContext(req as unknown as IncomingMessage, res as unknown as WebSocket),
      onError: ({ error, path }) => {
        if (error.code !== 'INTERNAL_SERVER_ERROR') return;
        app.log.error({ err: error.cause ?? error, path }, 'a procedure failed');
      },
    },
  };
  await app.register(fastifyTRPCPlugin, options);
});

function cookieOf(request: FastifyRequest, reply: FastifyReply, { env }: Services): SessionCookie {
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps(request, env) } as const;
  return {
    token: request.cookies[SESSION_COOKIE],
    set: (token) => void reply.setCookie(SESSION_COOKIE, token, { ...attributes, maxAge: SESSION_MS / 1000 }),
    clear: () => void reply.clearCookie(SESSION_COOKIE, attributes),
  };
}
