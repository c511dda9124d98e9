import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { type Interfaces, lanAddresses, publicAddresses } from './lan-addresses.ts';

function info(address: string, more: { internal?: boolean; scopeid?: number } = {}): NetworkInterfaceInfo {
  const common = { address, netmask: '', mac: '02:42:ac:11:00:02', internal: false, cidr: null, ...more };
  return address.includes(':')
    ? { family: 'IPv6', scopeid: 0, ...common }
    : { ...common, family: 'IPv4', scopeid: undefined };
}

const LAPTOP: Interfaces = {
  lo: [info('127.0.0.1', { internal: true }), info('::1', { internal: true })],
  docker0: [info('172.17.0.1')],
  'br-5f1e': [info('172.18.0.1')],
  tailscale0: [info('100.101.102.103')],
  wlan0: [info('192.168.1.20'), info('fd12::20'), info('fe80::1', { scopeid: 3 }), info('2003:db8::20')],
  eth1: [info('169.254.7.7')],
};

test('the network comes first, then what is plugged in directly, then VPNs; bridges of this computer come late', () => {
  expect(lanAddresses(LAPTOP).map(({ address, kind }) => `${address} ${kind}`)).toEqual([
    '192.168.1.20 network',
    'fd12::20 network',
    '169.254.7.7 self-assigned',
    '100.101.102.103 vpn',
    '172.17.0.1 virtual',
    '172.18.0.1 virtual',
    '127.0.0.1 loopback',
    '::1 loopback',
  ]);
});

test('Windows and macOS give their bridges other names', () => {
  const interfaces = {
    'vEthernet (WSL (Hyper-V firewall))': [info('172.24.0.1')],
    'VirtualBox Host-Only Network': [info('192.168.56.1')],
    bridge100: [info('192.168.64.1')],
    utun4: [info('10.8.0.2')],
    'Wi-Fi': [info('192.168.1.30')],
  };
  expect(lanAddresses(interfaces).map(({ kind }) => kind)).toEqual(['network', 'vpn', 'virtual', 'virtual', 'virtual']);
});

test('an address of the internet is told apart', () => {
  const interfaces = { eth0: [info('203.0.113.5'), info('2001:db8::5')] };
  expect(lanAddresses(interfaces)).toEqual([]);
  expect(publicAddresses(interfaces)).toEqual(['203.0.113.5']);
});
