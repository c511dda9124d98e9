// An owner serves a few people at once, and decides how: the others are told their place, and come by themselves.
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { isListed, openMyShares, serveAtMost, servePeople, shareFiles } from './catalog-owner.ts';
import { download, finds } from './catalog-visitor.ts';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

const WORD = `zq${randomUUID().slice(0, 8)}`;
const [LONG, OTHER, SMALL] = ['long.bin', 'other.bin', 'small.txt'].map((name) => `${WORD} ${name}`) as [
  string,
  string,
  string,
];
let samples: SampleFolder;
let alice: Person;
let bob: Person;
let carol: Person;
test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
  samples = new SampleFolder();
  [alice, bob, carol] = await Promise.all([Person.join('alice'), Person.join('bob'), Person.join('carol')]);
  const sizes = { [LONG]: 60_000_000, [OTHER]: 2_000_000, [SMALL]: 1000 };
  await servePeople(alice, 1);
  await serveAtMost(alice, 2);
  await shareFiles(
    alice,
    Object.entries(sizes).map(([name, sizeBytes]) => samples.file(name, sizeBytes).path),
  );
  await isListed(alice, LONG);
});
test.afterAll(async () => {
  await Promise.all([alice.close(), bob.close(), carol.close()]);
  samples.delete();
});

test('whoever comes second is told their place; a small file waits for nobody', async () => {
  await finds(bob, LONG, [LONG]);
  await download(bob, LONG);
  await bob.seesUnderWay(LONG, 1, 60);
  await finds(carol, WORD, [LONG, OTHER, SMALL]);
  await download(carol, OTHER);
  await expect(carol.transfer(OTHER)).toContainText(`Place 1 in ${alice.username}’s queue. Starts by itself.`);
  await download(carol, SMALL);
  await carol.seesStatus(SMALL, 'done', 30_000);
  await expect(carol.transfer(OTHER)).toContainText('Place 1');

  await openMyShares(alice);
  const now = alice.page.getByRole('list', { name: 'Being fetched now' });
  await expect(now).toContainText(`${bob.username} is fetching ${LONG}`);
  await expect(now).toContainText(`${carol.username} waits for ${OTHER}`);
});

test('nobody is served while the owner has paused it, and all goes on afterwards', async () => {
  await alice.page.getByText('How you serve').click();
  const pause = alice.page.getByRole('switch', { name: 'Pause serving' });
  await pause.check();
  await expect(alice.page.getByText('You serve nobody now: whoever asks waits.')).toBeVisible();
  await expect(bob.transfer(LONG)).toContainText(
    `Paused by ${alice.username}. Goes on by itself when ${alice.username} resumes.`,
  );
  // What was on its way comes.
  await bob.page.waitForTimeout(1000);
  const before = await bob.percent(LONG);
  await expectAccessible(alice.page, 'nobody is served');
  await expectAccessible(bob.page, 'waiting for an owner who serves nobody');
  expect(await bob.percent(LONG)).toBe(before);
  await pause.uncheck();
  await serveAtMost(alice, null);
  await bob.seesStatus(LONG, 'done', 90_000);
  await carol.seesStatus(OTHER, 'done', 60_000);
});

test('the owner can send one away, who does not come back by themselves', async () => {
  // Nobody else has it who could pass it on.
  const name = `${WORD} alone.bin`;
  await serveAtMost(alice, 1);
  await shareFiles(alice, samples.file(name, 30_000_000).path);
  await isListed(alice, name);
  await finds(carol, name, [name]);
  await download(carol, name);
  await carol.seesUnderWay(name, 1, 60);
  const tray = alice.page.getByRole('complementary', { name: 'Transfers' });
  await tray.getByRole('article', { name }).getByRole('button', { name: 'Cancel' }).click();
  await expect(carol.transfer(name)).toContainText('is not in the catalog any more', { timeout: 30_000 });
  await carol.seesStatus(name, 'failed');
});
