// Examines which paths this device could take, step by step: what it finds on its own network, which servers answer,
// what they see, and whether a relay forwards. Knows no peers; what the findings mean to a person is said elsewhere.
import { type Clock, systemClock } from '../util/clock.ts';
import { type AddressFamily, familyOf } from './candidate.ts';
import { type Gathered, type GatherOptions, gather } from './gather.ts';
import { type IceUrl, iceUrls, isRelayUrl, relayTransport } from './ice-urls.ts';
import { natMapping } from './nat-mapping.ts';
import type { PathFinding } from './path-finding.ts';
import { hostFinding, relayOutcome, stunOutcome } from './probe-outcome.ts';
import { selfChannelRoundTripMs } from './self-channel.ts';

export interface ExaminePathsOptions {
  /** As they would be used for a connection. */
  iceServers: readonly RTCIceServer[];
  /** More STUN addresses, best of another port or address, to tell what kind of address translation there is. */
  probeUrls?: readonly string[];
  /** Another implementation of RTCPeerConnection, as in Node. */
  createConnection?: GatherOptions['createConnection'];
  clock?: Clock;
  /** Ends it early: the generator throws the signal's reason. */
  signal?: AbortSignal;
}

type Tools = Pick<GatherOptions, 'createConnection' | 'clock' | 'signal'>;
type FindingOf<Step extends PathFinding['step']> = Extract<PathFinding, { step: Step }>;

/**
 * Yields one finding after the other, in this order: `host`, `same-network`, `stun` for each STUN address, `nat`,
 * `relay` for each TURN address, `relayed-data`. A step takes five seconds at most; servers are asked at the same time.
 * Everything that was opened is closed when the generator ends, in whichever way.
 *
 * @example for await (const finding of examinePaths({ iceServers, signal })) show(finding);
 * @throws the reason of `signal`
 */
export async function* examinePaths(options: ExaminePathsOptions): AsyncGenerator<PathFinding, void> {
  const { iceServers, probeUrls = [], signal } = options;
  const leaving = new AbortController();
  const tools: Tools = {
    createConnection: options.createConnection ?? ((configuration) => new RTCPeerConnection(configuration)),
    clock: options.clock ?? systemClock,
    signal: signal ? AbortSignal.any([signal, leaving.signal]) : leaving.signal,
  };
  const urls = iceUrls([...iceServers, { urls: [...probeUrls] }]);
  try {
    const host = hostFinding(await gather({ ...tools, configuration: {} }));
    yield host;
    yield await examineSameNetwork(host, tools);
    yield* examineStun(
      urls.filter(({ url }) => !isRelayUrl(url)),
      tools,
    );
    yield* examineRelays(
      urls.filter(({ url }) => isRelayUrl(url)),
      tools,
    );
  } finally {
    leaving.abort();
  }
}

async function examineSameNetwork(host: FindingOf<'host'>, tools: Tools): Promise<PathFinding> {
  if (host.outcome === 'none') return { step: 'same-network', outcome: 'skipped', roundTripMs: null };
  const roundTripMs = await selfChannelRoundTripMs({ ...tools, configuration: {} });
  return { step: 'same-network', outcome: roundTripMs === null ? 'failed' : 'ok', roundTripMs };
}

async function* examineStun(urls: readonly IceUrl[], tools: Tools): AsyncGenerator<PathFinding, void> {
  const answering: string[] = [];
  const answers: Record<AddressFamily, number> = { ipv4: 0, ipv6: 0 };
  const probes = urls.map(({ url }) => probe({ ...tools, configuration: { iceServers: [{ urls: url }] } }, 'srflx'));
  for await (const [index, gathered] of inOrder(probes)) {
    const { url } = urls[index]!;
    const outcome = stunOutcome(gathered);
    if (outcome.outcome === 'ok') {
      answering.push(url);
      for (const family of answeredFamilies(gathered)) answers[family]++;
    }
    yield { step: 'stun', url, ...outcome, tookMs: gathered.tookMs };
  }
  if (answering.length === 0) return yield { step: 'nat', mapping: 'unknown' };
  const { candidates } = await gather({ ...tools, configuration: { iceServers: [{ urls: answering }] } });
  yield { step: 'nat', mapping: natMapping(candidates, answers) };
}

async function* examineRelays(urls: readonly IceUrl[], tools: Tools): AsyncGenerator<PathFinding, void> {
  let working: { url: string; configuration: RTCConfiguration } | undefined;
  const probes = urls.map((each) => probe({ ...tools, configuration: throughRelay(each) }, 'relay'));
  for await (const [index, gathered] of inOrder(probes)) {
    const { url } = urls[index]!;
    const outcome = relayOutcome(gathered);
    if (outcome.outcome === 'ok') working ??= { url, configuration: throughRelay(urls[index]!) };
    yield { step: 'relay', url, transport: relayTransport(url), ...outcome, tookMs: gathered.tookMs };
  }
  if (!working) return yield { step: 'relayed-data', outcome: 'skipped', url: null, roundTripMs: null };
  const roundTripMs = await selfChannelRoundTripMs({ ...tools, configuration: working.configuration });
  yield { step: 'relayed-data', outcome: roundTripMs === null ? 'failed' : 'ok', url: working.url, roundTripMs };
}

function throughRelay({ url, server }: IceUrl): RTCConfiguration {
  return { iceServers: [{ ...server, urls: url }], iceTransportPolicy: 'relay' };
}

/** An address that the browser does not take is one that nobody answers at. */
async function probe(options: GatherOptions, wanted: 'srflx' | 'relay'): Promise<Gathered> {
  try {
    return await gather({ ...options, isWanted: ({ type }) => type === wanted });
  } catch (error) {
    if (options.signal.aborted) throw error;
    return { candidates: [], errorCodes: [], isComplete: true, tookMs: 0 };
  }
}

function answeredFamilies({ candidates }: Gathered): Set<AddressFamily> {
  const outer = candidates.filter(({ type }) => type === 'srflx');
  return new Set(outer.map(familyOf).filter((family) => family !== undefined));
}

/** What runs at the same time, in the order it was started in. */
async function* inOrder<Result>(started: Promise<Result>[]): AsyncGenerator<[number, Result], void> {
  // Nobody may come to wait for the others.
  for (const each of started) each.catch(() => {});
  for (const [index, each] of started.entries()) yield [index, await each];
}
