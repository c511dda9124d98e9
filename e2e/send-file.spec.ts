import { expect, test } from '@playwright/test';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

const MIB = 1024 * 1024;
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

for (const sizeBytes of [0, 1, MIB - 1, MIB, MIB + 1]) {
  test(`a file of ${sizeBytes} bytes arrives, verified, byte for byte`, async () => {
    const name = `size-${sizeBytes}.bin`;
    const file = samples.file(name, sizeBytes);
    await alice.goTo('Send');
    await alice.send(file.path, bob);
    await alice.seesStatus(name, 'announced');
    await bob.accept(alice);
    await bob.seesStatus(name, 'done');
    await alice.seesStatus(name, 'done');
    await bob.goTo('Receive');
    expect(await bob.save(name)).toBe(file.sha256);
  });
}

test('300 MB arrive with progress on both sides', async () => {
  test.setTimeout(240_000);
  const file = samples.file('large.bin', 300_000_000);
  await alice.goTo('Send');
  await alice.send(file.path, bob);
  await bob.accept(alice);
  await alice.seesStatus('large.bin', 'serving');
  for (const person of [alice, bob]) {
    const bar = person.transfer('large.bin').getByRole('progressbar');
    await expect(bar).toHaveAttribute('aria-valuetext', /[1-9]\d? ?%/, { timeout: 30_000 });
    await expect(person.transfer('large.bin')).toHaveAttribute('data-route', 'lan');
  }
  await bob.seesStatus('large.bin', 'done', 180_000);
  await alice.seesStatus('large.bin', 'done');
  await bob.goTo('Receive');
  expect(await bob.save('large.bin')).toBe(file.sha256);
});
