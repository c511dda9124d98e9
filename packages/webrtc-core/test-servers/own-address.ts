// Where servers for tests listen: an address of this computer that browsers send to from their own, which loopback
// is not.
import { networkInterfaces } from 'node:os';

export function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const address = all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
  if (!address) throw new Error('This computer has no address but loopback');
  return address;
}
