// Whether a host may be reached from anywhere, going by its name. Pure; looks nothing up.
import { isIP } from 'node:net';
import { isLoopback } from '../addresses/loopback.ts';
import { isPrivateAddress } from '../addresses/private-networks.ts';

/** Names that no public server answers for: RFC 6761, 6762 and 8375, ICANN's `internal`, and what networks made up. */
const PRIVATE_NAME = /\.(local|localhost|internal|lan|home|corp|intranet|localdomain|test|home\.arpa)$/;

/** @param hostname as in a URL: an IPv6 address in brackets */
export function mayBePublic(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (isLoopback(bare)) return false;
  if (isIP(bare)) return !isPrivateAddress(bare);
  return bare.includes('.') && !PRIVATE_NAME.test(bare);
}
