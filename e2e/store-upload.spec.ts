// Files that are put into the Store: until enough people keep them, and what those who keep them can read of it.
import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from '@playwright/test';
import { findOnDisk } from './disk-search.ts';
import { startFerry } from './ferry-server.ts';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';
import { addToStore, bytesKeptForOthers, download, givesRoom, goToStore, seesSafeToClose, uploadOf } from './store.ts';

const MIB = 1024 * 1024;
const SECRET = 'the quarter was better than anybody thought';
const NAME = 'results-of-the-quarter.bin';
test.describe.configure({ timeout: 240_000 });
let samples: SampleFolder;
test.beforeAll(() => {
  samples = new SampleFolder();
});
test.afterAll(() => samples.delete());

test('a file is kept by three people, who can read neither its content nor its name', async () => {
  const server = await startFerry();
  const join = (name: string) => Person.join(name, { url: server.url });
  const keepers = await Promise.all(['bob', 'carol', 'dave'].map(join));
  for (const keeper of keepers) await givesRoom(keeper);
  const alice = await join('alice');
  const { path } = samples.file(NAME, 20 * MIB);
  appendFileSync(path, SECRET);
  await addToStore(alice, path);
  await seesSafeToClose(alice, basename(path), 120_000);
  await expect(uploadOf(alice, basename(path))).toContainText(/Safe to close\. \d people keep it\./);
  await expect(async () => {
    // With three people each keeps all of it.
    const kept = await Promise.all(keepers.map(bytesKeptForOthers));
    expect(kept.filter((bytes) => bytes > 20 * MIB)).toHaveLength(3);
  }).toPass({ timeout: 60_000 });
  for (const { profile } of keepers) expect(await findOnDisk(profile.originFilesDir, [SECRET, NAME])).toEqual([]);
  await Promise.all([alice, ...keepers].map((person) => person.close()));
  await server.dispose();
});

test('whoever was alone when it was added needs do nothing when people come', async () => {
  const server = await startFerry();
  const alice = await Person.join('alice', { url: server.url });
  const { path } = samples.file('early.bin', 3 * MIB);
  await addToStore(alice, path);
  await expect(uploadOf(alice, 'early.bin')).toHaveAttribute('data-upload-status', 'waiting-for-people', {
    timeout: 20_000,
  });
  const bob = await Person.join('bob', { url: server.url });
  await givesRoom(bob);
  await expect(uploadOf(alice, 'early.bin')).toContainText(/Safe to close|with 1 person so far/, { timeout: 90_000 });
  await Promise.all([alice.close(), bob.close()]);
  await server.dispose();
});

test('a page that is reloaded on the way goes on with the same file, chosen again', async () => {
  const server = await startFerry();
  const join = (name: string) => Person.join(name, { url: server.url });
  const keepers = await Promise.all(['bob', 'carol'].map(join));
  for (const keeper of keepers) await givesRoom(keeper);
  const alice = await join('alice');
  await alice.limit('Send at most', 4);
  const { path } = samples.file('reloaded.bin', 40 * MIB);
  await addToStore(alice, path);
  await expect(uploadOf(alice, 'reloaded.bin')).toContainText(/[1-9]\d%/, { timeout: 60_000 });
  alice.page.on('dialog', (dialog) => dialog.accept());
  await alice.page.reload();
  await expect(uploadOf(alice, 'reloaded.bin')).toHaveAttribute('data-upload-status', 'files-needed');
  await uploadOf(alice, 'reloaded.bin').getByLabel(/again/).setInputFiles(path);
  await alice.limit('Send at most', null);
  await goToStore(alice);
  await seesSafeToClose(alice, 'reloaded.bin', 120_000);
  await Promise.all([alice, ...keepers].map((person) => person.close()));
  await server.dispose();
});

test('a server that is killed on the way loses nothing that it said yes to', async () => {
  const server = await startFerry();
  const join = (name: string) => Person.join(name, { url: server.url });
  const [bob, carol, alice] = await Promise.all([join('bob'), join('carol'), join('alice')]);
  for (const keeper of [bob, carol]) await givesRoom(keeper);
  await alice.limit('Send at most', 4);
  const { path, sha256 } = samples.file('interrupted.bin', 40 * MIB);
  await addToStore(alice, path);
  await expect(uploadOf(alice, 'interrupted.bin')).toContainText(/[1-9]\d%/, { timeout: 60_000 });
  await server.kill();
  await server.start();
  await alice.limit('Send at most', null);
  await goToStore(alice);
  await seesSafeToClose(alice, 'interrupted.bin', 120_000);
  alice.kill();
  await download(carol, 'interrupted.bin');
  await carol.goTo('Send');
  await carol.seesStatus('interrupted.bin', 'done', 60_000);
  await carol.goTo('Receive');
  expect(await carol.save('interrupted.bin')).toBe(sha256);
  await Promise.all([alice, bob, carol].map((person) => person.close()));
  await server.dispose();
});
