// How a request came to this server: by which address, and through which proxies. What its headers say is told, not
// judged; nothing that decides about access may go by it.
import type { FastifyRequest } from 'fastify';

export interface Reached {
  /** As the browser's address bar has it, as far as this server can tell. */
  origin: string;
  /** The client's address, as limits and the log have it. */
  address: string;
  /** Who opened the connection: a proxy, or the client itself. */
  peer: string;
  /** It has headers such as proxies add. */
  isForwarded: boolean;
  /** `address` is from them. */
  isForwardBelieved: boolean;
}

export function reachedBy(request: FastifyRequest): Reached {
  const { headers, socket, ip, ips } = request;
  const peer = socket.remoteAddress ?? ip;
  return {
    origin: originOf(request),
    address: ip,
    peer,
    isForwarded: headers['x-forwarded-for'] !== undefined || headers['x-forwarded-proto'] !== undefined,
    isForwardBelieved: (ips?.length ?? 1) > 1,
  };
}

/** Browsers name it with every WebSocket; of other requests, a proxy that is not believed may know what we do not. */
function originOf({ headers, host, protocol }: FastifyRequest): string {
  const told = String(headers['x-forwarded-proto'] ?? '');
  const scheme = told === 'https' || told === 'http' ? told : protocol;
  const candidates = [headers.origin, `${scheme}://${host}`].filter((text) => text !== undefined);
  const origin = candidates.find((text) => /^https?:/.test(text) && URL.canParse(text));
  return origin ? new URL(origin).origin : 'http://localhost';
}
