import type { ConnectionReport } from '@ferry/shared';
import { expect, test } from 'vitest';
import { transfer } from '../model/transfer/transfer-fixture.ts';
import { ConnectionReports } from './connection-reports.ts';
import type { TransferSnapshot } from './engine-contract.ts';

const connection = {
  localCandidate: 'host',
  remoteCandidate: 'host',
  protocol: 'udp',
  roundTripMs: 1,
  localAddress: null,
  remoteAddress: null,
  relayReason: null,
};
const announced = transfer({ direction: 'send', status: 'announced', route: 'offline' });
const onItsWay = { ...announced, route: 'direct', connection } as const;

/** What is reported of these snapshots, one after the other. */
function reported(...snapshots: TransferSnapshot[][]): ConnectionReport[] {
  const all: ConnectionReport[] = [];
  const reports = new ConnectionReports((report) => all.push(report));
  for (const transfers of snapshots) reports.saw(transfers);
  return all;
}

test('a send is reported once, when its route is first known', () => {
  const serving = { ...onItsWay, status: 'serving', route: 'relayed' } as const;
  expect(reported([announced], [announced], [onItsWay], [onItsWay], [announced], [serving])).toEqual([
    { type: 'announced', route: 'direct' },
  ]);
});

test('each send is reported for itself', () => {
  const other = { ...onItsWay, transferId: 't2', route: 'lan' } as const;
  expect(reported([announced, other], [onItsWay, other])).toEqual([
    { type: 'announced', route: 'lan' },
    { type: 'announced', route: 'direct' },
  ]);
});

test.each<[string, TransferSnapshot[][]]>([
  ['what is received', [[{ ...onItsWay, direction: 'receive' }]]],
  ['a send without a route', [[announced], [{ ...announced, status: 'stalled' }]]],
  ['a send that was accepted before this page was loaded', [[{ ...announced, status: 'stalled' }], [onItsWay]]],
  ['a finished send that keeps the route it had', [[announced], [{ ...announced, status: 'done', route: 'direct' }]]],
])('%s is not', (_, snapshots) => {
  expect(reported(...snapshots)).toEqual([]);
});
