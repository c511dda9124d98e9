// Who may talk to this server from where, and what pages it serves may do. Knows no users.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Env } from '../env.ts';

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const YEAR_S = 365 * 24 * 60 * 60;

export const security = fp(async (app: FastifyInstance, { env }: { env: Env }) => {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    // A page about an own root certificate must stay reachable over plain http, at the same host.
    const mayInsistOnHttps = isHttps(request, env) && env.ROOT_CERTIFICATE === undefined;
    if (mayInsistOnHttps) reply.header('strict-transport-security', `max-age=${YEAR_S}`);
    if (!originIsAllowed(request, env)) {
      request.log.warn({ origin: request.headers.origin }, 'refused a foreign origin');
      // A refused upgrade leaves a bare socket behind, which nothing else would close.
      reply.raw.once('finish', () => request.raw.socket.destroySoon());
      return reply.code(403).send({ error: 'forbidden' });
    }
  });
});

/** As the browser sees it: directly, or through a trusted proxy, or as the operator says. */
export function isHttps(request: FastifyRequest, env: Env): boolean {
  return env.PUBLIC_ORIGIN ? env.PUBLIC_ORIGIN.startsWith('https:') : request.protocol === 'https';
}

/**
 * Browsers send Origin with every WebSocket and every request that changes something; a page of another
 * origin cannot leave it out or forge it. SameSite does not protect WebSockets from a sibling origin.
 */
function originIsAllowed(request: FastifyRequest, env: Env): boolean {
  const { origin, upgrade } = request.headers;
  if (upgrade === undefined) {
    // Programs that are no browsers send none, and have nobody's cookies.
    if (request.method === 'GET' || request.method === 'HEAD' || origin === undefined) return true;
  }
  if (origin === undefined) return false;
  if (env.PUBLIC_ORIGIN) return origin === env.PUBLIC_ORIGIN;
  return origin === `http://${request.host}` || origin === `https://${request.host}`;
}
