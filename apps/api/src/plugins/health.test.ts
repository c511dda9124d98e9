import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { build } from '../app.ts';
import { readEnv } from '../env.ts';
import { loggedServer } from '../testing/logged-server.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-health-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ask = async (url: string, path: string): Promise<[number, unknown]> => {
  const response = await fetch(url + path);
  return [response.status, await response.json()];
};

test('a server that takes people says so, and logs nothing of being asked', async () => {
  const server = await loggedServer({ LOG_LEVEL: 'info' });
  const linesBefore = server.lines().length;
  expect(await ask(server.url, '/healthz')).toEqual([200, { status: 'ok' }]);
  expect(await ask(server.url, '/readyz')).toEqual([200, { status: 'ready' }]);
  expect(server.lines()).toHaveLength(linesBefore);
  await server.close();
});

test('while its database takes no writes, a server is healthy but not ready, and the log says why', async () => {
  const server = await loggedServer({ DATA_DIR: folder });
  const other = new Sqlite(join(folder, 'ferry.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  expect(await ask(server.url, '/readyz')).toEqual([503, { status: 'not-ready' }]);
  expect(await ask(server.url, '/healthz')).toEqual([200, { status: 'ok' }]);
  const line = server.lines().find(({ msg }) => msg.startsWith('not ready'));
  expect(line).toMatchObject({ level: 50, err: { code: 'SQLITE_BUSY', message: 'database is locked' } });
  other.exec('ROLLBACK');
  other.close();
  await vi.waitFor(async () => expect(await ask(server.url, '/readyz')).toEqual([200, { status: 'ready' }]), 10_000);
  await server.close();
});

test('an operator who wants only errors, or nothing, gets no more than that of being asked', async () => {
  const server = await loggedServer({ DATA_DIR: folder, LOG_LEVEL: 'fatal' });
  const other = new Sqlite(join(folder, 'ferry.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  expect(await ask(server.url, '/readyz')).toEqual([503, { status: 'not-ready' }]);
  other.close();
  expect(server.text()).toBe('');
  await server.close();
});

test('a server that is closing still answers, but is not ready', async () => {
  const app = await build(readEnv({ DATA_DIR: ':memory:', STUN_PORT: '0', LOG_LEVEL: 'silent' }));
  const answers: number[] = [];
  app.addHook('preClose', async () => {
    answers.push((await fetch(`${url}/readyz`)).status);
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  answers.push((await fetch(`${url}/readyz`)).status);
  await app.close();
  expect(answers).toEqual([200, 503]);
});
