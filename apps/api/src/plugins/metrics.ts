// GET /metrics for Prometheus, and the counting of requests. To whoever may not read it, it is not there. Knows no
// metric by name.
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { quietly } from '../log.ts';
import { mayReadMetrics } from '../metrics/access.ts';
import { storeNumbers } from '../metrics/store-numbers.ts';
import type { Services } from '../services.ts';

export const metrics = fp(async (app: FastifyInstance, { services }: { services: Services }) => {
  const { env, metrics } = services;
  metrics.show({
    online: services.countOnline,
    openSockets: () => app.websocketServer.clients.size,
    isReady: () => services.readiness.problem() === undefined,
    listed: () => services.catalogOwners.census,
    stored: () => storeNumbers(services.db, services.store.pool),
  });

  app.addHook('onResponse', async (request, reply) => {
    // A WebSocket is no request here: it lasts for hours.
    if (!request.ws) metrics.http.answered(request, reply);
  });

  app.get('/metrics', quietly(env), async (request, reply) => {
    const reader = { socketAddress: request.raw.socket.remoteAddress, headers: request.headers };
    if (!mayReadMetrics(reader, env.METRICS_TOKEN)) {
      request.log.warn({ req: request }, 'refused to show the metrics');
      return reply.callNotFound();
    }
    const { contentType, body } = await metrics.text();
    return reply.header('content-type', contentType).header('cache-control', 'no-store').send(body);
  });
});
