import { expect, test } from 'vitest';
import { allocationFinding } from './relay-allocation.ts';

const URL = 'turn:turn.example.com';

test.each([
  ['a public address at a public one', '198.51.100.7', '198.51.100.7', 'relay.ok'],
  ['a private address within its own network', '10.0.0.5', '10.0.0.5', 'relay.ok'],
  ['a public address within a private network', '10.0.0.5', '198.51.100.7', 'relay.ok'],
  ['a private address to the whole world', '198.51.100.7', '10.0.0.5', 'relay.address-private'],
  ['a private address to the whole world, over IPv6', '2001:db8::7', 'fd00::5', 'relay.address-private'],
])('a relay gives out %s', (_what, reachedAt, address, code) => {
  const allocation = { relayed: { address, port: 50_000 }, isOpenToAnybody: false };
  expect(allocationFinding(URL, { reachedAt, tookMs: 1.4 }, allocation)).toMatchObject({ code, facts: { address } });
});
