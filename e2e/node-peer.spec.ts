// The engine outside a browser: a program's connections, which are not Chromium's, against real pages and a real server.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { EnginePeer } from '../apps/node/src/testing/engine-peer.ts';
import { PASSWORD, Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

const MIB = 1024 * 1024;
let samples: SampleFolder;
let ana: Person;
/** An account whose only device that is online is the program. */
let ben: { username: string; peer: EnginePeer };

test.beforeAll(async () => {
  samples = new SampleFolder();
  ana = await Person.join('ana');
  const username = `ben.${randomUUID().slice(0, 6)}`;
  ben = { username, peer: await EnginePeer.join({ origin: process.env.FERRY_URL!, username, password: PASSWORD }) };
});

test.afterAll(async () => {
  await Promise.all([ana.close(), ben.peer.close()]);
  samples.delete();
});

test('a page sends to a program, byte for byte', async () => {
  const file = samples.file('to-program.bin', 5 * MIB + 1);
  await ana.send(file.path, ben.username);
  await ana.seesStatus('to-program.bin', 'done');
  await expect.poll(() => ben.peer.received.at(-1)?.state.status).toBe('done');
  expect(await ben.peer.sha256(ben.peer.received.at(-1)!)).toBe(file.sha256);
  await expect(ana.transfer('to-program.bin')).toHaveAttribute('data-route', 'lan');
});

test('a program sends to a page, byte for byte', async () => {
  const bytes = randomBytes(5 * MIB + 1);
  const outgoing = ben.peer.send('from-program.bin', bytes, await ben.peer.deviceOf(ana.username));
  await ana.page
    .getByRole('article', { name: `Request from ${ben.username}` })
    .getByRole('button', { name: 'Accept' })
    .click();
  await ana.seesStatus('from-program.bin', 'done');
  await expect.poll(() => outgoing.state.status).toBe('done');
  await ana.goTo('Receive');
  expect(await ana.save('from-program.bin')).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('a connection that is lost in the middle is replaced, and nothing is sent twice', async () => {
  test.setTimeout(180_000);
  const bytes = randomBytes(24 * MIB);
  await ana.goTo('Send');
  const before = ben.peer.connections.length;
  ben.peer.exchange.rates.send.bytesPerSecond = 3 * MIB;
  ben.peer.send('interrupted.bin', bytes, await ben.peer.deviceOf(ana.username));
  await ana.page
    .getByRole('article', { name: `Request from ${ben.username}` })
    .getByRole('button', { name: 'Accept' })
    .click();
  await expect(ana.transfer('interrupted.bin').getByRole('progressbar')).toHaveAttribute(
    'aria-valuetext',
    /[1-9]\d? ?%/,
  );
  ben.peer.connections.at(-1)!.close();
  ben.peer.exchange.rates.send.bytesPerSecond = null;
  await ana.seesStatus('interrupted.bin', 'done', 90_000);
  expect(ben.peer.connections.length).toBeGreaterThan(Math.max(1, before));
  await ana.goTo('Receive');
  expect(await ana.save('interrupted.bin')).toBe(createHash('sha256').update(bytes).digest('hex'));
});
