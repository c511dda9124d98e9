// What `--lan` prints: where to begin, by what the certificate is known, and where Ferry is. Pure.
import { fingerprintGroups } from '../trust/fingerprint.ts';
import type { RootCertificate } from '../trust/root-certificate.ts';
import type { LanAddress } from './lan-addresses.ts';
import { lanUrl } from './lan-url.ts';
import { qrCode } from './qr-code.ts';

export interface Announced {
  addresses: LanAddress[];
  /** Those in the certificate. */
  dnsNames: string[];
  /** Addresses that no certificate is made for. */
  publicAddresses: string[];
  httpPort: number;
  httpsPort: number;
  root: RootCertificate;
}

const REMARKS: Record<LanAddress['kind'], string> = {
  network: '',
  'self-assigned': 'a direct connection',
  vpn: 'a VPN',
  virtual: 'virtual machines or containers on this computer',
  loopback: '',
};

/**
 * Printed again when addresses come and go.
 * @param hasColours whether who reads it understands escape sequences
 */
export function announcement(announced: Announced, hasColours: boolean): string {
  return [startingPoint(announced, hasColours), certificate(announced.root), whereFerryIs(announced)].join('\n');
}

function whereFerryIs({ addresses, dnsNames, publicAddresses, httpsPort }: Announced): string {
  const url = (host: string) => lanUrl('https', host, httpsPort);
  const byAddress = addresses
    .filter(isReachable)
    .map(({ address, kind, interfaceName }) => [url(address), REMARKS[kind] && `${REMARKS[kind]} (${interfaceName})`]);
  const byName = dnsNames.filter((name) => name !== 'localhost').map((name) => [url(name), 'where this name is known']);
  const rows = [...byAddress, ...byName, [url('localhost'), 'on this computer']];
  const width = Math.max(...rows.map(([address = '']) => address.length)) + 3;
  const lines = rows.map(([address = '', remark = '']) => `    ${address.padEnd(width)}${remark}`.trimEnd());
  const left = publicAddresses.map(
    (address) => `  ${address} is an address of the internet: Ferry makes no certificate for it.\n`,
  );
  return `  With its root certificate installed, Ferry is at\n\n${lines.join('\n')}\n\n${left.join('')}`;
}

function startingPoint({ addresses, httpPort }: Announced, hasColours: boolean): string {
  const [first] = addresses.filter(isReachable);
  if (!first) return '\n  This computer has no address in a private network. Connect it to one: Ferry notices.\n';
  const url = lanUrl('http', first.address, httpPort);
  return `\n  Ferry is open to your network. On another computer or a phone, begin at\n\n    ${url}\n\n${qrCode(url, hasColours)}\n`;
}

function certificate({ commonName, sha256, sha1 }: RootCertificate): string {
  const groups = fingerprintGroups(sha256);
  const [upper, lower] = [groups.slice(0, groups.length / 2), groups.slice(groups.length / 2)];
  return `  That page hands out a root certificate, and shows these digits: install it only where they are the same.

    ${commonName}
    SHA-256   ${upper.join('  ')}
              ${lower.join('  ')}
    SHA-1     ${fingerprintGroups(sha1).join('  ')}   as Windows shows it
`;
}

function isReachable({ kind }: LanAddress): boolean {
  return kind !== 'loopback';
}
