// What the Store is for: six people and a computer that stays on. Whoever put something there is gone, others leave or lose
// what they keep, and everybody still gets it as it was. The tests are one story, in this order.
import { closeSync, openSync, writeSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { findOnDisk } from './disk-search.ts';
import { type FerryServer, startFerry } from './ferry-server.ts';
import { hashOfFile, Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';
import {
  addToStore,
  bytesKeptForOthers,
  download,
  givesRoom,
  goToStore,
  offersRoom,
  seesSafeToClose,
  stored,
  wipe,
} from './store.ts';
import { StoreNode } from './store-node.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const SECRET = 'the merger is off, and nobody may know before Monday';
const LARGE = { name: 'board-meeting-recording.bin', sizeBytes: 64 * MIB };
const SMALL = [
  { name: 'empty-agenda.txt', sizeBytes: 0 },
  { name: 'single-letter.txt', sizeBytes: 1 },
  { name: 'floor-plan.bin', sizeBytes: 64 * KIB },
];

test.describe.configure({ mode: 'serial', timeout: 300_000 });
let server: FerryServer;
let samples: SampleFolder;
let alice: Person;
/** They keep things for others; so does the node, which is Frank's. */
let bob: Person;
let carol: Person;
let dave: Person;
let erin: Person;
/** Keeps nothing in the browser. */
let frank: Person;
let node: StoreNode;
const sha256 = new Map<string, string>();

test.beforeAll(async () => {
  test.setTimeout(120_000);
  server = await startFerry();
  samples = new SampleFolder();
  const join = (name: string) => Person.join(name, { url: server.url });
  [bob, carol, dave] = await Promise.all([join('bob'), join('carol'), join('dave')]);
  [erin, alice, frank] = await Promise.all([join('erin'), join('alice'), join('frank')]);
  for (const keeper of [bob, carol, dave, erin]) await givesRoom(keeper);
  node = await StoreNode.start(frank);
});
test.afterAll(async () => {
  await node.dispose();
  await Promise.all([alice, bob, carol, dave, erin, frank].map((person) => person.close()));
  await server.dispose();
  samples.delete();
});

/** A file with the secret at many places. */
async function sample({ name, sizeBytes }: { name: string; sizeBytes: number }): Promise<string> {
  const { path } = samples.file(name, sizeBytes);
  const file = openSync(path, 'r+');
  for (let at = 0; at + SECRET.length <= sizeBytes; at += 5 * MIB) writeSync(file, SECRET, at);
  closeSync(file);
  sha256.set(name, await hashOfFile(path));
  return path;
}

test('files of all sizes are kept by others until their uploader may leave', async () => {
  const paths = await Promise.all([LARGE, ...SMALL].map(sample));
  await addToStore(alice, ...paths);
  for (const { name } of [LARGE, ...SMALL]) await seesSafeToClose(alice, name, 180_000);
  alice.kill();
});

test('nothing on the disks of those who keep it shows what it is, or what it is called', async () => {
  const folders = [...[bob, carol, dave, erin].map(({ profile }) => profile.originFilesDir), node.folder];
  const texts = [SECRET, ...[LARGE, ...SMALL].map(({ name }) => name)];
  for (const folder of folders) expect(await findOnDisk(folder, texts)).toEqual([]);
  // Where it is, it is found.
  expect(await findOnDisk(samples.path, [SECRET])).toHaveLength(2);
});

test('it is fetched whole, although the page is reloaded on the way, and as many people leave as can be missed', async () => {
  await frank.limit('Receive at most', 4);
  await download(frank, LARGE.name);
  await frank.goTo('Send');
  await frank.seesUnderWay(LARGE.name, 15, 60);
  const before = await frank.percent(LARGE.name);
  await frank.page.reload();
  await frank.seesUnderWay(LARGE.name, before + 1, 75);
  // Of five that keep it any two are enough.
  bob.kill();
  carol.kill();
  await node.kill();
  await frank.limit('Receive at most', null);
  await frank.seesStatus(LARGE.name, 'done', 120_000);
  await frank.goTo('Receive');
  expect(await frank.save(LARGE.name)).toBe(sha256.get(LARGE.name));
});

test('whoever lost what they kept is found out, and others make it anew without whoever added it', async () => {
  [bob, carol] = await Promise.all([bob.back(), carol.back()]);
  await node.start();
  for (const loser of [dave, erin]) await wipe(loser);
  // Of five people three are left, and any two are enough: one more should have it.
  await goToStore(frank);
  await expect(stored(frank, LARGE.name)).toHaveAttribute('data-status', 'at-risk', { timeout: 60_000 });
  for (const loser of [dave, erin]) await offersRoom(loser, 1);
  await expect(stored(frank, LARGE.name)).toHaveAttribute('data-status', 'safe', { timeout: 120_000 });
  await expect.poll(() => bytesKeptForOthers(dave), { timeout: 60_000 }).toBeGreaterThan(LARGE.sizeBytes / 2);
});

test('whoever gives wrong bytes is found out by those who fetch, and what they keep counts no more', async () => {
  await node.kill();
  await node.startLying();
  for (const visitor of [bob, carol]) {
    await download(visitor, LARGE.name);
    await visitor.goTo('Send');
    await visitor.seesStatus(LARGE.name, 'done', 120_000);
    await visitor.goTo('Receive');
    expect(await visitor.save(LARGE.name)).toBe(sha256.get(LARGE.name));
  }
  await expect.poll(() => numberOf('ferry_store_quarantines_total'), { timeout: 60_000 }).toBe(1);
});

test('files of no byte, of one and of a few are fetched as they were', async () => {
  for (const { name } of SMALL) {
    await download(bob, name);
    await expect(bob.page.getByRole('link', { name: 'Show in Receive' })).toBeVisible({ timeout: 60_000 });
    await bob.goTo('Receive');
    expect(await bob.save(name)).toBe(sha256.get(name));
  }
});

test('what too few keep now is fetched by itself as soon as enough of them are there', async () => {
  await node.kill();
  for (const keeper of [bob, carol, dave]) await keeper.profile.context.close();
  await goToStore(frank);
  await expect(stored(frank, LARGE.name)).toHaveAttribute('data-status', 'unfetchable', { timeout: 60_000 });
  await stored(frank, LARGE.name).getByRole('link').click();
  await expect(frank.page.getByText('1 of the 2 pieces needed are online.')).toBeVisible();
  await frank.page.getByRole('button', { name: `Download ${LARGE.name} when it can` }).click();
  await frank.goTo('Send');
  await expect(frank.transfer(LARGE.name).first()).toContainText('1 of the 2');
  [bob, carol] = await Promise.all([bob.back(), carol.back()]);
  await frank.seesStatus(LARGE.name, 'done', 120_000);
});

test('whoever added it deletes it, and nobody keeps anything of it, also who was away', async () => {
  alice = await alice.back();
  await goToStore(alice);
  await stored(alice, LARGE.name).getByRole('link').click();
  await alice.page.getByRole('button', { name: `Delete ${LARGE.name}` }).click();
  await alice.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(stored(frank, LARGE.name)).toHaveCount(0);
  dave = await dave.back();
  for (const keeper of [bob, carol, dave, erin])
    await expect.poll(() => bytesKeptForOthers(keeper), { timeout: 60_000 }).toBeLessThan(MIB);
});

/** Of the server's numbers for its operator. */
async function numberOf(metric: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', server.url))).text();
  return Number(new RegExp(`^${metric} (\\S+)$`, 'm').exec(text)?.[1]);
}
