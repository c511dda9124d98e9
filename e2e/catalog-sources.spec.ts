// One file that several people have: one result, fetched from all of them at once, and from whoever is left.
import { randomUUID } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { isVerified, serveAtMost, shareFiles } from './catalog-owner.ts';
import {
  bytesBySource,
  download,
  finds,
  openDetails,
  openTransferDetails,
  row,
  seesSources,
} from './catalog-visitor.ts';
import { Person } from './person.ts';
import { type SampleFile, SampleFolder } from './sample-files.ts';

const WORD = `zq${randomUUID().slice(0, 8)}`;
const NAME = `${WORD} film.mp4`;
/** The same content under another name. */
const COPY = `${WORD} the same film.mp4`;
const SIZE = 48_000_000;
let samples: SampleFolder;
let alice: Person;
let bob: Person;
let carol: Person;
let dave: Person;
let film: SampleFile;
test.describe.configure({ mode: 'serial', timeout: 240_000 });

test.beforeAll(async () => {
  samples = new SampleFolder();
  [alice, bob, carol, dave] = await Promise.all([
    Person.join('alice'),
    Person.join('bob'),
    Person.join('carol'),
    Person.join('dave'),
  ]);
  film = samples.file(NAME, SIZE);
  copyFileSync(film.path, join(samples.path, COPY));
});
test.afterAll(async () => {
  await Promise.all([bob.close(), carol.close(), dave.close()]);
  samples.delete();
});

test('equal content of two people is one result with two sources', async () => {
  await shareFiles(alice, film.path);
  await isVerified(alice, NAME);
  await shareFiles(bob, join(samples.path, COPY));
  await isVerified(bob, COPY);
  await finds(carol, `"${NAME}"`, [NAME]);
  await seesSources(carol, NAME, 2);
  const details = await openDetails(carol, NAME);
  await expect(details).toContainText('2 online now');
  await expect(details).toContainText(COPY);
  await carol.page.keyboard.press('Escape');
});

test('a download takes from both at once, and is whole though one of them is killed', async () => {
  await Promise.all([serveAtMost(alice, 2), serveAtMost(bob, 2)]);
  await download(carol, NAME);
  await carol.seesUnderWay(NAME, 1, 60);
  await openTransferDetails(carol, NAME);
  await expect
    .poll(async () => (await bytesBySource(carol, NAME)).filter((bytes) => bytes > 0).length, { timeout: 30_000 })
    .toBe(2);
  expect(await carol.percent(NAME)).toBeLessThan(90);
  alice.kill();
  await serveAtMost(bob, null);
  await carol.seesStatus(NAME, 'done', 120_000);
  const either = `(${alice.username}|${bob.username})`;
  await expect(carol.transfer(NAME)).toContainText(new RegExp(`Received from ${either} and 1 other, checked`));
  await carol.goTo('Receive');
  expect(await carol.save(NAME)).toBe(film.sha256);
});

test('whoever has downloaded it passes it on when both owners are gone', async () => {
  await finds(dave, `"${NAME}"`, [NAME]);
  const details = await openDetails(dave, NAME);
  await expect(details).toContainText('1 colleague who is online holds pieces of it', { timeout: 60_000 });
  await dave.page.keyboard.press('Escape');
  await bob.page.goto('about:blank');
  await expect(row(dave, NAME)).toContainText('From a colleague who fetched it', { timeout: 30_000 });
  await serveAtMost(carol, 6);
  await download(dave, NAME);
  await openTransferDetails(dave, NAME);
  await dave.seesStatus(NAME, 'done', 90_000);
  const sources = dave.transfer(NAME).getByRole('list', { name: 'Comes from' }).getByRole('listitem');
  await expect(sources.filter({ hasText: carol.username })).toContainText('MB so far');
  await expect(dave.transfer(NAME)).toContainText(`Received from ${carol.username}, checked`);
  await dave.goTo('Receive');
  await expect(dave.received(NAME)).toContainText(`from ${carol.username}`);
  expect(await dave.save(NAME)).toBe(film.sha256);
});
