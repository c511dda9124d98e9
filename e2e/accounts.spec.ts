import { expect, test } from '@playwright/test';
import { type FerryServer, startFerry } from './ferry-server.ts';
import { PASSWORD, Person } from './person.ts';

test('register, reload, sign out, sign in', async () => {
  const alice = await Person.join('alice');
  await alice.page.reload();
  await alice.onSendPage();
  await alice.signOut();
  await alice.page.goto(new URL('/receive', alice.page.url()).href);
  await expect(alice.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await alice.page.getByRole('textbox', { name: 'Username' }).fill(alice.username.toUpperCase());
  await alice.page.getByLabel('Password').fill(PASSWORD);
  await alice.page.getByRole('button', { name: 'Sign in' }).click();
  // Where they wanted to go.
  await expect(alice.page.getByRole('heading', { name: 'Receive', level: 1 })).toBeVisible();
  await alice.close();
});

test('a wrong password and an unknown name are refused with the same words', async () => {
  const alice = await Person.join('alice');
  await alice.signOut();
  const refusals: string[] = [];
  for (const username of [alice.username, 'nobody.of.that.name']) {
    await alice.page.getByRole('textbox', { name: 'Username' }).fill(username);
    await alice.page.getByLabel('Password').fill('a wrong password');
    await alice.page.getByRole('button', { name: 'Sign in' }).click();
    await expect(alice.page.getByRole('alert')).toBeVisible();
    refusals.push((await alice.page.getByRole('alert').textContent()) ?? '');
    await alice.page.reload();
  }
  expect(refusals[0]).toBe(refusals[1]);
  await alice.close();
});

test('a name is taken whatever its case, and what was typed stays', async () => {
  const [alice, other] = await Promise.all([Person.join('alice'), Person.open('other')]);
  await other.page.goto(new URL('/register', other.page.url()).href);
  await other.page.getByLabel('Username').fill(alice.username.toUpperCase());
  await other.page.getByLabel('Password').fill(PASSWORD);
  await other.page.getByRole('button', { name: 'Create account' }).click();
  await expect(other.page.getByText(/taken/i)).toBeVisible();
  await expect(other.page.getByLabel('Username')).toHaveValue(alice.username.toUpperCase());
  await Promise.all([alice.close(), other.close()]);
});

test.describe('by invite only', () => {
  let server: FerryServer;
  test.beforeAll(async () => {
    server = await startFerry({ REGISTRATION: 'invite' });
  });
  test.afterAll(() => server.dispose());

  test('the first user looks after the others; an invite link works once', async () => {
    const admin = await Person.join('admin', { url: server.url });
    const guest = await Person.open('guest', { url: server.url });
    await guest.page.goto(new URL('/register', server.url).href);
    await expect(guest.page.getByText('You need an invite link')).toBeVisible();

    await admin.goTo('Settings');
    await admin.page.getByRole('button', { name: 'Create invite link' }).click();
    const link = await admin.page.getByRole('textbox', { name: 'Invite link' }).inputValue();
    await guest.page.goto(link);
    await guest.page.getByLabel('Username').fill('guest');
    await guest.page.getByLabel('Password').fill(PASSWORD);
    await guest.page.getByRole('button', { name: 'Create account' }).click();
    await guest.onSendPage();
    await guest.seesOnline(admin);

    const late = await Person.open('late', { url: server.url });
    await late.page.goto(link);
    await late.page.getByLabel('Username').fill('late');
    await late.page.getByLabel('Password').fill(PASSWORD);
    await late.page.getByRole('button', { name: 'Create account' }).click();
    await expect(late.page.getByRole('alert')).toContainText(/invite/i);
    await Promise.all([admin.close(), guest.close(), late.close()]);
  });
});
