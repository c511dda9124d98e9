// GET /healthz: the server has migrated its database and answers. GET /readyz: it can take people, too. Both say
// nothing else to anybody; why it cannot is in the log.
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { quietly } from '../log.ts';
import type { Services } from '../services.ts';

export const health = fp(async (app: FastifyInstance, { services }: { services: Services }) => {
  app.get('/healthz', quietly(services.env), async () => {
    services.db.run(sql`select 1`);
    return { status: 'ok' };
  });

  // While the server is closing, Fastify answers 503 to this as to everything else.
  app.get('/readyz', quietly(services.env), async (request, reply) => {
    const problem = services.readiness.problem();
    if (problem === undefined) return { status: 'ready' };
    request.log.error({ err: problem }, 'not ready: the database takes no writes');
    return reply.code(503).send({ status: 'not-ready' });
  });
});
