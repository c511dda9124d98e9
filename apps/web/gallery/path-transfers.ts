// Transfers that never happened and are about their path: through a relay for every reason there is, and without any.
import type { ConnectionDetails, ProblemCode, TransferSnapshot } from '../src/adapters/engine-contract.ts';
import { peer } from './invented-people.ts';
import { receiving, sending, still, transfer } from './invented-transfers.ts';

const throughRelay: ConnectionDetails = {
  localCandidate: 'relay',
  remoteCandidate: 'srflx',
  protocol: 'tls',
  roundTripMs: 48.3,
  localAddress: '203.0.113.9:52114',
  remoteAddress: '[2001:db8:85a3:8d3:1319:8a2e:370:7348]:61043',
  relayReason: 'udp-blocked',
};

export const relayed: TransferSnapshot[] = [
  { ...receiving, route: 'relayed', connection: throughRelay },
  {
    ...sending,
    route: 'relayed',
    connection: { ...throughRelay, localCandidate: 'host', relayReason: 'remote-relay-only', protocol: 'udp' },
  },
];

const codes: ProblemCode[] = ['relay-missing', 'relay-failed', 'candidates-missing', 'unreachable'];
export const noPath: TransferSnapshot[] = codes.map((code, index) =>
  transfer({
    ...still,
    status: index === 1 ? 'stalled' : 'failed',
    route: 'offline',
    direction: index % 2 === 0 ? 'send' : 'receive',
    title: ['Press photos', 'site-survey-4k.mov', 'budget.xlsx', 'archive.tar.zst'][index]!,
    canRetry: true,
    peer: peer('Chen.Wei'),
    problem: { code },
  }),
);
