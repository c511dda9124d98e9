import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { ServerCheck } from '@ferry/shared';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  daysFromNow,
  selfSigned,
  type TestAuthority,
  type TestCertificate,
  testAuthority,
} from '../testing/certificates.ts';
import {
  CLOSED_DOOR,
  IS_COTURN_HERE,
  SECRET,
  startCoturn,
  type TestRelay,
  withAuthentication,
} from '../testing/coturn.ts';
import { freeTcpPort, freeUdpPortPair } from '../testing/free-ports.ts';
import { turnCredentials } from '../turn/credentials.ts';
import { openDatagramWire } from '../turn/datagram-wire.ts';
import { TurnClient } from '../turn/turn-client.ts';
import { parseTurnUrl } from '../turn/turn-url.ts';
import { checkRelay } from './relay-check.ts';

const issuer = { secret: SECRET, lifetimeS: 3600 };
const options = { issuer, deviceId: 'doctor-0', authorities: [...rootCertificates], timeoutMs: 6000 };

async function relay(options: Parameters<typeof startCoturn>[0] = {}): Promise<TestRelay> {
  const started = await startCoturn(options);
  onTestFinished(() => started.stop());
  return started;
}

const codes = (checks: ServerCheck[]) => checks.map(({ code }) => code);

describe.runIf(IS_COTURN_HERE)('coturn', () => {
  test.each(['udp', 'tcp'])(
    'with the right secret gives an address over %s, and keeps its door closed',
    async (transport) => {
      const { port } = await relay();
      const url = `turn:127.0.0.1:${port}?transport=${transport}`;
      expect(await checkRelay(url, options)).toEqual([
        {
          id: 'relay',
          code: 'relay.ok',
          outcome: 'ok',
          facts: { url, address: '127.0.0.1', tookMs: expect.any(Number) },
        },
        { id: 'relay', code: 'relay.door-closed', outcome: 'ok', facts: { url } },
      ]);
    },
  );

  test('has the address back afterwards', async () => {
    const { port } = await relay({ lines: withAuthentication('total-quota=1', ...CLOSED_DOOR) });
    const url = `turn:127.0.0.1:${port}`;
    expect(codes(await checkRelay(url, options))).toContain('relay.ok');
    // coturn looks once a second what has ended; what was not given back lives for ten minutes.
    const again = async () => expect(codes(await checkRelay(url, options))).toContain('relay.ok');
    await vi.waitFor(again, { timeout: 20_000, interval: 200 });
  });

  test('with another secret refuses ours', async () => {
    const { port } = await relay({ lines: ['use-auth-secret', 'static-auth-secret=quite another one', 'realm=x'] });
    const url = `turn:127.0.0.1:${port}`;
    expect(await checkRelay(url, options)).toEqual([
      { id: 'relay', code: 'relay.secret-refused', outcome: 'problem', facts: { url } },
    ]);
  });

  test('without denied peers is a door into the network', async () => {
    // Its own address is no door: two people meet there.
    const lines = withAuthentication('external-ip=198.51.100.7/127.0.0.1', 'allow-loopback-peers');
    const { port } = await relay({ lines });
    const url = `turn:127.0.0.1:${port}?transport=tcp`;
    const peers = '127.0.0.1, 10.0.0.1, 172.16.0.1, 192.168.0.1, 169.254.169.254';
    expect(await checkRelay(url, options)).toContainEqual({
      id: 'relay',
      code: 'relay.door-open',
      outcome: 'problem',
      facts: { url, peers },
    });
  });

  test('with one range left open is told which', async () => {
    const { port } = await relay({ lines: withAuthentication(...CLOSED_DOOR.filter((line) => !line.includes('172'))) });
    const checks = await checkRelay(`turn:127.0.0.1:${port}`, options);
    expect(checks).toMatchObject([{ code: 'relay.ok' }, { code: 'relay.door-open', facts: { peers: '172.16.0.1' } }]);
  });

  test('that asks for no credentials is told', async () => {
    const { port } = await relay({ lines: ['no-auth', ...CLOSED_DOOR] });
    expect(codes(await checkRelay(`turn:127.0.0.1:${port}`, options))).toEqual([
      'relay.no-credentials',
      'relay.door-closed',
    ]);
  });

  test('whose quota is used up is told', async () => {
    const { port } = await relay({ lines: withAuthentication('total-quota=1', ...CLOSED_DOOR) });
    const url = `turn:127.0.0.1:${port}`;
    const wire = await openDatagramWire(parseTurnUrl(url)!, AbortSignal.timeout(6000));
    await new TurnClient(wire, turnCredentials(issuer, { userId: 'a', deviceId: 'b' }, Date.now())).allocate();
    const checks = await checkRelay(url, options);
    wire.close();
    expect(checks).toEqual([{ id: 'relay', code: 'relay.quota', outcome: 'problem', facts: { url, errorCode: 486 } }]);
  });

  test('behind a translated address of its own is used like any other', async () => {
    const { port } = await relay({ lines: withAuthentication('external-ip=198.51.100.7/127.0.0.1', ...CLOSED_DOOR) });
    const [first] = await checkRelay(`turn:127.0.0.1:${port}`, options);
    expect(first).toMatchObject({ code: 'relay.ok', facts: { address: '198.51.100.7' } });
  });

  describe('over TLS', () => {
    async function check(
      make: (authority: TestAuthority) => Promise<TestCertificate>,
      change: (url: string) => string = (url) => url,
    ): Promise<ServerCheck[]> {
      const authority = await testAuthority();
      const { tlsPort } = await relay({ certificate: await make(authority) });
      const authorities = [...options.authorities, authority.rootPem];
      return checkRelay(change(`turns:127.0.0.1:${tlsPort}`), { ...options, authorities });
    }

    test('with a certificate that browsers take', async () => {
      const checks = await check(({ issue }) => issue({ address: '127.0.0.1', until: daysFromNow(100.5) }));
      expect(codes(checks)).toEqual(['relay.certificate-ok', 'relay.ok', 'relay.door-closed']);
      expect(checks[0]).toMatchObject({ outcome: 'ok', facts: { daysLeft: 100 } });
    });

    test('with one that ends soon', async () => {
      const [first] = await check(({ issue }) => issue({ address: '127.0.0.1', until: daysFromNow(13.5) }));
      expect(first).toMatchObject({ code: 'relay.certificate-ending', outcome: 'warning', facts: { daysLeft: 13 } });
    });

    test('with one that has ended: the relay behind it is checked all the same', async () => {
      const until = daysFromNow(-2.5);
      until.setMilliseconds(0);
      const checks = await check(({ issue }) => issue({ address: '127.0.0.1', until }));
      expect(codes(checks)).toEqual(['relay.certificate-expired', 'relay.ok', 'relay.door-closed']);
      expect(checks[0]).toMatchObject({ outcome: 'problem', facts: { daysLeft: -3, endsAt: until.toISOString() } });
    });

    test('with one for another name, that has ended, too', async () => {
      const checks = await check(({ issue }) => issue({ dnsName: 'turn.example.com', until: daysFromNow(-1) }));
      expect(codes(checks).slice(0, 2)).toEqual(['relay.certificate-expired', 'relay.certificate-wrong-name']);
      expect(checks[1]).toMatchObject({ facts: { host: '127.0.0.1', names: 'turn.example.com' } });
    });

    test('by a name, with a certificate for that name', async () => {
      const checks = await check(
        ({ issue }) => issue({ dnsName: 'localhost', until: daysFromNow(100) }),
        (url) => url.replace('127.0.0.1', 'localhost'),
      );
      expect(codes(checks)).toEqual(['relay.certificate-ok', 'relay.ok', 'relay.door-closed']);
    });

    test('with one that signed itself', async () => {
      expect(codes(await check(() => selfSigned('127.0.0.1')))[0]).toBe('relay.certificate-self-signed');
    });

    test('with one of an authority that nobody knows', async () => {
      const stranger = await testAuthority();
      const [first] = await check(() => stranger.issue({ address: '127.0.0.1', until: daysFromNow(100) }));
      expect(first).toMatchObject({ code: 'relay.certificate-untrusted', facts: { issuer: 'Authority of the tests' } });
    });

    test('with a wrong certificate and a wrong secret: both are told', async () => {
      const { tlsPort } = await relay({
        certificate: await selfSigned('127.0.0.1'),
        lines: ['use-auth-secret', 'static-auth-secret=quite another one', 'realm=x'],
      });
      const checks = await checkRelay(`turns:127.0.0.1:${tlsPort}`, options);
      expect(codes(checks)).toEqual(['relay.certificate-self-signed', 'relay.secret-refused']);
    });
  });
});

describe('what is no relay', () => {
  async function listening(server: Server): Promise<number> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    return (server.address() as { port: number }).port;
  }

  test.each(['turn:127.0.0.1:PORT', 'turn:127.0.0.1:PORT?transport=tcp', 'turns:127.0.0.1:PORT'])(
    'nobody listens at %s',
    async (pattern) => {
      const port =
        pattern.endsWith('tcp') || pattern.startsWith('turns') ? await freeTcpPort() : await freeUdpPortPair();
      const url = pattern.replace('PORT', `${port}`);
      expect(await checkRelay(url, options)).toEqual([
        { id: 'relay', code: 'relay.unreachable', outcome: 'problem', facts: { url, error: 'ECONNREFUSED' } },
      ]);
    },
  );

  test('a firewall that swallows everything ends in bounded time', async () => {
    const silent = createSocket('udp4').bind(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    const udp = `turn:127.0.0.1:${silent.address().port}`;
    const port = await listening(createServer((socket) => void socket.on('error', () => {})));
    for (const url of [udp, `turn:127.0.0.1:${port}?transport=tcp`, `turns:127.0.0.1:${port}`]) {
      expect(await checkRelay(url, { ...options, timeoutMs: 300 })).toEqual([
        { id: 'relay', code: 'relay.unreachable', outcome: 'problem', facts: { url, error: 'ETIMEDOUT' } },
      ]);
    }
  });

  test('something else listens there', async () => {
    const talkative = createServer((socket) => {
      socket.on('error', () => {});
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    const port = await listening(talkative);
    for (const url of [`turn:127.0.0.1:${port}?transport=tcp`, `turns:127.0.0.1:${port}`]) {
      expect(codes(await checkRelay(url, options))).toEqual(['relay.not-a-relay']);
    }
  });

  test.each([
    ['turn:no-such-name.invalid', 'relay.unknown-name'],
    ['turn:host:port:3478', 'relay.bad-url'],
    ['turns:127.0.0.1?transport=udp', 'relay.not-checked'],
  ])('%s is %s', async (url, code) => {
    expect(codes(await checkRelay(url, { ...options, timeoutMs: 3000 }))).toEqual([code]);
  });
});
