// What the server's certificate is for: this computer's names and addresses, as far as its root may vouch for
// them. Pure: is given what the system says.
import { type Permitted, permitsName } from '../trust/name-constraints.ts';
import { hostNames } from './host-names.ts';
import { type Interfaces, lanAddresses } from './lan-addresses.ts';
import type { LeafNames } from './leaf.ts';

/** What the system says about this computer. */
export interface Computer {
  hostName: string;
  interfaces: Interfaces;
}

/**
 * @param permitted by the root, which was made when the computer may have had another name: one name too many
 * makes the whole certificate worthless
 */
export function leafNames(permitted: Permitted | undefined, { hostName, interfaces }: Computer): LeafNames {
  const candidates = ['localhost', ...hostNames(hostName)];
  return {
    dnsNames: permitted ? candidates.filter((name) => permitsName(permitted, name)) : candidates,
    addresses: lanAddresses(interfaces).map(({ address }) => address),
  };
}

export function isSame(one: LeafNames, other: LeafNames): boolean {
  return isSameSet(one.dnsNames, other.dnsNames) && isSameSet(one.addresses, other.addresses);
}

function isSameSet(one: string[], other: string[]): boolean {
  return one.every((name) => other.includes(name)) && other.every((name) => one.includes(name));
}
