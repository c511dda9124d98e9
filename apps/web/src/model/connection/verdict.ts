// What a finished check comes to: whom this device can reach, and by which way. Pure; the words are elsewhere.
import type { Tone } from './conclusion.ts';
import { isSeenFromOutside, natMapping, relayState, udpState } from './evidence.ts';
import { type Finding, findingOf } from './finding.ts';

/** How colleagues on this device's own network are reached. */
export type OwnNetwork =
  | 'direct'
  /** Straight where the network lets hidden names be resolved, which this device alone cannot find out. */
  | 'likely'
  | 'relay'
  /** Only if the router sends back what comes from inside. */
  | 'uncertain'
  | 'none';

/** How colleagues on other networks are reached. */
export type OtherNetworks =
  /** Mostly straight; the relay carries the rest. */
  | 'direct'
  /** Mostly straight; for the rest there is no relay. */
  | 'directOnly'
  /** It was not found out what this network's address translation is like; what does not open, the relay carries. */
  | 'either'
  | 'relay'
  /** By the relay, and not even to it by UDP. */
  | 'slowRelay'
  /** Only those whose own network is open enough. */
  | 'few'
  /** Nor was it found out here, and there is no relay. */
  | 'uncertain'
  | 'none';

export type Verdict =
  /** No connection can be made at all, and why. */
  | { tone: 'wrong'; headline: 'insecure' | 'serverSilent' | 'relayOnlyWithoutRelay' }
  | {
      tone: Tone;
      headline: 'ready' | 'byRelay' | 'mostly' | 'partly' | 'ownOnly' | 'nobody';
      own: OwnNetwork;
      others: OtherNetworks;
    };

export function verdictOf(findings: readonly Finding[]): Verdict {
  const relay = relayState(findings, true);
  const isRelayOnly = findingOf(findings, 'configuration')?.isRelayOnly ?? false;
  if (findingOf(findings, 'page')?.isSecure === false) return { tone: 'wrong', headline: 'insecure' };
  if (findingOf(findings, 'server')?.outcome !== 'ok') return { tone: 'wrong', headline: 'serverSilent' };
  if (isRelayOnly && relay !== 'works') return { tone: 'wrong', headline: 'relayOnlyWithoutRelay' };
  return summary(isRelayOnly ? 'relay' : ownNetwork(findings), isRelayOnly ? 'relay' : otherNetworks(findings));
}

function ownNetwork(findings: readonly Finding[]): OwnNetwork {
  const host = findingOf(findings, 'host');
  if (host?.outcome === 'ok') {
    // Who is seen with the inner address is found by it, whatever its name.
    if (natMapping(findings) === 'none') return 'direct';
    if (findingOf(findings, 'same-network')?.outcome === 'ok') return host.areHidden ? 'likely' : 'direct';
  }
  if (relayState(findings, true) === 'works') return 'relay';
  return isSeenFromOutside(findings) ? 'uncertain' : 'none';
}

function otherNetworks(findings: readonly Finding[]): OtherNetworks {
  const hasRelay = relayState(findings, true) === 'works';
  if (!isSeenFromOutside(findings)) {
    if (!hasRelay) return 'none';
    return udpState(findings, true) === 'blocked' ? 'slowRelay' : 'relay';
  }
  switch (natMapping(findings)) {
    case 'none':
    case 'endpoint-independent':
      return hasRelay ? 'direct' : 'directOnly';
    case 'endpoint-dependent':
      return hasRelay ? 'relay' : 'few';
    case 'unknown':
      return hasRelay ? 'either' : 'uncertain';
  }
}

/** All the others are reached, whoever they are. */
const WHOLE: ReadonlySet<OtherNetworks> = new Set(['direct', 'either', 'relay', 'slowRelay']);

function summary(own: OwnNetwork, others: OtherNetworks): Verdict {
  const isOwnStraight = own === 'direct' || own === 'likely';
  const isStraight = others === 'direct' || others === 'either';
  if (isOwnStraight && isStraight) return { tone: 'fine', headline: 'ready', own, others };
  if (WHOLE.has(others) && (isOwnStraight || own === 'relay'))
    return { tone: 'note', headline: 'byRelay', own, others };
  if (isOwnStraight && others === 'directOnly') return { tone: 'note', headline: 'mostly', own, others };
  if (others !== 'none') return { tone: 'wrong', headline: 'partly', own, others };
  return { tone: 'wrong', headline: isOwnStraight ? 'ownOnly' : 'nobody', own, others };
}
