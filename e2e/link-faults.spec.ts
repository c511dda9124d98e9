// What happens to networks, servers and computers while a transfer is under way. Each time it goes on by
// itself, what arrives is what was sent, and little of it crosses the network twice.
import { expect } from '@playwright/test';
import { test } from './lab/lab-test.ts';
import type { Person } from './person.ts';
import { type SampleFile, SampleFolder } from './sample-files.ts';

const TITLE = 'report.bin';
/** In the lab under way for ten seconds or more. */
const SIZE_BYTES = 40_000_000;
/** What one fault may cost: all that is outstanding when it strikes. */
const BYTES_A_FAULT = 8 * 1024 * 1024;

let samples: SampleFolder;
let file: SampleFile;
test.beforeAll(() => {
  samples = new SampleFolder();
  file = samples.file(TITLE, SIZE_BYTES);
});
test.afterAll(() => samples.delete());
test.describe.configure({ timeout: 150_000 });

const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1000));

/** Alice sends and Bob accepts; resolves in the middle of it. */
async function underWay(alice: Person, bob: Person, { path }: SampleFile = file): Promise<void> {
  await alice.seesOnline(bob);
  await alice.send(path, bob);
  await expect(bob.requestFrom(alice)).toBeVisible({ timeout: 20_000 });
  await bob.accept(alice);
  await bob.movedBytes(TITLE);
  await movesBeyond(15, bob, 60_000);
  expect(await bob.percent(TITLE)).toBeLessThan(60);
}

async function movesBeyond(percent: number, bob: Person, withinMs: number): Promise<void> {
  await expect.poll(() => bob.percent(TITLE), { timeout: withinMs, intervals: [200] }).toBeGreaterThan(percent);
}

/** There is soon more at Bob's than there is now. */
async function movesOn(bob: Person, withinMs: number): Promise<void> {
  await movesBeyond(await bob.percent(TITLE), bob, withinMs);
}

/** Both sides are done, and Bob saves what Alice sent. */
async function arrives(alice: Person, bob: Person, { faults, sent = file }: { faults: number; sent?: SampleFile }) {
  await bob.seesStatus(TITLE, 'done', 60_000);
  await alice.seesStatus(TITLE, 'done');
  expect(await bob.movedBytes(TITLE)).toBeLessThanOrEqual(sent.sizeBytes * 1.02 + faults * BYTES_A_FAULT);
  await bob.goTo('Receive');
  expect(await bob.save(TITLE)).toBe(sent.sha256);
}

async function areStalled(...people: Person[]): Promise<void> {
  await Promise.all(people.map((person) => person.seesStatus(TITLE, 'stalled', 1000)));
}

test('the cable is out for twelve seconds', async ({ alice, bob, fault }) => {
  await underWay(alice, bob);
  await fault('unplug', () => seconds(12));
  await movesOn(bob, 15_000);
  await arrives(alice, bob, { faults: 1 });
});

test('the cable is out for forty seconds: both sides say so and wait', async ({ alice, bob, fault }) => {
  await underWay(alice, bob);
  await fault('unplug', async () => {
    await seconds(38);
    await areStalled(alice, bob);
    await seconds(2);
  });
  await movesOn(bob, 15_000);
  await arrives(alice, bob, { faults: 1 });
});

test('the computer gets another address', async ({ alice, bob, lab, diary }) => {
  await underWay(alice, bob);
  lab.host('bob').changeAddress();
  diary.note('lab', 'another address');
  // What was under way already may still be counted.
  await movesBeyond((await bob.percent(TITLE)) + 5, bob, 30_000);
  await arrives(alice, bob, { faults: 1 });
});

test('packets vanish for twenty-five seconds', async ({ alice, bob, fault }) => {
  await underWay(alice, bob);
  await fault('mute', async () => {
    await seconds(24);
    await areStalled(alice, bob);
    await seconds(1);
  });
  await movesOn(bob, 15_000);
  await arrives(alice, bob, { faults: 1 });
});

test('the server restarts, and then the cable is out', async ({ alice, bob, server, fault, diary }) => {
  const folder = new SampleFolder();
  const long = folder.file(TITLE, 2.5 * SIZE_BYTES);
  await underWay(alice, bob, long);
  await server.stop();
  diary.note('lab', 'server stopped');
  await movesOn(bob, 5000);
  await seconds(3);
  await server.start();
  diary.note('lab', 'server started');
  await movesOn(bob, 5000);
  await fault('unplug', () => seconds(12));
  await movesOn(bob, 15_000);
  await arrives(alice, bob, { faults: 1, sent: long });
  folder.delete();
});

test('the computer sleeps for forty-five seconds', async ({ alice, bob, diary }) => {
  await underWay(alice, bob);
  bob.freeze();
  diary.note('lab', 'asleep');
  await seconds(45);
  bob.thaw();
  diary.note('lab', 'awake');
  await movesBeyond((await bob.percent(TITLE)) + 2, bob, 10_000);
  await arrives(alice, bob, { faults: 1 });
});
