// One finding for every code that a server's report may hold, for tests and for the gallery: the compiler sees to it
// that none is missing.
import type { ServerCheck, ServerCheckCode, ServerFindings } from '@ferry/shared';

const origin = 'https://ferry.example.com';
const url = 'turn:relay.example.com:3478';
const tlsUrl = 'turns:relay.example.com:443?transport=tcp';
const folder = '/var/lib/ferry';
const disk = { folder, totalBytes: 240e9 };
const backup = { file: 'ferry-2026-01-31.sqlite', madeAt: '2026-01-31T02:00:00Z', sizeBytes: 9.1e6 };

const FINDINGS: ServerFindings = {
  'origin.ok': { outcome: 'ok', facts: { origin } },
  'origin.unset': { outcome: 'warning', facts: { seen: origin } },
  'origin.local': { outcome: 'warning', facts: { origin: 'http://localhost:3000' } },
  'origin.insecure': { outcome: 'problem', facts: { origin: 'http://ferry.lan' } },
  'origin.differs': { outcome: 'warning', facts: { origin, seen: 'https://10.0.0.7' } },
  'proxy.none': { outcome: 'ok', facts: { address: '10.0.0.12' } },
  'proxy.believed': { outcome: 'ok', facts: { address: '10.0.0.12', proxy: '127.0.0.1' } },
  'proxy.ignored': { outcome: 'warning', facts: { proxy: '172.18.0.3' } },
  'proxy.absent': { outcome: 'warning', facts: { address: '10.0.0.12' } },
  'registration.closed': { outcome: 'ok', facts: {} },
  'registration.invite': { outcome: 'ok', facts: {} },
  'registration.open': { outcome: 'ok', facts: {} },
  'registration.open-to-all': { outcome: 'warning', facts: { origin } },
  'database.ok': { outcome: 'ok', facts: { sizeBytes: 9.1e6 } },
  'database.in-memory': { outcome: 'warning', facts: {} },
  'database.damaged': { outcome: 'problem', facts: { message: 'row 3 missing from index users_key' } },
  'disk.ok': { outcome: 'ok', facts: { ...disk, freeBytes: 52e9 } },
  'disk.low': { outcome: 'warning', facts: { ...disk, freeBytes: 730e6 } },
  'disk.full': { outcome: 'problem', facts: { ...disk, freeBytes: 12e6 } },
  'disk.unknown': { outcome: 'warning', facts: { folder, error: 'EACCES' } },
  'backup.recent': { outcome: 'ok', facts: { ...backup, ageDays: 1 } },
  'backup.old': { outcome: 'warning', facts: { ...backup, ageDays: 23 } },
  'backup.none': { outcome: 'warning', facts: { folder: `${folder}/backups` } },
  'stun.ok': { outcome: 'ok', facts: { port: 3478, families: 'IPv4, IPv6' } },
  'stun.off': { outcome: 'off', facts: {} },
  'stun.loopback-only': { outcome: 'warning', facts: { port: 3478, host: '127.0.0.1' } },
  'stun.port-in-use': { outcome: 'problem', facts: { port: 3478 } },
  'stun.not-listening': { outcome: 'problem', facts: { port: 478, error: 'EACCES' } },
  'stun.silent': { outcome: 'problem', facts: { port: 3478 } },
  'stun.second-port': { outcome: 'warning', facts: { port: 3479, error: 'EADDRINUSE' } },
  'relay.none': { outcome: 'warning', facts: {} },
  'relay.ok': { outcome: 'ok', facts: { url, address: '203.0.113.9', tookMs: 41.7 } },
  'relay.bad-url': { outcome: 'problem', facts: { url: 'relay.example.com' } },
  'relay.not-checked': { outcome: 'warning', facts: { url: 'turns:relay.example.com:443?transport=udp' } },
  'relay.unknown-name': { outcome: 'problem', facts: { url, host: 'relay.example.com' } },
  'relay.unreachable': { outcome: 'problem', facts: { url, error: 'ECONNREFUSED' } },
  'relay.not-a-relay': { outcome: 'problem', facts: { url: tlsUrl, error: 'ERR_SSL_WRONG_VERSION_NUMBER' } },
  'relay.secret-refused': { outcome: 'problem', facts: { url } },
  'relay.quota': { outcome: 'problem', facts: { url, errorCode: 486 } },
  'relay.refused': { outcome: 'problem', facts: { url, errorCode: 400, reason: 'Bad Request' } },
  'relay.no-credentials': { outcome: 'problem', facts: { url } },
  'relay.address-private': { outcome: 'problem', facts: { url, address: '10.0.0.9' } },
  'relay.door-closed': { outcome: 'ok', facts: { url } },
  'relay.door-open': { outcome: 'problem', facts: { url, peers: '10.0.0.1, 192.168.0.1' } },
  'relay.door-unknown': { outcome: 'warning', facts: { url, error: 'ETIMEDOUT' } },
  'relay.certificate-ok': { outcome: 'ok', facts: { url: tlsUrl, endsAt: '2026-06-01T00:00:00Z', daysLeft: 120 } },
  'relay.certificate-ending': {
    outcome: 'warning',
    facts: { url: tlsUrl, endsAt: '2026-02-10T00:00:00Z', daysLeft: 9 },
  },
  'relay.certificate-expired': {
    outcome: 'problem',
    facts: { url: tlsUrl, endsAt: '2026-01-28T00:00:00Z', daysLeft: -4 },
  },
  'relay.certificate-wrong-name': {
    outcome: 'problem',
    facts: { url: tlsUrl, host: 'relay.example.com', names: 'ferry.example.com, www.example.com' },
  },
  'relay.certificate-self-signed': { outcome: 'problem', facts: { url: tlsUrl } },
  'relay.certificate-untrusted': {
    outcome: 'problem',
    facts: { url: tlsUrl, issuer: 'Example Works CA', error: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' },
  },
};

export const EVERY_SERVER_CHECK = (Object.keys(FINDINGS) as ServerCheckCode[]).map(serverCheck);

export function serverCheck(code: ServerCheckCode): ServerCheck {
  return { id: code.split('.')[0], code, ...FINDINGS[code] } as ServerCheck;
}
