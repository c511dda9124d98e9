import { afterEach, describe, expect, test } from 'vitest';
import { refused } from '../testing/refused.ts';
import { PASSWORD, type TestServer, testServer } from '../testing/test-server.ts';

let server: TestServer;
afterEach(() => server.close());

const register = (username: string, invite?: string) =>
  server.browser().http.auth.register.mutate({ username, password: PASSWORD, ...(invite ? { invite } : {}) });

describe('by invite', () => {
  test('the first needs none; the others need one, once', async () => {
    server = await testServer({ REGISTRATION: 'invite' });
    const admin = await server.user('admin');
    expect(await admin.http.auth.policy.query()).toEqual({ mode: 'invite', firstUser: false });
    expect(await refused(register('ben'))).toMatchObject({ ferryCode: 'invite-required' });
    const { path } = await admin.http.invites.create.mutate();
    const code = new URLSearchParams(path.split('?')[1]).get('invite')!;
    const outcomes = await Promise.allSettled(['ben', 'cem', 'dan'].map((name) => register(name, code)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refused(register('eve', code))).toMatchObject({ ferryCode: 'invite-invalid' });
    const [invite] = await admin.http.invites.list.query();
    expect(['ben', 'cem', 'dan']).toContain(invite?.usedBy);
  });

  test('a revoked invite is worth nothing', async () => {
    server = await testServer({ REGISTRATION: 'invite' });
    const admin = await server.user('admin');
    const { path, inviteId } = await admin.http.invites.create.mutate();
    await admin.http.invites.revoke.mutate({ inviteId });
    const code = path.split('=')[1]!;
    expect(await refused(register('ben', code))).toMatchObject({ ferryCode: 'invite-invalid' });
    expect(await refused(admin.http.invites.revoke.mutate({ inviteId }))).toMatchObject({ ferryCode: 'not-found' });
  });

  test('only admins make them', async () => {
    server = await testServer();
    await server.user('admin');
    const ben = await server.user('ben');
    expect(await refused(ben.http.invites.create.mutate())).toMatchObject({ ferryCode: 'forbidden' });
    expect(await refused(server.browser().http.invites.list.query())).toMatchObject({ ferryCode: 'unauthenticated' });
  });
});

test('closed: the first may, nobody else', async () => {
  server = await testServer({ REGISTRATION: 'closed' });
  expect(await server.browser().http.auth.policy.query()).toEqual({ mode: 'closed', firstUser: true });
  await server.user('admin');
  expect(await refused(register('ben'))).toMatchObject({ ferryCode: 'registration-closed' });
});
