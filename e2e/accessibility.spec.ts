import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { startFerry } from './ferry-server.ts';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

const PHONE = { width: 390, height: 844 };
const TABLET = { width: 1000, height: 800 };
const DESK = { width: 1440, height: 900 };
let samples: SampleFolder;
let alice: Person;
let bob: Person;

test.beforeAll(async () => {
  samples = new SampleFolder();
  [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  await alice.seesOnline(bob);
});

test.afterAll(async () => {
  await Promise.all([alice.close(), bob.close()]);
  samples.delete();
});

test('signed out: signing in, registering, an unknown address', async () => {
  const guest = await Person.open('guest');
  for (const path of ['/sign-in', '/register', '/nowhere']) {
    await guest.page.goto(new URL(path, process.env.FERRY_URL).href);
    await expect(guest.page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(guest.page, path);
  }
  await guest.page.goto(new URL('/sign-in', process.env.FERRY_URL).href);
  await guest.page.getByLabel('Username').fill('nobody.here');
  await guest.page.getByLabel('Password').fill('not the password');
  await guest.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(guest.page.getByRole('alert')).toBeVisible();
  await expectAccessible(guest.page, 'refused sign-in');
  await guest.close();
});

test('an insecure address gets a page that says so', async () => {
  const server = await startFerry({ HOST: '0.0.0.0' });
  const { port } = new URL(server.url);
  const guest = await Person.open('guest', {
    url: `http://ferry.test:${port}`,
    args: ['--host-resolver-rules=MAP ferry.test 127.0.0.1'],
  });
  await expect(guest.page.getByRole('heading', { name: 'Ferry needs a secure address' })).toBeVisible();
  await expectAccessible(guest.page, 'insecure address');
  await guest.close();
  await server.dispose();
});

for (const [size, viewport] of Object.entries({ phone: PHONE, tablet: TABLET, desk: DESK })) {
  test(`every view with nothing in it, ${size}`, async () => {
    const carol = await Person.join('carol', { viewport });
    for (const page of ['Send', 'Receive', 'Settings'] as const) {
      await carol.goTo(page);
      await expectAccessible(carol.page, `${page}, empty`);
    }
    await carol.close();
  });
}

test('sending: staged, the list of colleagues, a mistake', async () => {
  const { page } = alice;
  await alice.goTo('Send');
  await page.getByLabel('Add files').setInputFiles([samples.file('a.pdf', 10).path, samples.file('b.png', 20).path]);
  await expectAccessible(page, 'staged');
  await page.getByRole('combobox', { name: 'To' }).fill('b');
  await expect(page.getByRole('option').first()).toBeVisible();
  await expectAccessible(page, 'list of colleagues');
  await page.getByRole('combobox', { name: 'To' }).fill('nobody.like.that');
  await page.getByRole('button', { name: /^Send 2/ }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page, 'unknown recipient');
  await page.reload();
});

for (const [size, viewport] of Object.entries({ phone: PHONE, tablet: TABLET, desk: DESK })) {
  test(`requests and transfers, ${size}`, async () => {
    const dave = await Person.join('dave', { viewport });
    await alice.goTo('Send');
    const names = ['one', 'two', 'three'].map((name) => `${size}-${name}.bin`);
    const title = names[0]!;
    await alice.send(
      names.map((name) => samples.file(name, 2_000_000).path),
      dave,
    );
    await expectAccessible(dave.page, 'request');
    await dave.requestFrom(alice).getByRole('button', { name: 'Choose files' }).click();
    await expect(dave.page.getByRole('dialog')).toBeVisible();
    await expectAccessible(dave.page, 'choosing files');
    await dave.page.keyboard.press('Escape');
    await dave.accept(alice);
    await alice.seesStatus(title, 'done');
    await expectAccessible(alice.page, 'sent');
    const tray = dave.page.getByRole('button', { name: /transfers?$/i }).filter({ visible: true });
    if (viewport !== DESK) await tray.click();
    await dave.seesStatus(title, 'done');
    await expectAccessible(dave.page, 'transfers');
    if (viewport !== DESK) await dave.page.keyboard.press('Escape');
    await dave.goTo('Receive');
    await expect(dave.page.getByRole('button', { name: 'Save all' })).toBeVisible();
    await expectAccessible(dave.page, 'received');
    await dave.close();
  });
}

test('menus and dialogs', async () => {
  const { page } = bob;
  await page.getByRole('button', { name: 'Account' }).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  await expectAccessible(page, 'account menu');
  await page.keyboard.press('Escape');
  await bob.goTo('Settings');
  await page.getByRole('button', { name: 'See all shortcuts' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page, 'shortcuts');
});
