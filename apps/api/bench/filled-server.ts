// The real server on a copy of the large catalog, with an account for everybody who shares something in it, and browsers
// of new people for it.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { build } from '../src/app.ts';
import type { CatalogDevice } from '../src/catalog/catalog-index.ts';
import { openDatabase } from '../src/db/client.ts';
import { catalogFile } from '../src/db/data-folder.ts';
import { insertUser } from '../src/db/queries/users.ts';
import { readEnv } from '../src/env.ts';
import { PASSWORD, TestBrowser } from '../src/testing/test-server.ts';
import { filledCatalog } from './fill-catalog.ts';

export interface FilledServer {
  app: FastifyInstance;
  owners: CatalogDevice[];
  person(username: string): Promise<TestBrowser>;
  close(): Promise<void>;
}

export async function filledServer(entries: number): Promise<FilledServer> {
  const { file, owners } = filledCatalog(entries);
  const folder = mkdtempSync(join(tmpdir(), 'ferry-bench-'));
  copyFileSync(file, catalogFile(folder));
  insertAccounts(folder, owners);
  const app = await build(readEnv({ DATA_DIR: folder, PORT: '0', STUN_PORT: '0', LOG_LEVEL: 'silent' }));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    app,
    owners,
    async person(username) {
      const browser = new TestBrowser(url);
      await browser.http.auth.register.mutate({ username, password: PASSWORD });
      return browser;
    },
    async close() {
      await app.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Whoever has none is hidden. Nobody signs in with these. */
function insertAccounts(folder: string, owners: readonly CatalogDevice[]): void {
  const { db, close } = openDatabase(folder, () => {});
  for (const [n, { userId }] of owners.entries()) {
    const name = `owner ${n}`;
    const account = { username: name, usernameKey: name, passwordHash: '', isAdmin: false, disabledAt: null };
    insertUser(db, { ...account, userId, createdAt: 0 });
  }
  close();
}
