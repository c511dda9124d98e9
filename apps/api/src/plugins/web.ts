// Serves the built site: hashed files for ever, the page itself always fresh, and for every path that is
// the page's own to route. Knows no API.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** From `src/plugins` in development, from `dist` when bundled. */
const CANDIDATES = ['../../web/dist', '../../../web/dist'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const YEAR_S = 365 * 24 * 60 * 60;

export const web = fp(async (app: FastifyInstance) => {
  const root = CANDIDATES.find((path) => existsSync(`${path}/index.html`));
  if (root) {
    await app.register(fastifyStatic, {
      root,
      cacheControl: false,
      // The build lies there compressed already.
      preCompressed: true,
      setHeaders: (reply, path) => {
        // Vite puts a hash of the content into the names of what it builds.
        const isHashed = path.includes('/assets/');
        reply.header('cache-control', isHashed ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (root && isPage) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    return reply.code(404).send({ error: 'not-found' });
  });
});
