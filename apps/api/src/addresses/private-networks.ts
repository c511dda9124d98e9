// The address ranges that belong to nobody on the internet, and may be used in any network. Pure.
import { BlockList, isIP } from 'node:net';

/** RFC 1918, 6598, 3927, 1122, 4193 and 4291, in CIDR notation. */
export const PRIVATE_NETWORKS = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
] as const;

const ranges = new BlockList();
for (const network of PRIVATE_NETWORKS) {
  const [address = '', prefixLength] = network.split('/');
  ranges.addSubnet(address, Number(prefixLength), isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** @param address IPv4 or IPv6, without a zone */
export function isPrivateAddress(address: string): boolean {
  return ranges.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
