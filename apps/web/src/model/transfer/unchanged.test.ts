import { expect, test } from 'vitest';
import { transfer } from './transfer-fixture.ts';
import { reuseUnchanged } from './unchanged.ts';

const connection = {
  localCandidate: 'host',
  remoteCandidate: 'host',
  protocol: 'udp',
  roundTripMs: 1,
  localAddress: '192.0.2.4:5004',
  remoteAddress: null,
  relayReason: null,
};

test('equal transfers keep their identity, changed ones do not', () => {
  const before = [transfer({ transferId: 'a', connection }), transfer({ transferId: 'b' })];
  const after = [
    transfer({ transferId: 'c' }),
    transfer({ transferId: 'a', connection: { ...connection } }),
    transfer({ transferId: 'b', doneBytes: 3 }),
  ];
  const kept = reuseUnchanged(before, after);
  expect(kept).toEqual(after);
  expect(kept[1]).toBe(before[0]);
  expect(kept[2]).toBe(after[2]);
});

test('a change deep inside counts', () => {
  const before = [transfer({ connection })];
  const pieces = transfer().pieces.with(40, 1);
  expect(reuseUnchanged(before, [transfer({ connection, pieces })])[0]?.pieces[40]).toBe(1);
  expect(reuseUnchanged(before, [transfer()])[0]?.connection).toBeUndefined();
});
