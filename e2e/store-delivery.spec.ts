// Something for somebody who is away: it is left with colleagues, its sender leaves, and it asks when the other one comes.
import { expect, test } from '@playwright/test';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

test.setTimeout(420_000);

test('the sender leaves before the recipient comes, and it arrives all the same', async () => {
  const samples = new SampleFolder();
  const { path, sha256 } = samples.file('minutes.bin', 5_000_000);
  const recipient = await Person.join('recipient');
  await recipient.goTo('Store');
  const sender = await Person.join('sender');
  const keepers = [await Person.join('keeper'), await Person.join('keeper'), await Person.join('keeper')];
  for (const keeper of keepers) {
    await keeper.goTo('Store');
    await keeper.page.getByRole('button', { name: /^Keep up to / }).click();
    await expect(keeper.page.getByText('You keep for others')).toBeVisible();
  }

  await test.step('whoever is away can be waited for, or not', async () => {
    // Its profile stays, with the keys that the delivery is locked for.
    await recipient.profile.context.close();
    await sender.page.getByLabel('Add files').setInputFiles(path);
    const to = sender.page.getByRole('combobox', { name: 'To' });
    await to.fill(recipient.username);
    await to.press('Enter');
    await expect(sender.page.getByRole('radio', { name: 'Wait here' })).toBeChecked({ timeout: 60_000 });
    await sender.page.getByRole('radio', { name: 'Deliver when they come online' }).check();
    await sender.page.getByRole('button', { name: /^Send 1 item/ }).click();
  });

  await test.step('it spreads until its sender may leave', async () => {
    await expect(sender.transfer('minutes.bin')).toContainText('You may leave now', { timeout: 120_000 });
    await sender.profile.close();
  });

  await test.step('it asks when the recipient comes, and comes from colleagues', async () => {
    const back = await recipient.back();
    await back.accept(sender);
    await back.seesStatus('minutes.bin', 'done', 120_000);
    await back.goTo('Receive');
    expect(await back.save('minutes.bin')).toBe(sha256);
    await back.close();
  });

  for (const keeper of keepers) await keeper.close();
  samples.delete();
});
