// A real server with two people, and beside it a second connection to its database, as ferry-admin has one.
import { Administration } from '../accounts/administration.ts';
import { Passwords } from '../accounts/passwords.ts';
import { type OpenDatabase, openDatabase } from '../db/client.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { type TestBrowser, type TestServer, testServer } from './test-server.ts';

/** The server looks every five seconds; a busy machine takes longer to tell. */
export const NOTICED_MS = 20_000;

export interface BesideFerryAdmin {
  server: TestServer;
  /** What the other process has open. */
  other: OpenDatabase;
  accounts: Administration;
  /** The first account, so an admin. */
  ann: TestBrowser;
  ben: TestBrowser;
  close(): Promise<void>;
}

export async function besideFerryAdmin(): Promise<BesideFerryAdmin> {
  const dataDir = temporaryFolder();
  const server = await testServer({ DATA_DIR: dataDir });
  const other = openDatabase(dataDir);
  return {
    server,
    other,
    accounts: new Administration(other.db, new Passwords()),
    ann: await server.user('ann'),
    ben: await server.user('ben'),
    async close() {
      await server.close();
      other.close();
    },
  };
}
