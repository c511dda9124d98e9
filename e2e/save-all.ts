// Everything of a received bundle, saved as one zip by the page. Knows nothing of how it came.
import type { Person } from './person.ts';
import { filesInZip, type ZippedFile } from './zipped-files.ts';

export async function saveAll(person: Person, title: string): Promise<ZippedFile[]> {
  await person.goTo('Receive');
  const bundle = person.page.getByRole('group', { name: title });
  const [download] = await Promise.all([
    person.page.waitForEvent('download', { timeout: 60_000 }),
    bundle.getByRole('button', { name: 'Save all' }).click(),
  ]);
  return filesInZip(await download.path());
}
