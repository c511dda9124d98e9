// An ICE candidate's line of text (RFC 8839, section 5.1), read. Pure; browsers tell the same as properties, but not
// all of them all of it.
import { isHiddenAddress } from './address.ts';

export type CandidateType = 'host' | 'srflx' | 'prflx' | 'relay';

export interface Candidate {
  /** The same for all of one type and one base, where browsers do not name the base itself. */
  foundation: string;
  transport: 'udp' | 'tcp';
  priority: number;
  /** An mDNS name where the browser hides it. */
  address: string;
  port: number;
  type: CandidateType;
  /** The base of a reflexive one, `0.0.0.0` and 0 where the browser hides it. */
  relatedAddress: string | null;
  relatedPort: number | null;
}

const LINE = /^(?:a=)?candidate:(\S+) \d+ (udp|tcp) (\d+) (\S+) (\d+) typ (host|srflx|prflx|relay)(?: (.*))?$/i;

/** Undefined for what is none: the empty line that ends them, or one of a kind nobody knows. */
export function readCandidate(line: string): Candidate | undefined {
  const [, foundation, transport, priority, address, port, type, rest = ''] = LINE.exec(line.trim()) ?? [];
  if (!foundation || !transport || !address || !type) return undefined;
  const relatedPort = /(?:^| )rport (\d+)/.exec(rest)?.[1];
  return {
    foundation,
    transport: transport.toLowerCase() as Candidate['transport'],
    priority: Number(priority),
    address,
    port: Number(port),
    type: type.toLowerCase() as CandidateType,
    relatedAddress: /(?:^| )raddr (\S+)/.exec(rest)?.[1] ?? null,
    relatedPort: relatedPort === undefined ? null : Number(relatedPort),
  };
}

export type AddressFamily = 'ipv4' | 'ipv6';

/** Undefined for a hidden address in a browser that does not write priorities as Chromium and Safari do. */
export function familyOf({ address, priority }: Candidate): AddressFamily | undefined {
  if (!isHiddenAddress(address)) return address.includes(':') ? 'ipv6' : 'ipv4';
  // libwebrtc has the precedence of RFC 6724, section 2.1, in the lower byte of the local preference: 30 for IPv4.
  const precedence = (priority >>> 8) & 0xff;
  if (precedence === 30) return 'ipv4';
  return LIBWEBRTC_IPV6_PRECEDENCES.has(precedence) ? 'ipv6' : undefined;
}

const LIBWEBRTC_IPV6_PRECEDENCES = new Set([1, 3, 5, 10, 20, 40, 50, 60]);
