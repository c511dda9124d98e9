// Nothing is ever started over: reloads, crashes and days between, on either side.
import { renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { Person } from './person.ts';
import { type SampleFile, SampleFolder } from './sample-files.ts';
import { pickerAnswersWith } from './source-handles.ts';

const SIZE = 60_000_000;
/** What may be on its way, or on disk and not yet in the journal, when a browser dies. */
const WINDOW = 8 * 1024 * 1024;
let samples: SampleFolder;
test.describe.configure({ timeout: 180_000 });
test.beforeAll(() => {
  samples = new SampleFolder();
});
test.afterAll(() => samples.delete());

async function twoPeople(): Promise<[Person, Person]> {
  const people = await Promise.all([Person.join('alice'), Person.join('bob')]);
  await people[0].seesOnline(people[1]);
  return people;
}

/** A transfer from the first to the second that takes its time, well under way. */
async function underWay(alice: Person, bob: Person, name: string): Promise<SampleFile> {
  const file = samples.file(name, SIZE);
  await alice.limit('Send at most', 6);
  await alice.send(file.path, bob);
  await bob.accept(alice);
  await bob.seesUnderWay(name, 10, 60);
  return file;
}

/** Whole, and with hardly anything sent twice since the sender's page was opened. */
async function arrives(alice: Person, bob: Person, { path, sha256 }: SampleFile): Promise<void> {
  const name = path.split('/').at(-1)!;
  await alice.movedBytes(name);
  await bob.seesStatus(name, 'done', 90_000);
  await alice.seesStatus(name, 'done');
  await bob.goTo('Receive');
  expect(await bob.save(name)).toBe(sha256);
  expect(await alice.movedBytes(name)).toBeLessThanOrEqual(SIZE * 1.02 + WINDOW);
}

test('the receiver’s browser is killed: the transfer is listed with what it has, and goes on by itself', async () => {
  const [alice, bob] = await twoPeople();
  const file = await underWay(alice, bob, 'killed.bin');
  const before = await bob.percent('killed.bin');
  bob.kill();
  const again = await bob.back();
  await again.seesStatus('killed.bin', /stalled|fetching/);
  // All of it, but for what the journal did not claim yet.
  expect(await again.percent('killed.bin')).toBeGreaterThanOrEqual(before - Math.ceil((100 * WINDOW) / SIZE));
  await arrives(alice, again, file);
  await Promise.all([alice.close(), again.close()]);
});

test('the receiver closes the tab, and opens another one later', async () => {
  const [alice, bob] = await twoPeople();
  const file = await underWay(alice, bob, 'closed.bin');
  await bob.page.goto('about:blank');
  await alice.seesStatus('closed.bin', 'stalled');
  await expect(alice.transfer('closed.bin')).toContainText(/offline\. Continues by itself/);
  await bob.page.goto(alice.page.url());
  await arrives(alice, bob, file);
  await Promise.all([alice.close(), bob.close()]);
});

test('the sender reloads: both are told what is missing, and the same file, chosen again, goes on', async () => {
  const [alice, bob] = await twoPeople();
  const file = await underWay(alice, bob, 'chosen.bin');
  alice.page.on('dialog', (dialog) => dialog.accept());
  await alice.page.reload();
  await alice.onSendPage();
  await expect(alice.transfer('chosen.bin')).toContainText(/Choose .*chosen\.bin.* again/);
  await bob.seesStatus('chosen.bin', 'paused');
  await expect(bob.transfer('chosen.bin')).toContainText(`${alice.username} must choose the files again`);
  await expectAccessible(alice.page, 'files to choose again');

  // Another file of that name, size and date but not its content.
  const kept = `${file.path}.kept`;
  renameSync(file.path, kept);
  writeFileSync(file.path, Buffer.alloc(SIZE, 7));
  // A browser rounds dates down to milliseconds: the middle of one is safe from what is lost on the way to the disk.
  const seconds = (Math.floor(statSync(kept).mtimeMs) + 0.5) / 1000;
  utimesSync(file.path, seconds, seconds);
  await alice.chooseAgain('chosen.bin', file.path);
  await expect(alice.transfer('chosen.bin')).toContainText(/not the file that was announced/);
  await bob.seesStatus('chosen.bin', 'paused');

  rmSync(file.path);
  renameSync(kept, file.path);
  await alice.chooseAgain('chosen.bin', file.path);
  await arrives(alice, bob, file);
  // Since the reload it sent what was missing, no more.
  expect(await alice.movedBytes('chosen.bin')).toBeLessThanOrEqual(SIZE * 0.92 + WINDOW);
  await Promise.all([alice.close(), bob.close()]);
});

test('a sender whose browser can open the files again goes on by itself, also after a crash', async () => {
  const [alice, bob] = await twoPeople();
  const file = samples.file('handle.bin', SIZE);
  await pickerAnswersWith(alice.page, file.path);
  await alice.limit('Send at most', 6);
  await alice.page.getByText('Add files', { exact: true }).click();
  await alice.sendStaged(bob);
  await bob.accept(alice);
  await bob.seesUnderWay('handle.bin', 10, 60);
  // No warning: a reload does it no harm.
  await alice.page.reload();
  await alice.seesStatus('handle.bin', 'serving');
  await bob.seesUnderWay('handle.bin', 15, 80);
  alice.kill();
  await bob.seesStatus('handle.bin', 'stalled', 30_000);
  const again = await alice.back();
  await arrives(again, bob, file);
  await Promise.all([again.close(), bob.close()]);
});

test('both browsers are gone for a while; when they meet again the transfer goes on', async () => {
  const [alice, bob] = await twoPeople();
  const file = await underWay(alice, bob, 'both.bin');
  bob.kill();
  alice.kill();
  const bobAgain = await bob.back();
  await bobAgain.seesStatus('both.bin', 'stalled');
  await expect(bobAgain.transfer('both.bin')).toContainText(/offline\. Continues by itself/);
  const aliceAgain = await alice.back();
  await aliceAgain.chooseAgain('both.bin', file.path);
  await arrives(aliceAgain, bobAgain, file);
  await Promise.all([aliceAgain.close(), bobAgain.close()]);
});

test('a pause is told to the other side, costs nothing, and outlives a reload', async () => {
  const [alice, bob] = await twoPeople();
  const file = await underWay(alice, bob, 'paused.bin');
  await bob.press('paused.bin', 'Pause');
  await bob.seesStatus('paused.bin', 'paused');
  await alice.seesStatus('paused.bin', 'paused');
  await expect(alice.transfer('paused.bin')).toContainText(`Paused by ${bob.username}`);
  const before = await bob.percent('paused.bin');
  await bob.page.reload();
  await bob.seesStatus('paused.bin', 'paused');
  expect(await bob.percent('paused.bin')).toBeGreaterThanOrEqual(before);
  await bob.transfer('paused.bin').focus();
  await bob.page.keyboard.press('Space');
  await bob.seesStatus('paused.bin', 'fetching');
  await alice.press('paused.bin', 'Pause');
  await expect(bob.transfer('paused.bin')).toContainText(`Paused by ${alice.username}`);
  await alice.press('paused.bin', 'Resume');
  await arrives(alice, bob, file);
  expect(await alice.movedBytes('paused.bin')).toBeLessThanOrEqual(SIZE + WINDOW / 4);
  await Promise.all([alice.close(), bob.close()]);
});

test('two tabs of the sender: when the first closes the other asks for the files and goes on', async () => {
  const [alice, bob] = await twoPeople();
  const file = await underWay(alice, bob, 'tabs.bin');
  const other = new Person(alice.username, await alice.profile.context.newPage(), alice.profile);
  await other.page.goto(bob.page.url());
  await other.seesStatus('tabs.bin', 'serving');
  await alice.page.close();
  await other.chooseAgain('tabs.bin', file.path);
  await arrives(other, bob, file);
  await Promise.all([alice.close(), bob.close()]);
});

test('what is kept of a transfer that is given up is shown, and can be freed', async () => {
  const [alice, bob] = await twoPeople();
  await underWay(alice, bob, 'abandoned.bin');
  alice.kill();
  await bob.seesStatus('abandoned.bin', 'stalled', 30_000);
  await bob.goTo('Receive');
  const item = bob.page.getByRole('list', { name: 'Unfinished transfers' }).getByRole('listitem');
  await expect(item).toContainText(/[1-9][\d.]* MB of 60 MB kept/);
  await expectAccessible(bob.page, 'unfinished transfers');
  await item.getByRole('button', { name: /^Free/ }).click();
  await bob.page
    .getByRole('alertdialog')
    .or(bob.page.getByRole('dialog'))
    .getByRole('button', { name: /^Free/ })
    .click();
  await expect(item).toHaveCount(0);
  await expect
    .poll(() => bob.page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0))
    .toBeLessThan(2_000_000);
  await bob.close();
});
