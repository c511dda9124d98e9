import { expect, test } from '@playwright/test';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

let samples: SampleFolder;
test.beforeAll(() => {
  samples = new SampleFolder();
});
test.afterAll(() => samples.delete());

test('two devices both get the request; the first accept wins and the other withdraws', async () => {
  const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  const laptop = await bob.secondDevice();
  await alice.seesOnline(bob);
  const file = samples.file('both.bin', 2_000_000);
  await alice.send(file.path, bob);
  await expect(bob.requestFrom(alice)).toBeVisible();
  await laptop.accept(alice);
  await laptop.seesStatus('both.bin', 'done');
  await alice.seesStatus('both.bin', 'done');
  await expect(bob.requestFrom(alice)).toHaveCount(0);
  await laptop.goTo('Receive');
  expect(await laptop.save('both.bin')).toBe(file.sha256);
  await bob.goTo('Receive');
  await expect(bob.received('both.bin')).toHaveCount(0);
  await Promise.all([alice.close(), bob.close(), laptop.close()]);
});

test('two tabs are one device with one engine; when the first closes the other takes over', async () => {
  const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  const secondTab = new Person(bob.username, await bob.profile.context.newPage(), bob.profile);
  await secondTab.page.goto(bob.page.url());
  await secondTab.onSendPage();
  await alice.seesOnline(bob);

  const first = samples.file('tabs.bin', 2_000_000);
  await alice.send(first.path, bob);
  // One request, shown in both tabs, and accepted in the one that does not run the engine.
  await expect(bob.requestFrom(alice)).toHaveCount(1);
  await secondTab.accept(alice);
  await Promise.all([bob.seesStatus('tabs.bin', 'done'), secondTab.seesStatus('tabs.bin', 'done')]);
  await secondTab.goTo('Receive');
  expect(await secondTab.save('tabs.bin')).toBe(first.sha256);

  await bob.page.close();
  const second = samples.file('after.bin', 2_000_000);
  await alice.goTo('Send');
  await alice.send(second.path, bob);
  await secondTab.accept(alice);
  await secondTab.seesStatus('after.bin', 'done');
  expect(await secondTab.save('after.bin')).toBe(second.sha256);
  await Promise.all([alice.close(), bob.close()]);
});

test('three people send to each other at once, in both directions', async () => {
  const people = await Promise.all(['ann', 'ben', 'cem'].map((name) => Person.join(name)));
  const [ann, ben, cem] = people as [Person, Person, Person];
  await ann.seesOnline(cem);
  await cem.seesOnline(ben);
  const ways: [Person, Person][] = [
    [ann, ben],
    [ben, ann],
    [ben, cem],
    [cem, ann],
  ];
  const files = ways.map(([from, to], index) =>
    samples.file(`way-${index}-${from.username}-${to.username}.bin`, 8_000_000 + index),
  );
  for (const [index, [from, to]] of ways.entries()) await from.send(files[index]!.path, to);
  for (const [from, to] of ways) await to.accept(from);
  for (const [index, [from, to]] of ways.entries()) {
    const name = files[index]!.path.split('/').at(-1)!;
    await Promise.all([from.seesStatus(name, 'done', 60_000), to.seesStatus(name, 'done', 60_000)]);
    await to.goTo('Receive');
    expect(await to.save(name)).toBe(files[index]!.sha256);
  }
  await Promise.all(people.map((person) => person.close()));
});

test('the receiver reloads in the middle and the transfer goes on by itself', async () => {
  const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  await alice.seesOnline(bob);
  const file = samples.file('reload.bin', 120_000_000);
  await alice.send(file.path, bob);
  await bob.accept(alice);
  await expect(bob.transfer('reload.bin').getByRole('progressbar')).toHaveAttribute('aria-valuetext', /[2-9]\d ?%/);
  await bob.page.reload();
  await bob.seesStatus('reload.bin', 'done', 60_000);
  await alice.seesStatus('reload.bin', 'done');
  await bob.goTo('Receive');
  expect(await bob.save('reload.bin')).toBe(file.sha256);
  await Promise.all([alice.close(), bob.close()]);
});
