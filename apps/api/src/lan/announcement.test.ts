import { expect, test } from 'vitest';
import type { RootCertificate } from '../trust/root-certificate.ts';
import { type Announced, announcement } from './announcement.ts';
import type { LanAddress } from './lan-addresses.ts';
import { qrCode } from './qr-code.ts';

const ROOT: RootCertificate = {
  commonName: 'Ferry on alice-pc, 27 November 2026',
  sha256: Array.from({ length: 32 }, (_, index) => `${index + 10}`).join(':'),
  sha1: Array.from({ length: 20 }, (_, index) => `${index + 50}`).join(':'),
  validUntil: new Date(0),
  der: Buffer.alloc(0),
  pem: '',
  names: [],
};

function address(text: string, kind: LanAddress['kind'] = 'network', interfaceName = 'eth0'): LanAddress {
  return { address: text, kind, interfaceName, family: text.includes(':') ? 6 : 4 };
}

function printed(changes: Partial<Announced>): string {
  const common = { dnsNames: ['localhost', 'alice-pc.local'], publicAddresses: [], httpPort: 3000, httpsPort: 3443 };
  return announcement({ ...common, addresses: [], root: ROOT, ...changes }, false);
}

test('begins with the first address, in words and as a QR code', () => {
  const text = printed({ addresses: [address('192.168.1.20'), address('fd12::20'), address('127.0.0.1', 'loopback')] });
  expect(text).toContain('\n    http://192.168.1.20:3000\n');
  expect(text).toContain(qrCode('http://192.168.1.20:3000', false));
});

test('names every address that others can use, and says of the odd ones what they are', () => {
  const text = printed({
    addresses: [
      address('192.168.1.20'),
      address('fd12::20'),
      address('10.8.0.2', 'vpn', 'tun0'),
      address('172.17.0.1', 'virtual', 'docker0'),
      address('127.0.0.1', 'loopback', 'lo'),
    ],
  });
  const lines = text.split('\n').filter((line) => line.includes('https://'));
  expect(lines.map((line) => line.trim().replaceAll(/ {2,}/g, ' | '))).toEqual([
    'https://192.168.1.20:3443',
    'https://[fd12::20]:3443',
    'https://10.8.0.2:3443 | a VPN (tun0)',
    'https://172.17.0.1:3443 | virtual machines or containers on this computer (docker0)',
    'https://alice-pc.local:3443 | where this name is known',
    'https://localhost:3443 | on this computer',
  ]);
});

test('shows both fingerprints whole', () => {
  const text = printed({}).replaceAll(/\s+/g, ':');
  expect(text).toContain(ROOT.sha256);
  expect(text).toContain(ROOT.sha1);
});

test('says when there is no network, or only the internet', () => {
  const text = printed({ addresses: [address('127.0.0.1', 'loopback')], publicAddresses: ['203.0.113.5'] });
  expect(text).toContain('no address in a private network');
  expect(text).toContain('203.0.113.5 is an address of the internet');
  expect(text).not.toContain('http://');
});
