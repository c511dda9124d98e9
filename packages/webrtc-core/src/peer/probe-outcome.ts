// What gathering with one server says about that server, and gathering without any about this device. Pure.
import { endpointText, isHiddenAddress } from './address.ts';
import { type AddressFamily, type Candidate, familyOf } from './candidate.ts';
import type { Gathered } from './gather.ts';
import type { PathFinding } from './path-finding.ts';

type Finding<Step extends PathFinding['step']> = Extract<PathFinding, { step: Step }>;
type Outcome = Pick<Finding<'relay'>, 'outcome' | 'errorCode'>;

/** Of `icecandidateerror`, where a server could not be reached or asked (W3C WebRTC 1.0, section 4.8.2). */
const NO_ANSWER = 701;

export function hostFinding({ candidates }: Pick<Gathered, 'candidates'>): Finding<'host'> {
  const hosts = hostsOf(candidates);
  const families = new Set(hosts.map(familyOf).filter((family): family is AddressFamily => family !== undefined));
  return {
    step: 'host',
    outcome: hosts.length > 0 ? 'ok' : 'none',
    count: hosts.length,
    families: [...families].sort(),
    areHidden: hosts.length > 0 && hosts.every(({ address }) => isHiddenAddress(address)),
  };
}

export function stunOutcome(gathered: Gathered): Outcome & Pick<Finding<'stun'>, 'outerAddress'> {
  const { candidates, errorCodes, isComplete } = gathered;
  const outer = candidates.find(({ type }) => type === 'srflx');
  if (outer) return { outcome: 'ok', errorCode: null, outerAddress: endpointText(outer.address, outer.port) };
  const visible = hostsOf(candidates).filter(({ address }) => !isHiddenAddress(address));
  // An address that is the same outside is no candidate of its own (RFC 8445, section 5.1.3); there is no error either.
  if (isComplete && errorCodes.length === 0 && visible.length > 0) {
    const [only, ...others] = visible;
    const outerAddress = only && others.length === 0 ? endpointText(only.address, only.port) : null;
    return { outcome: 'ok', errorCode: null, outerAddress };
  }
  return { ...failure(errorCodes), outerAddress: null };
}

export function relayOutcome({ candidates, errorCodes }: Gathered): Outcome {
  if (candidates.some(({ type }) => type === 'relay')) return { outcome: 'ok', errorCode: null };
  return failure(errorCodes);
}

/** Servers are asked over every network and address family: one refusal says more than any silence. */
function failure(errorCodes: readonly number[]): Outcome {
  const refusal = errorCodes.find((code) => code !== NO_ANSWER);
  if (refusal !== undefined) return { outcome: 'refused', errorCode: refusal };
  return { outcome: 'silent', errorCode: errorCodes[0] ?? null };
}

function hostsOf(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(({ type, transport }) => type === 'host' && transport === 'udp');
}
