import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { loggedServer } from './testing/logged-server.ts';
import { refused } from './testing/refused.ts';

let server: Awaited<ReturnType<typeof loggedServer>>;
afterEach(() => server.close());

const eventually = (check: () => void) => vi.waitFor(check, 10_000);

test('a long path is cut: a scanner does not fill the disk', async () => {
  server = await loggedServer();
  await fetch(`${server.url}/${'long'.repeat(1000)}`);
  const [line] = server.message('incoming request');
  expect((line!.req as { path: string }).path).toHaveLength(200);
});

test('a foreign origin is named, so that a wrong PUBLIC_ORIGIN is found', async () => {
  server = await loggedServer();
  await fetch(`${server.url}/trpc/auth.signOut`, { method: 'POST', headers: { origin: 'https://ferry.example.com' } });
  expect(server.message('refused a foreign origin')).toMatchObject([
    { level: 40, origin: 'https://ferry.example.com' },
  ]);
});

describe('sockets', () => {
  test('one line when it opens and one when it closes, with the same id, the user and how it ended', async () => {
    server = await loggedServer();
    const ann = await server.user('ann');
    const { userId } = (await ann.http.auth.me.query())!;
    const opened = await server.socket({ cookie: ann.cookie! });
    opened.close(4321);
    await eventually(() => expect(server.message('socket closed')).toHaveLength(1));
    const [[open], [closed]] = [server.message('socket opened'), server.message('socket closed')];
    expect(open).toMatchObject({ level: 30, userId });
    expect(closed).toMatchObject({ level: 30, userId, code: 4321, durationMs: expect.any(Number), reqId: open!.reqId });
    const requests = server.message('incoming request').filter(({ reqId }) => reqId === open!.reqId);
    expect(requests).toMatchObject([{ req: { path: '/trpc' } }]);
  });

  test('nobody signed in is nobody', async () => {
    server = await loggedServer();
    (await server.socket()).terminate();
    await eventually(() => expect(server.message('socket closed')).toMatchObject([{ userId: null, code: 1006 }]));
  });

  test('whoever breaks the protocol is no error of this server', async () => {
    server = await loggedServer();
    const loud = await server.socket();
    loud.send('x'.repeat(100_000));
    await once(loud, 'close');
    expect(server.message('socket failed')).toMatchObject([
      { level: 30, err: { code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' } },
    ]);
  });
});

describe('a procedure that fails', () => {
  let folder: string;
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A server whose database lost a table, as no migration would do. */
  async function brokenServer() {
    folder = mkdtempSync(join(tmpdir(), 'ferry-log-'));
    server = await loggedServer({ DATA_DIR: folder });
    const ann = await server.user('ann');
    const other = new Sqlite(join(folder, 'ferry.sqlite'));
    other.exec('DROP TABLE invites; DROP TABLE devices');
    other.close();
    return ann;
  }

  test('over HTTP: its line has the request’s id, its name and what SQLite said', async () => {
    const ann = await brokenServer();
    expect(await refused(ann.http.invites.list.query())).toMatchObject({ ferryCode: 'internal' });
    const [line] = server.message('a procedure failed');
    expect(line).toMatchObject({
      level: 50,
      procedure: 'invites.list',
      err: { type: 'SqliteError', code: 'SQLITE_ERROR', message: 'no such table: invites' },
    });
    const requests = server.message('incoming request').filter(({ reqId }) => reqId === line!.reqId);
    expect(requests).toMatchObject([{ req: { path: '/trpc/invites.list' } }]);
  });

  test('over a socket: it has the id of the line that says the socket opened', async () => {
    const ann = await brokenServer();
    expect(await ann.openInbox().refused).toBe('internal');
    const [line] = server.message('a procedure failed');
    expect(line).toMatchObject({ procedure: 'signals.inbox', err: { message: 'no such table: devices' } });
    expect(server.message('socket opened')).toMatchObject([{ reqId: line!.reqId }]);
  });
});
