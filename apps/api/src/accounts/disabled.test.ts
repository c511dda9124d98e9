import type { PresenceEvent } from '@ferry/shared';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDatabase } from '../db/client.ts';
import { type BesideFerryAdmin, besideFerryAdmin, NOTICED_MS } from '../testing/beside-ferry-admin.ts';
import { refused } from '../testing/refused.ts';
import type { TestBrowser, TestServer } from '../testing/test-server.ts';
import { watchSocket } from '../testing/watch-socket.ts';
import type { Administration } from './administration.ts';
import { hashSecret } from './secret.ts';
import { Sessions } from './sessions.ts';

let office: BesideFerryAdmin;
let server: TestServer;
let accounts: Administration;
let ann: TestBrowser;
let ben: TestBrowser;
beforeEach(async () => {
  office = await besideFerryAdmin();
  ({ server, accounts, ann, ben } = office);
});
afterEach(() => office.close());

/** Resolves once the socket is open, with a promise of its end. */
async function openSocket(browser: TestBrowser): Promise<{ ended: Promise<void> }> {
  const { started, ended } = watchSocket(browser);
  await started;
  return { ended };
}

test('who is disabled cannot sign in, and is told so only with the right password', async () => {
  accounts.disable('ben');
  const right = await refused(server.browser().signIn('ben'));
  expect(right).toMatchObject({ ferryCode: 'account-disabled', httpStatus: 403 });
  expect(await refused(server.browser().signIn('ben', 'wrong password'))).toMatchObject({
    ferryCode: 'wrong-credentials',
  });
  expect(await refused(ben.http.invites.list.query())).toMatchObject({ ferryCode: 'unauthenticated' });
  accounts.enable('ben');
  expect(await server.browser().signIn('ben')).toMatchObject({ username: 'ben' });
});

test('who is disabled is offline for the others, and not among colleagues any more', async () => {
  await ben.openInbox().started;
  const events: PresenceEvent[] = [];
  ann.live.people.watch.subscribe(undefined, { onData: (event) => events.push(event) });
  await vi.waitFor(() => expect(events[0]).toMatchObject({ people: [{ username: 'ann' }, { devices: [{}] }] }));
  accounts.disable('ben');
  await vi.waitFor(
    () => expect(events.at(-1)).toMatchObject({ type: 'changed', person: { username: 'ben', devices: [] } }),
    NOTICED_MS,
  );
  const later: PresenceEvent[] = [];
  ann.live.people.watch.subscribe(undefined, { onData: (event) => later.push(event) });
  await vi.waitFor(() => expect(later).toHaveLength(1));
  expect(later[0]).toMatchObject({ people: [{ username: 'ann' }] });
  expect((later[0] as Extract<PresenceEvent, { type: 'snapshot' }>).people).toHaveLength(1);
});

test.each([
  ['a password is reset', () => accounts.resetPassword('ben', 'another password')],
  ['somebody is disabled', async () => accounts.disable('ben')],
])('when %s by another process, open sockets are closed within seconds, others stay', async (_, act) => {
  const [annSocket, benSocket] = [await openSocket(ann), await openSocket(ben)];
  const annEnded = vi.fn();
  void annSocket.ended.then(annEnded);
  await act();
  await benSocket.ended;
  expect(annEnded).not.toHaveBeenCalled();
  expect(await ben.http.auth.me.query()).toBeNull();
  expect(await ann.http.auth.me.query()).not.toBeNull();
});

test('sessions are asked for by the thousand, and only those that ended are told', () => {
  const { db, sqlite } = openDatabase(':memory:');
  const sessions = new Sessions(db);
  sqlite.exec("INSERT INTO users VALUES ('u1', 'ben', 'ben', 'hash', 0, 1, NULL)");
  const insert = sqlite.prepare(
    "INSERT INTO sessions (token_hash, user_id, created_at, expires_at) VALUES (?, 'u1', 1, 9e15)",
  );
  const told: number[] = [];
  const ids = Array.from({ length: 2500 }, (_, index) => {
    const hash = hashSecret(`${index}`);
    insert.run(hash);
    sessions.whenEnded(hash.toString('hex'), () => told.push(index));
    return hash;
  });
  sessions.endMissing();
  expect(told).toEqual([]);
  const gone = [0, 999, 1000, 2499];
  for (const index of gone) sqlite.prepare('DELETE FROM sessions WHERE token_hash = ?').run(ids[index]);
  sessions.endMissing();
  sessions.endMissing();
  expect(told).toEqual(gone);
});
