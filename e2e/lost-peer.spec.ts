import { expect, test } from '@playwright/test';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

let samples: SampleFolder;
test.beforeAll(() => {
  samples = new SampleFolder();
});
test.afterAll(() => samples.delete());

/** A transfer of 150 MB from the first to the second, well under way. */
async function underWay(alice: Person, bob: Person, name: string) {
  await alice.seesOnline(bob);
  const file = samples.file(name, 150_000_000);
  await alice.send(file.path, bob);
  await bob.accept(alice);
  await expect(bob.transfer(name).getByRole('progressbar')).toHaveAttribute('aria-valuetext', /[1-9]\d? ?%/);
}

test('the sender’s browser dies: the receiver keeps what it has and says what happens next', async () => {
  const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  await underWay(alice, bob, 'sender-dies.bin');
  alice.kill();
  await bob.seesStatus('sender-dies.bin', 'stalled', 30_000);
  await expect(bob.transfer('sender-dies.bin')).toContainText(/offline\. Continues by itself/);
  await expect(bob.transfer('sender-dies.bin')).toHaveAttribute('data-route', 'offline');
  const progress = bob.transfer('sender-dies.bin').getByRole('progressbar');
  await expect(progress).toHaveAttribute('aria-valuetext', /[1-9]\d? ?%/);
  await bob.close();
});

test('the receiver’s browser dies: the sender waits, in words, and can still cancel', async () => {
  const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  await underWay(alice, bob, 'receiver-dies.bin');
  bob.kill();
  await alice.seesStatus('receiver-dies.bin', 'stalled', 30_000);
  await expect(alice.transfer('receiver-dies.bin')).toContainText(/offline\. Continues by itself/);
  await alice.transfer('receiver-dies.bin').getByRole('button', { name: 'Cancel' }).click();
  await alice.seesStatus('receiver-dies.bin', 'cancelled');
  await alice.close();
});
