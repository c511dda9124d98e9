// Who may read /metrics: whoever shows the token, or, where there is none, a program on this very computer that came
// without a proxy. Pure.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '../addresses/loopback.ts';

/** What proxies add. A proxy on this computer comes from the loopback address, too, with a stranger behind it. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

interface Reader {
  /** The other end of the connection itself, whatever headers say. */
  socketAddress: string | undefined;
  headers: IncomingHttpHeaders;
}

export function mayReadMetrics({ socketAddress, headers }: Reader, token: string | undefined): boolean {
  if (token !== undefined) return isSame(headers.authorization ?? '', `Bearer ${token}`);
  return isLoopback(socketAddress ?? '') && PROXY_HEADERS.every((name) => headers[name] === undefined);
}

/** Hashed first, so that neither content nor length shows in the time it takes. */
function isSame(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}
