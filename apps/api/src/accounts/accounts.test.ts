import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refused } from '../testing/refused.ts';
import { PASSWORD, type TestServer, testServer } from '../testing/test-server.ts';
import { watchSocket } from '../testing/watch-socket.ts';

let server: TestServer;
beforeEach(async () => {
  server = await testServer();
});
afterEach(() => server.close());

describe('registering', () => {
  test('the first user is the admin, the second is not', async () => {
    const [ann, ben] = [await server.user('ann'), await server.user('ben')];
    expect(await ann.http.auth.me.query()).toMatchObject({ username: 'ann', isAdmin: true });
    expect(await ben.http.auth.me.query()).toMatchObject({ username: 'ben', isAdmin: false });
  });

  test.each(['Grace', 'GRACE', 'grace', '  grace '])('%j is taken by Grace', async (username) => {
    await server.user('Grace');
    const call = server.browser().http.auth.register.mutate({ username, password: PASSWORD });
    expect(await refused(call)).toMatchObject({ ferryCode: 'username-taken', httpStatus: 409 });
  });

  test('two at the same moment get the name once', async () => {
    const tries = [1, 2, 3].map(() =>
      server.browser().http.auth.register.mutate({ username: 'same', password: PASSWORD }),
    );
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test.each([
    ['a', PASSWORD, 'username-length'],
    ['a b', PASSWORD, 'username-characters'],
    ['fine', 'short', 'password-length'],
    ['fine', 'x'.repeat(257), 'password-length'],
  ])('%j with %j is refused as %s', async (username, password, ferryCode) => {
    const call = server.browser().http.auth.register.mutate({ username, password });
    expect(await refused(call)).toMatchObject({ ferryCode });
  });
});

describe('signing in', () => {
  test('the name is matched without case', async () => {
    await server.user('Müller');
    expect(await server.browser().signIn('MÜLLER')).toMatchObject({ username: 'Müller' });
  });

  test('an unknown user and a wrong password get one answer', async () => {
    await server.user('ann');
    const wrong = await refused(server.browser().signIn('ann', 'not the password'));
    const unknown = await refused(server.browser().signIn('nobody', 'not the password'));
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({ ferryCode: 'wrong-credentials', httpStatus: 401 });
  });

  test('after ten failures one must wait, others need not', async () => {
    await server.user('ann');
    await server.user('ben');
    for (let round = 0; round < 10; round++) {
      expect(await refused(server.browser().signIn('ann', 'wrong password'))).toMatchObject({
        ferryCode: 'wrong-credentials',
      });
    }
    const limited = await refused(server.browser().signIn('ann'));
    expect(limited).toMatchObject({ ferryCode: 'rate-limited', httpStatus: 429 });
    expect(limited.retryAfterMs).toBeGreaterThan(0);
    expect(await server.browser().signIn('ben')).toMatchObject({ username: 'ben' });
  });

  test('a thousand tries are refused, and somebody else still gets in meanwhile', async () => {
    await server.user('ann');
    await server.user('ben');
    const flood = Array.from({ length: 1000 }, () => refused(server.browser().signIn('ann', 'wrong password')));
    const ben = server.browser();
    let signedIn = false;
    while (!signedIn) {
      // The hashing queue may be full for a moment; that is said, not waited out.
      signedIn = await ben.signIn('ben').then(
        () => true,
        () => false,
      );
    }
    const codes = (await Promise.all(flood)).map(({ ferryCode }) => ferryCode);
    expect(codes.filter((code) => !['wrong-credentials', 'rate-limited', 'busy'].includes(code))).toEqual([]);
    expect(codes.filter((code) => code === 'wrong-credentials').length).toBeLessThan(100);
  });
});

describe('sessions', () => {
  test('the cookie is HttpOnly, Lax and for the whole site; Secure on https only', async () => {
    const ann = await server.user('ann');
    expect(ann.setCookie).toMatch(/^ferry_session=[\w-]{43}; .*Path=\/; .*HttpOnly; SameSite=Lax/);
    expect(ann.setCookie).not.toContain('Secure');
    const secure = await testServer({ PUBLIC_ORIGIN: 'https://ferry.example.com' });
    const response = await secure.app.inject({
      method: 'POST',
      url: '/trpc/auth.register',
      headers: { origin: 'https://ferry.example.com' },
      payload: { username: 'ann', password: PASSWORD },
    });
    expect(response.headers['set-cookie']).toContain('Secure');
    await secure.close();
  });

  test('signing in again makes a new token, and the old one is dead', async () => {
    const ann = await server.user('ann');
    const old = ann.cookie;
    await ann.signIn('ann');
    expect(ann.cookie).not.toBe(old);
    const thief = server.browser();
    thief.cookie = old;
    expect(await thief.http.auth.me.query()).toBeNull();
  });

  test('whoever comes again stays signed in: the cookie lasts longer, too', async () => {
    const ann = await server.user('ann');
    const { cookie } = ann;
    ann.setCookie = undefined;
    await ann.http.auth.me.query();
    expect(ann.setCookie).toMatch(new RegExp(`^${cookie}; Max-Age=${30 * 24 * 60 * 60}; `));
  });

  test('nobody is given a cookie who had none', async () => {
    const stranger = server.browser();
    expect(await stranger.http.auth.me.query()).toBeNull();
    expect(stranger.setCookie).toBeUndefined();
  });

  test('a planted token is never adopted', async () => {
    await server.user('ann');
    const victim = server.browser();
    victim.cookie = `ferry_session=${'A'.repeat(43)}`;
    await victim.signIn('ann');
    expect(victim.cookie).not.toContain('AAAA');
  });

  test('signing out ends the session and its sockets', async () => {
    const ann = await server.user('ann');
    const { started, ended } = watchSocket(ann);
    await started;
    const { cookie } = ann;
    await ann.http.auth.signOut.mutate();
    await ended;
    const thief = server.browser();
    thief.cookie = cookie;
    expect(await thief.http.auth.me.query()).toBeNull();
  });
});
