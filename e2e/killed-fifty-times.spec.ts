// The receiver's browser is killed fifty times at random moments of one transfer. No byte may be wrong, nothing may
// call itself verified that is not, and hardly anything may cross the wire twice.
import { randomInt } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

const KILLS = 50;
const NAME = 'fifty.bin';
const SIZE = 400_000_000;
/** Slow enough for fifty lives, also where a browser starts in no time; each must get somewhere. */
const MEGABYTES_A_SECOND = 3;
/** What a receiver has asked for and not yet made durable, at most. */
const WINDOW = 8 * 1024 * 1024;

test(`${KILLS} kills at random times: every byte is right and under 2 % + a window a kill is fetched again`, async () => {
  test.setTimeout(15 * 60_000);
  const samples = new SampleFolder();
  const [alice, first] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  await alice.seesOnline(first);
  const file = samples.file(NAME, SIZE);
  await alice.limit('Send at most', MEGABYTES_A_SECOND);
  await alice.send(file.path, first);
  await first.accept(alice);
  await first.seesStatus(NAME, 'fetching');
  // Cookies and the like are on disk by now: what is tested is the transfer.
  await first.seesUnderWay(NAME, 1, 90);
  await alice.movedBytes(NAME);

  let bob = first;
  const lives: string[] = [];
  for (let kill = 1; kill <= KILLS; kill++) {
    const lifeMs = randomInt(3000);
    await bob.page.waitForTimeout(lifeMs);
    const percent = await bob.percent(NAME).catch(() => Number.NaN);
    lives.push(`${lifeMs} ms, ${percent} %`);
    bob.kill();
    bob = await bob.back();
    // What is done is no longer among the transfers of the next life.
    await expect(bob.transfer(NAME), `done within ${kill} kills; lives: ${lives.join('; ')}`).toBeVisible();
    const again = await bob.percent(NAME);
    // True progress: only what is durable counts, and that is never less than before but for one window.
    if (!Number.isNaN(percent)) {
      expect(again, `after kill ${kill}; lives: ${lives.join('; ')}`).toBeGreaterThanOrEqual(
        percent - Math.ceil((100 * WINDOW) / SIZE) - 1,
      );
    }
    if ((await bob.transfer(NAME).getAttribute('data-status')) === 'done') throw new Error(`done after ${kill} kills`);
  }
  console.log(`${KILLS} lives of ${NAME}: ${lives.join('; ')}`);

  await alice.limit('Send at most', null);
  await bob.seesStatus(NAME, 'done', 180_000);
  await alice.seesStatus(NAME, 'done');
  const moved = await alice.movedBytes(NAME);
  console.log(`sent ${moved} bytes for ${SIZE}: ${moved - SIZE} again over ${KILLS} kills`);
  expect(moved - SIZE).toBeLessThanOrEqual(SIZE * 0.02 + KILLS * WINDOW);
  await bob.goTo('Receive');
  expect(await bob.save(NAME)).toBe(file.sha256);
  await Promise.all([alice.close(), bob.close()]);
  samples.delete();
});
