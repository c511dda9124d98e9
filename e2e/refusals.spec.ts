import { renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

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
test.beforeEach(() => alice.goTo('Send'));

test('a declined request ends on both sides, in words', async () => {
  const file = samples.file('declined.bin', 1000);
  await alice.send(file.path, bob);
  await bob.requestFrom(alice).getByRole('button', { name: 'Decline' }).click();
  await expect(bob.requestFrom(alice)).toHaveCount(0);
  await alice.seesStatus('declined.bin', 'declined');
  await expect(alice.transfer('declined.bin')).toContainText(/declined/i);
});

test('the sender can try a declined send again', async () => {
  await alice.transfer('declined.bin').getByRole('button', { name: 'Try again' }).click();
  await bob.accept(alice);
  await alice.seesStatus('declined.bin', 'done');
});

test('a request that was withdrawn disappears', async () => {
  const file = samples.file('withdrawn.bin', 1000);
  await alice.send(file.path, bob);
  await expect(bob.requestFrom(alice)).toBeVisible();
  await alice.transfer('withdrawn.bin').getByRole('button', { name: 'Cancel' }).click();
  await expect(bob.requestFrom(alice)).toHaveCount(0);
  await alice.seesStatus('withdrawn.bin', 'cancelled');
});

for (const who of ['sender', 'receiver'] as const) {
  test(`the ${who} cancels in the middle and nothing is left behind`, async () => {
    const name = `cancelled-by-${who}.bin`;
    const file = samples.file(name, 80_000_000);
    await alice.send(file.path, bob);
    await bob.accept(alice);
    await expect(bob.transfer(name).getByRole('progressbar')).toHaveAttribute('aria-valuetext', /[1-9]\d? ?%/);
    const canceller = who === 'sender' ? alice : bob;
    await canceller.transfer(name).getByRole('button', { name: 'Cancel' }).click();
    await alice.seesStatus(name, 'cancelled');
    await bob.seesStatus(name, 'cancelled');
    await bob.goTo('Receive');
    await expect(bob.received(name)).toHaveCount(0);
    await expect.poll(() => bundleFolders(bob)).toBe(1);
  });
}

/** Bundles in the browser's private file system: the one that was tried again above stays. */
function bundleFolders(person: Person): Promise<number> {
  return person.page.evaluate(async () => {
    let count = 0;
    for await (const user of (await navigator.storage.getDirectory()).values()) {
      if (user.kind !== 'directory') continue;
      const bundles = await (user as FileSystemDirectoryHandle).getDirectoryHandle('bundles');
      for await (const _bundle of bundles.values()) count++;
    }
    return count;
  });
}

test('own, unknown and empty names are refused in words', async () => {
  const file = samples.file('nobody.bin', 10);
  await alice.page.getByLabel('Add files').setInputFiles(file.path);
  const box = alice.page.getByRole('combobox', { name: 'To' });
  for (const [name, words] of [
    ['nobody.at.all', /nobody\.at\.all/],
    [alice.username, /you/i],
  ] as const) {
    await box.fill(name);
    await box.press('Enter');
    await alice.page.getByRole('button', { name: /^Send / }).click();
    await expect(alice.page.getByRole('alert').filter({ hasText: words })).toBeVisible();
  }
  await expect(alice.transfer('nobody.bin')).toHaveCount(0);
});

test('more than one transfer carries is refused in words, and stays staged', async () => {
  const folders = Array.from({ length: 65 }, (_, depth) => `d${depth}`).join('/');
  samples.file(`deep/${folders}/file.txt`, 10);
  await alice.sendFolder(`${samples.path}/deep`, bob);
  await expect(alice.page.getByRole('alert')).toContainText('up to 64 deep');
  await expect(alice.page.getByRole('button', { name: 'Remove deep' })).toBeVisible();
  await expect(alice.transfer('deep')).toHaveCount(0);
  await alice.page.reload();
});

test('an offline colleague is asked when they come back', async () => {
  const carol = await Person.join('carol');
  await alice.seesOnline(carol);
  await alice.looksFor(carol);
  await carol.page.goto('about:blank');
  await expect(alice.tileOf(carol)).toContainText('Last seen');
  const file = samples.file('later.bin', 1000);
  await alice.page.reload();
  await alice.onSendPage();
  await alice.send(file.path, carol);
  await expect(alice.transfer('later.bin')).toContainText(/offline/i);
  await expect(alice.transfer('later.bin')).toHaveAttribute('data-route', 'offline');
  await carol.page.goto(alice.page.url());
  await carol.accept(alice);
  await alice.seesStatus('later.bin', 'done');
  await carol.close();
});

for (const [what, spoil] of [
  ['edited', (path: string) => writeFileSync(path, Buffer.alloc(40_000_000, 7))],
  ['truncated', (path: string) => truncateSync(path, 1_000_000)],
  ['deleted', (path: string) => rmSync(path)],
  ['renamed', (path: string) => renameSync(path, `${path}.old`)],
] as const) {
  test(`a source file that is ${what} before it is sent fails in words that name it`, async () => {
    const name = `${what}.bin`;
    const file = samples.file(name, 40_000_000);
    await alice.send(file.path, bob);
    await expect(bob.requestFrom(alice).first()).toBeVisible();
    spoil(file.path);
    if (what === 'edited' || what === 'truncated') utimesSync(file.path, new Date(), new Date(Date.now() + 5000));
    await bob.accept(alice);
    for (const person of [alice, bob]) {
      await person.seesStatus(name, 'failed');
      await expect(person.transfer(name)).toContainText(/changed|moved|deleted/i);
    }
  });
}
