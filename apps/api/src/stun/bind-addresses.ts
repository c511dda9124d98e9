// Which local addresses to listen on for UDP, so that it is the same as what HTTP does with the same HOST.
import { lookup } from 'node:dns/promises';

export interface BindAddress {
  family: 'IPv4' | 'IPv6';
  address: string;
}

/** @throws when `host` is a name that nobody knows */
export async function bindAddresses(host: string): Promise<BindAddress[]> {
  if (host === '0.0.0.0' || host === '::') return both('0.0.0.0', '::');
  if (host === 'localhost') return both('127.0.0.1', '::1');
  const found = await lookup(host, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 'IPv6' : 'IPv4' }));
}

function both(ipv4: string, ipv6: string): BindAddress[] {
  return [
    { family: 'IPv4', address: ipv4 },
    { family: 'IPv6', address: ipv6 },
  ];
}
