import { type Connector, type ConnectorEvents, Emitter, Exchange, MemoryStores } from '@ferry/webrtc-core';
import { expect, test } from 'vitest';
import type { EnginePath } from '../adapters/engine-rpc.ts';
import type { ReceiveRow } from './transfer-row.ts';
import { TransferTable } from './transfer-table.ts';

const PATH: EnginePath = {
  route: 'relayed',
  localCandidate: 'relay',
  remoteCandidate: 'srflx',
  protocol: 'tls',
  roundTripMs: 40,
  localAddress: '203.0.113.9:50006',
  remoteAddress: '[2001:db8::5]:5005',
  relayReason: 'udp-blocked',
};

/** One that was accepted from a device that cannot be reached now. */
async function stalled() {
  const connector: Connector = { events: new Emitter<ConnectorEvents>(), want() {}, release() {}, suspect() {} };
  const exchange = new Exchange({ connector, stores: new MemoryStores() });
  const entry = { path: ['a.bin'], sizeBytes: 5, modifiedMs: 0, mediaType: '' };
  const transfer = await exchange.restoreIncoming({
    transfer: crypto.randomUUID(),
    peerId: 'their-device',
    summary: { title: 'a.bin', itemCount: 1, entryCount: 1, totalBytes: 5 },
    chosen: { entries: [entry] },
    chosenRuns: [{ first: 0, count: 1 }],
  });
  const table = new TransferTable();
  const peer = { userId: 'grace', username: 'Grace' };
  const row = table.add<ReceiveRow>({ transfer, direction: 'receive', peer, createdAt: 0, order: 0 });
  return { table, row, shown: () => table.snapshots(0)[0]! };
}

test('a path is shown whole, with what it was chosen for', async () => {
  const { table, shown } = await stalled();
  table.setConnected('their-device', true);
  table.setPath('their-device', PATH);
  const { route, ...connection } = PATH;
  expect(shown()).toMatchObject({ route, connection });
});

test('a stalled transfer says why no other path is found, until there is one', async () => {
  const { table, shown } = await stalled();
  expect(shown()).toMatchObject({ status: 'stalled' });
  expect(shown().problem).toBeUndefined();
  table.setNoPath('their-device', 'relay-missing');
  expect(shown().problem).toEqual({ code: 'relay-missing' });
  table.setNoPath('their-device', 'candidates-missing');
  expect(shown().problem).toEqual({ code: 'candidates-missing' });
  table.setConnected('their-device', true);
  expect(shown().problem).toBeUndefined();
  table.setConnected('their-device', false);
  expect(shown().problem).toBeUndefined();
});

test('of a device that goes offline nothing else need be said', async () => {
  const { table, shown } = await stalled();
  table.setNoPath('their-device', 'ice-failed');
  table.setOnline(['their-device', 'another']);
  expect(shown().problem).toEqual({ code: 'unreachable' });
  table.setOnline(['another']);
  expect(shown().problem).toBeUndefined();
});

test('another device’s path is not this transfer’s', async () => {
  const { table, shown } = await stalled();
  table.setNoPath('another', 'relay-missing');
  expect(shown().problem).toBeUndefined();
});

test('what only its user can do comes first, and a transfer that rests says nothing about paths', async () => {
  const { table, row, shown } = await stalled();
  table.setNoPath('their-device', 'relay-missing');
  row.problem = { code: 'folder-locked' };
  expect(shown().problem).toEqual({ code: 'folder-locked' });
  row.problem = undefined;
  row.transfer.pause();
  expect(shown().problem).toBeUndefined();
});
