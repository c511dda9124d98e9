// People at the lab's computers: how they come to Ferry, and what they saw when a test failed. Knows nothing of
// what they do there.
import { Person } from '../person.ts';
import { browserOn } from './browser-on.ts';
import type { Diary } from './diary.ts';
import type { Host } from './host.ts';
import { keepConnections } from './selected-pair.ts';

export interface ArrivalOptions {
  /** Where Ferry is, as seen from that computer. */
  url: string;
  diary: Diary;
  /** The folder for `HOME`, which says what authorities the browser trusts. */
  home?: string | undefined;
}

/** They register and stand on the Send page, and what their browser goes through is noted. */
export async function arrive(name: string, host: Host, { url, diary, home }: ArrivalOptions): Promise<Person> {
  const person = await Person.open(name, browserOn(host, url, home));
  await diary.follow(name, person.page);
  await keepConnections(person.page);
  await person.register();
  return person;
}

/** @param failed whether what they see now is worth a note */
export async function leave(people: Person[], diary: Diary, failed: boolean): Promise<void> {
  // Asleep they could not even be closed.
  for (const person of people) person.thaw();
  if (failed)
    for (const { username, page } of people) diary.note(username, `sees\n${await page.locator('body').ariaSnapshot()}`);
  await Promise.all(people.map((person) => person.close()));
}
