// Builds the whole application without listening, so that tests can boot the real one.
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import type { Env } from './env.ts';
import { health } from './plugins/health.ts';
import { security } from './plugins/security.ts';
import { trpc } from './plugins/trpc.ts';
import { web } from './plugins/web.ts';
import { createServices } from './services.ts';

/** Signals are small; nothing larger has any business here, least of all a file. */
const BODY_BYTES = 64 * 1024;

export async function build(env: Env): Promise<FastifyInstance> {
  const app = Fastify({
    logger: loggerOptions(env),
    trustProxy: env.TRUST_PROXY,
    bodyLimit: BODY_BYTES,
    forceCloseConnections: true,
  });
  const services = createServices(env);
  app.addHook('onClose', async () => services.close());
  await app.register(security, { env });
  await app.register(health, { services });
  await app.register(trpc, { services });
  await app.register(web);
  return app;
}

/** What is logged of a request: never its query, which holds a procedure's input, and never its headers. */
function loggerOptions({ LOG_LEVEL }: Env): FastifyServerOptions['logger'] {
  return {
    level: LOG_LEVEL,
    serializers: {
      req: ({ method, url, ip }) => ({ method, path: url?.split('?')[0], ip }),
    },
  };
}
