import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type TestServer, testServer } from '../testing/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await testServer();
});
afterEach(() => server.close());

function connect(headers: Record<string, string>): WebSocket {
  return new WebSocket(`${server.url.replace('http', 'ws')}/trpc`, { headers });
}

async function upgradeStatus(headers: Record<string, string>): Promise<number> {
  const socket = connect(headers);
  const opened = once(socket, 'open').then(() => 101);
  const refusedWith = once(socket, 'unexpected-response').then(([, response]) => response.statusCode as number);
  socket.on('error', () => {});
  const status = await Promise.race([opened, refusedWith]);
  socket.terminate();
  return status;
}

describe('origins', () => {
  test.each([
    ['its own', () => server.url, 101],
    ['a foreign one', () => 'https://evil.example', 403],
    ['one that only begins the same', () => `${server.url}.evil.example`, 403],
    ['null', () => 'null', 403],
  ])('the WebSocket upgrade with %s', async (_name, origin, status) => {
    expect(await upgradeStatus({ origin: origin() })).toBe(status);
  });

  test('the WebSocket upgrade without one is refused', async () => {
    expect(await upgradeStatus({})).toBe(403);
  });

  test('a foreign page cannot post', async () => {
    const response = await fetch(`${server.url}/trpc/auth.signOut`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.status).toBe(403);
  });

  test('a form cannot post either: only JSON is read', async () => {
    const response = await fetch(`${server.url}/trpc/auth.register`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ username: 'mallory', password: 'long enough' }),
    });
    expect(response.status).toBe(415);
  });

  test('behind a public origin only that one counts', async () => {
    const other = await testServer({ PUBLIC_ORIGIN: 'https://ferry.example.com' });
    const post = (origin: string) =>
      other.app.inject({ method: 'POST', url: '/trpc/auth.signOut', headers: { origin }, payload: {} });
    expect((await post('https://ferry.example.com')).statusCode).toBe(200);
    expect((await post('http://localhost')).statusCode).toBe(403);
    await other.close();
  });
});

describe('sockets', () => {
  test('a frame that is too large closes only its own socket', async () => {
    const [loud, quiet] = [connect({ origin: server.url }), connect({ origin: server.url })];
    await Promise.all([once(loud, 'open'), once(quiet, 'open')]);
    loud.on('error', () => {});
    loud.send('x'.repeat(100_000));
    const [code] = await once(loud, 'close');
    expect(code).toBe(1009);
    expect(quiet.readyState).toBe(WebSocket.OPEN);
    quiet.terminate();
  });

  test('a flood closes only its own socket', async () => {
    const [loud, quiet] = [connect({ origin: server.url }), connect({ origin: server.url })];
    await Promise.all([once(loud, 'open'), once(quiet, 'open')]);
    loud.on('error', () => {});
    const closed = once(loud, 'close');
    for (let index = 0; index < 2000 && loud.readyState === WebSocket.OPEN; index++) loud.send('PONG');
    await closed;
    expect(quiet.readyState).toBe(WebSocket.OPEN);
    quiet.terminate();
  });

  test('the server pings, and drops who does not answer', { timeout: 30_000 }, async () => {
    const socket = connect({ origin: server.url });
    const messages = vi.fn();
    socket.on('message', (data) => messages(String(data)));
    const [code] = await once(socket, 'close');
    expect(messages).toHaveBeenCalledWith('PING');
    expect(code).toBeGreaterThan(1000);
  });
});

describe('pages', () => {
  test('every answer carries the headers that protect it', async () => {
    for (const path of ['/', '/healthz', '/nothing/here']) {
      const { headers } = await fetch(`${server.url}${path}`);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe-inline');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('strict-transport-security')).toBeNull();
    }
  });

  test('health', async () => {
    const response = await fetch(`${server.url}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  test('what is not there is a 404 for programs', async () => {
    const response = await fetch(`${server.url}/nothing.js`);
    expect([response.status, await response.json()]).toEqual([404, { error: 'not-found' }]);
  });
});

test('an answer of the API is in no cache: it would outlive the session', async () => {
  const response = await fetch(`${server.url}/trpc/auth.me`);
  expect(response.headers.get('cache-control')).toBe('no-store');
});
