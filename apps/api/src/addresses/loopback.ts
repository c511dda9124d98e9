// Whether a host is this very computer. Pure; looks no name up.
import { BlockList, isIPv6 } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * @param host an address or a name, also as in a URL, or as a socket that listens on IPv6 shows IPv4 addresses:
 *   `::ffff:127.0.0.1`, which the list knows, too
 */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (bare === 'localhost' || bare.endsWith('.localhost')) return true;
  return LOOPBACK.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
}
