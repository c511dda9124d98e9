// GET /healthz: the server has migrated its database and answers. Says nothing else to anybody.

import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Services } from '../services.ts';

export const health = fp(async (app: FastifyInstance, { services }: { services: Services }) => {
  app.get('/healthz', { logLevel: 'warn' }, async () => {
    services.db.run(sql`select 1`);
    return { status: 'ok' };
  });
});
