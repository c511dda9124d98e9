import { afterEach, expect, test, vi } from 'vitest';
import { loggedServer } from '../testing/logged-server.ts';

type Server = Awaited<ReturnType<typeof loggedServer>>;
let server: Server;
afterEach(() => server.close());

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

async function idOf(given?: string): Promise<string | null> {
  const headers: Record<string, string> = given === undefined ? {} : { 'x-request-id': given };
  const response = await fetch(`${server.url}/unknown`, { headers });
  return response.headers.get('x-request-id');
}

test('every request gets a random id, and every line about it carries that one', async () => {
  server = await loggedServer();
  const [one, two] = [await idOf(), await idOf()];
  expect(one).toMatch(UUID);
  expect(two).not.toBe(one);
  const messages = () =>
    server
      .lines()
      .filter(({ reqId }) => reqId === one)
      .map(({ msg }) => msg);
  await vi.waitFor(() => expect(messages()).toEqual(['incoming request', 'request completed']), 10_000);
});

test('refusals are answered with theirs, too', async () => {
  server = await loggedServer();
  const response = await fetch(`${server.url}/trpc/auth.signOut`, {
    method: 'POST',
    headers: { origin: 'https://evil.example' },
  });
  expect(response.status).toBe(403);
  const id = response.headers.get('x-request-id');
  const lines = server.lines().filter(({ reqId }) => reqId === id);
  expect(lines.map(({ msg }) => msg)).toContain('refused a foreign origin');
});

test('without a trusted proxy nobody chooses an id', async () => {
  server = await loggedServer();
  expect(await idOf('chosen-by-a-stranger')).toMatch(UUID);
  expect(server.text()).not.toContain('chosen-by-a-stranger');
});

test.each(['true', '1', '127.0.0.1', '10.0.0.0/8, 127.0.0.0/8'])(
  'TRUST_PROXY=%s: the proxy’s id is taken',
  async (trust) => {
    server = await loggedServer({ TRUST_PROXY: trust });
    expect(await idOf('f00-BAR_9')).toBe('f00-BAR_9');
    await vi.waitFor(() => expect(server.lines().filter(({ reqId }) => reqId === 'f00-BAR_9')).toHaveLength(2), 10_000);
  },
);

test('TRUST_PROXY=10.0.0.7: whoever is somewhere else is no proxy', async () => {
  server = await loggedServer({ TRUST_PROXY: '10.0.0.7' });
  expect(await idOf('f00-BAR_9')).toMatch(UUID);
});

test.each(['', 'with space', 'semi;colon', '"quoted"', 'x'.repeat(65), 'a,b'])('%j is no id', async (given) => {
  server = await loggedServer({ TRUST_PROXY: 'true' });
  expect(await idOf(given)).toMatch(UUID);
});

test('given twice, it is none', async () => {
  server = await loggedServer({ TRUST_PROXY: 'true' });
  const headers = new Headers([
    ['x-request-id', 'one'],
    ['x-request-id', 'two'],
  ]);
  const response = await fetch(`${server.url}/unknown`, { headers });
  expect(response.headers.get('x-request-id')).toMatch(UUID);
});
