// Builds the whole application without listening, so that tests can boot the real one.
import Fastify, { type FastifyInstance, type FastifyServerFactory } from 'fastify';
import type { Env } from './env.ts';
import { type LogDestination, loggerOptions } from './log.ts';
import { health } from './plugins/health.ts';
import { metrics } from './plugins/metrics.ts';
import { requestId, requestIds } from './plugins/request-id.ts';
import { security } from './plugins/security.ts';
import { trpc } from './plugins/trpc.ts';
import { web } from './plugins/web.ts';
import { createServices } from './services.ts';
import { secureAddress } from './trust/secure-address.ts';
import { trustedProxies } from './trusted-proxies.ts';

/** Signals are small; nothing larger has any business here, least of all a file. */
const BODY_BYTES = 64 * 1024;

/**
 * @param logTo instead of standard output
 * @param serverFactory instead of a plain HTTP server
 */
export async function build(
  env: Env,
  logTo?: LogDestination,
  serverFactory?: FastifyServerFactory,
): Promise<FastifyInstance> {
  const trustProxy = trustedProxies(env.TRUST_PROXY);
  const app = Fastify({
    logger: loggerOptions(env, logTo),
    genReqId: requestIds(trustProxy),
    trustProxy,
    bodyLimit: BODY_BYTES,
    forceCloseConnections: true,
    ...(serverFactory && { serverFactory }),
  });
  const services = createServices(env, (error) =>
    app.log.error({ err: error }, 'the Store could not look after a version'),
  );
  app.addHook('onListen', async () => {
    await services.stun.start((facts, sentence) => app.log.warn(facts, sentence));
  });
  app.addHook('onClose', async () => {
    await services.stun.close();
    services.close();
    await services.catalog.close();
  });
  await app.register(requestId);
  await app.register(metrics, { services });
  await app.register(security, { env });
  await app.register(health, { services });
  await app.register(trpc, { services });
  if (env.ROOT_CERTIFICATE) {
    // Only here: few need what reads certificates.
    const { trust } = await import('./trust/trust.ts');
    const options = { certificateFile: env.ROOT_CERTIFICATE, secureAddress: secureAddress(env) };
    await app.register(trust, options);
  }
  await app.register(web);
  return app;
}
