// What the page about the root certificate is drawn with. It stands where Ferry's own site is not served, so it
// brings its own.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

const FONT = 'public, max-age=604800';

export async function trustAssets(app: FastifyInstance): Promise<void> {
  const [sheet, mark, font] = await Promise.all([
    readFile(asset('trust.css')),
    readFile(asset('mark.svg')),
    readFile(fileURLToPath(import.meta.resolve('@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2'))),
  ]);
  app.get('/trust/trust.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(sheet));
  app.get('/trust/mark.svg', async (_request, reply) => reply.type('image/svg+xml').send(mark));
  app.get('/trust/inter.woff2', async (_request, reply) =>
    reply.type('font/woff2').header('cache-control', FONT).send(font),
  );
}

/** Beside this file in development, beside the bundle when built. */
function asset(name: string): string {
  const path = fileURLToPath(new URL(`./trust-assets/${name}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`Ferry was built without ${path}`);
  return path;
}
