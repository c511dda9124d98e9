// One id for everything that is logged of a request: made here, or taken from the proxy in front, so that its log and
// ours can be read together. Answered in x-request-id, for whoever asks for help with it.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { ProxyTest } from '../trusted-proxies.ts';

const HEADER = 'x-request-id';
/** Whatever a proxy passes on from a stranger cannot break a log line or fill the disk. */
const ACCEPTED = /^[\w-]{1,64}$/;

/** For Fastify's `genReqId`. */
export function requestIds(isProxy: ProxyTest): (request: IncomingMessage) => string {
  return ({ headers, socket }) => {
    const given = headers[HEADER];
    const isAccepted = typeof given === 'string' && ACCEPTED.test(given) && isProxy(socket.remoteAddress ?? '', 0);
    return isAccepted ? given : randomUUID();
  };
}

export const requestId = fp(async (app: FastifyInstance) => {
  app.addHook('onRequest', async (request, reply) => {
    reply.header(HEADER, request.id);
  });
});
