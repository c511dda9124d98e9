// Requests and how long they took, by route pattern and class of status: never by the path that somebody asked for,
// of which there are infinitely many.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Counter, Histogram, type Registry } from 'prom-client';

const LABELS = ['route', 'status'] as const;
type Labels = Record<(typeof LABELS)[number], string>;

/** Seconds. Hashing a password takes some 50 ms; waiting for its turn up to two seconds. */
const BUCKETS_S = [0.002, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export class HttpMetrics {
  readonly #requests: Counter<keyof Labels>;
  readonly #durations: Histogram<keyof Labels>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#requests = new Counter({
      name: 'ferry_http_requests_total',
      help: 'HTTP requests answered, by route pattern and class of status.',
      labelNames: LABELS,
      registers,
    });
    this.#durations = new Histogram({
      name: 'ferry_http_request_seconds',
      help: 'Time from a request to its whole answer, by route pattern and class of status.',
      labelNames: LABELS,
      buckets: BUCKETS_S,
      registers,
    });
  }

  answered(request: FastifyRequest, reply: FastifyReply): void {
    // A route that nobody registered has no pattern.
    const route = request.routeOptions.url ?? 'none';
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    this.#requests.inc({ route, status });
    this.#durations.observe({ route, status }, reply.elapsedTime / 1000);
  }
}
