// Plain http beside Ferry's https: the page about the root certificate, and nothing else. Whatever else is asked
// for leads there.
import Fastify, { type FastifyInstance } from 'fastify';
import type { Env } from '../env.ts';
import { requestId, requestIds } from '../plugins/request-id.ts';
import { security } from '../plugins/security.ts';
import { type TrustOptions, trust } from '../trust/trust.ts';

/** Nothing that is sent here is of any use. */
const BODY_BYTES = 1024;

interface TrustSiteOptions extends TrustOptions {
  env: Env;
  /** The application at the https address: how it is, is how this is. */
  ferry: FastifyInstance;
}

export async function trustSite({ env, ferry, ...options }: TrustSiteOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: ferry.log,
    bodyLimit: BODY_BYTES,
    genReqId: requestIds(() => false),
    forceCloseConnections: true,
  });
  await app.register(requestId);
  await app.register(security, { env });
  await app.register(trust, options);
  app.get('/healthz', { logLevel: 'warn' }, async (_request, reply) => {
    const { statusCode, payload } = await ferry.inject('/healthz');
    return reply.code(statusCode).type('application/json').send(payload);
  });
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (isPage) return reply.redirect('/trust');
    return reply.code(404).send({ error: 'not-found' });
  });
  return app;
}
