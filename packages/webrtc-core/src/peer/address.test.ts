import { describe, expect, test } from 'vitest';
import { endpointText, isPrivateAddress } from './address.ts';

test.each([
  ['192.0.2.1', 443, '192.0.2.1:443'],
  ['2001:db8::1', 443, '[2001:db8::1]:443'],
  ['b7c1.local', 443, null],
  ['', 443, null],
  [null, 443, null],
  [undefined, undefined, null],
  ['192.0.2.1', undefined, null],
  ['0.0.0.0', 0, null],
])('%j with port %j is written %j', (address, port, text) => {
  expect(endpointText(address, port)).toBe(text);
});

describe('private addresses', () => {
  test.each(
    [
      ['10.0.0.1', '10.255.255.255', '127.0.0.1', '192.168.0.1', '192.168.255.255', '169.254.1.1'],
      ['172.16.0.1', '172.19.0.1', '172.20.0.1', '172.29.0.1', '172.31.255.255'],
      ['100.64.0.1', '100.69.0.1', '100.70.0.1', '100.99.0.1', '100.100.0.1', '100.119.0.1', '100.127.255.255'],
      ['::1', 'fc00::1', 'fd12:3456:789a::1', 'FDFF::1', 'fe80::1', 'FE9A::1', 'febf::1'],
      ['0c6f9bd2-6b2e-4c1c-9b1f-8f0c6f9bd26b.local'],
    ].flat(),
  )('%s is one', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  test.each(
    [
      ['9.255.255.255', '11.0.0.1', '110.0.0.1', '126.0.0.1', '128.0.0.1', '192.167.0.1', '192.169.0.1'],
      ['172.15.0.1', '172.32.0.1', '172.1.0.1', '172.160.0.1', '169.253.0.1', '169.255.0.1', '8.8.10.1'],
      ['100.63.0.1', '100.128.0.1', '100.6.0.1', '100.130.0.1', '100.200.0.1', '203.0.113.10'],
      ['::2', '::11', '2001:db8::1', 'fe00::1', 'fe7f::1', 'fec0::1', 'ff02::1', 'fb00::1', '2001:db8::fd00:1'],
      ['local', 'b7c1.local.example', ''],
    ].flat(),
  )('%j is none', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});
