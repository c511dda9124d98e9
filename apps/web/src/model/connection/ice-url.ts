// What the addresses of STUN and TURN servers say of the way there (RFC 7064, RFC 7065). Pure.
import type { FindingOf } from './finding.ts';

export type RelayTransport = FindingOf<'relay'>['transport'];

export function isRelayUrl(url: string): boolean {
  return /^turns?:/i.test(url);
}

export function relayTransport(url: string): RelayTransport {
  if (/^turns:/i.test(url)) return 'tls';
  return /[?&]transport=tcp\b/i.test(url) ? 'tcp' : 'udp';
}

export function isStunByUdp(url: string): boolean {
  return /^stun:/i.test(url) && !/[?&]transport=tcp\b/i.test(url);
}
