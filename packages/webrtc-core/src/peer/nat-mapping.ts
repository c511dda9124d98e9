// Which kind of address translation lies between this device and the servers that it asked (RFC 4787, section 4.1; the
// test is RFC 5780's, section 4.3, as far as a browser can do it). Pure.
import { isHiddenAddress, isPrivateAddress } from './address.ts';
import { type AddressFamily, type Candidate, familyOf } from './candidate.ts';
import type { NatMapping } from './path-finding.ts';

/**
 * @param candidates all that one connection gathered while it asked several servers from the same ports
 * @param answers how many of these servers answer over each family. Equal answers are one candidate, so the
 *   candidates do not tell
 */
export function natMapping(
  candidates: readonly Candidate[],
  answers: Readonly<Record<AddressFamily, number>>,
): NatMapping {
  const hosts = candidates.filter(({ type, transport }) => type === 'host' && transport === 'udp');
  const outer = candidates.filter(({ type }) => type === 'srflx');
  const isSomeDependent = FAMILIES.some((family) =>
    isEndpointDependent(outer.filter(isOf(family)), hosts.filter(isOf(family))),
  );
  if (isSomeDependent) return 'endpoint-dependent';
  const translated = outer.filter((each) => !isInsideToo(each, hosts));
  if (translated.length === 0) return isUntranslated(outer, hosts, answers) ? 'none' : 'unknown';
  const families = FAMILIES.filter((family) => translated.some(isOf(family)));
  return families.every((family) => answers[family] >= 2) ? 'endpoint-independent' : 'unknown';
}

const FAMILIES = ['ipv4', 'ipv6'] as const;
const isOf = (family: AddressFamily) => (candidate: Candidate) => familyOf(candidate) === family;

function isEndpointDependent(outer: readonly Candidate[], hosts: readonly Candidate[]): boolean {
  const bases = Map.groupBy(outer, baseOf);
  const severalOfOne = [...bases.values()].some((ofBase) => endpoints(ofBase).size > 1);
  // Where not even the base's identity is told, each base still has at least one host candidate.
  return severalOfOne || (hosts.length > 0 && endpoints(outer).size > hosts.length);
}

/** What it was sent from: as it says, or, where the browser hides that, as its foundation does (RFC 8445, 5.1.1.3). */
function baseOf({ relatedAddress, relatedPort, foundation }: Candidate): string {
  return relatedPort ? `${relatedAddress} ${relatedPort}` : foundation;
}

function endpoints(candidates: readonly Candidate[]): Set<string> {
  return new Set(candidates.map(({ address, port }) => `${address} ${port}`));
}

/** Whether an outer address is one of this device's own. */
function isInsideToo(outer: Candidate, hosts: readonly Candidate[]): boolean {
  return hosts.some((host) => {
    if (host.port !== outer.port) return false;
    if (!isHiddenAddress(host.address)) return host.address === outer.address;
    // Translators may keep the port, but hardly those between private networks, and IPv6 has nearly none.
    return familyOf(outer) === 'ipv6' || isPrivateAddress(outer.address);
  });
}

/** Where own addresses are not hidden, an equal one outside is no candidate of its own: then there are none. */
function isUntranslated(
  outer: readonly Candidate[],
  hosts: readonly Candidate[],
  { ipv4, ipv6 }: Readonly<Record<AddressFamily, number>>,
): boolean {
  if (outer.length > 0) return true;
  return ipv4 + ipv6 > 0 && hosts.some(({ address }) => !isHiddenAddress(address));
}
