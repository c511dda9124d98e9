// How the server is reached from here: by the socket that signals take, or only by requests, and how its clock differs
// from this device's. Knows nothing of paths to colleagues.
import type { FindingOf } from '../model/connection/finding.ts';
import type { TrpcServer } from './server.ts';

const CALLS = 3;
const PATIENCE_MS = 5000;

export async function reachServer(server: TrpcServer, signal: AbortSignal): Promise<FindingOf<'server'>> {
  try {
    const tookMs: number[] = [];
    for (let call = 0; call < CALLS; call++) {
      const startedAt = performance.now();
      await server.live.api.auth.me.query(undefined, { signal: patient(signal) });
      tookMs.push(performance.now() - startedAt);
    }
    return { step: 'server', outcome: 'ok', roundTripMs: median(tookMs) };
  } catch {
    const answers = await server.http.auth.me.query(undefined, { signal: patient(signal) }).then(
      () => true,
      () => false,
    );
    return { step: 'server', outcome: answers ? 'no-socket' : 'silent', roundTripMs: null };
  }
}

export async function compareClocks(signal: AbortSignal): Promise<FindingOf<'clock'>> {
  try {
    const sentAt = Date.now();
    const { headers } = await fetch('/healthz', { cache: 'no-store', signal: patient(signal) });
    const answeredAt = Date.parse(headers.get('date') ?? '');
    // Told in whole seconds (RFC 9110, section 5.6.7): on average half of one has passed since.
    const aheadMs = answeredAt + 500 - (sentAt + Date.now()) / 2;
    return { step: 'clock', aheadMs: Number.isFinite(aheadMs) ? Math.round(aheadMs) : null };
  } catch {
    return { step: 'clock', aheadMs: null };
  }
}

function patient(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
