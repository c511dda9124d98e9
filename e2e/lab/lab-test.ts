// `test` with a lab of its own: Ferry on one computer, Alice and Bob at two others. All of it is gone
// afterwards, whatever the test did; where no lab can be made the test is skipped and says why.
import { test as base } from '@playwright/test';
import { type FerryServer, startFerry } from '../ferry-server.ts';
import { Person } from '../person.ts';
import { browserOn } from './browser-on.ts';
import { Diary } from './diary.ts';
import type { Host } from './host.ts';
import { Lab } from './lab.ts';
import { obstacle } from './obstacle.ts';

interface Office {
  lab: Lab<'alice' | 'bob' | 'server'>;
  server: FerryServer;
  people: Person[];
  alice: Person;
  bob: Person;
  /** Bob's cable is unplugged, or goes dead unnoticed, until `meanwhile` is over. */
  fault: (kind: 'unplug' | 'mute', meanwhile: () => Promise<unknown>) => Promise<void>;
  /** What the browsers went through: printed when the test fails, and always with FERRY_LAB_DIARY set. */
  diary: Diary;
}

export const test = base.extend<Office, { obstacle: string | undefined }>({
  obstacle: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const found = obstacle();
      if (found) console.log(`No network lab on this machine, so its tests are skipped: ${found}`);
      await use(found);
    },
    { scope: 'worker' },
  ],
  lab: async ({ obstacle }, use, info) => {
    info.skip(obstacle !== undefined, obstacle);
    const lab = Lab.lan(['alice', 'bob', 'server']);
    await use(lab);
    lab.dispose();
  },
  server: async ({ lab }, use) => {
    const server = await startFerry({ HOST: '0.0.0.0' }, lab.host('server'));
    await use(server);
    await server.dispose();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  diary: async ({}, use, info) => {
    const diary = new Diary();
    await use(diary);
    if (info.status !== info.expectedStatus || process.env.FERRY_LAB_DIARY) console.log(`${diary}`);
  },
  people: async ({ lab, server, diary }, use, info) => {
    const joining = (['alice', 'bob'] as const).map((name) => join(name, lab.host(name), server, diary));
    const people = await Promise.all(joining);
    await use(people);
    // Asleep they could not even be closed.
    for (const person of people) person.thaw();
    if (info.status !== info.expectedStatus) await noteWhatTheySee(people, diary);
    await Promise.all(people.map((person) => person.close()));
  },
  alice: ({ people }, use) => use(people[0]!),
  bob: ({ people }, use) => use(people[1]!),
  fault: async ({ lab, diary }, use) => {
    const undo = { unplug: 'plug', mute: 'unmute' } as const;
    await use(async (kind, meanwhile) => {
      diary.note('lab', kind);
      lab.host('bob')[kind]();
      await meanwhile();
      diary.note('lab', undo[kind]);
      lab.host('bob')[undo[kind]]();
    });
  },
});

async function join(name: string, host: Host, server: FerryServer, diary: Diary): Promise<Person> {
  const person = await Person.open(name, browserOn(host, server.url));
  await diary.follow(name, person.page);
  await person.register();
  return person;
}

async function noteWhatTheySee(people: Person[], diary: Diary): Promise<void> {
  for (const { username, page } of people) diary.note(username, `sees\n${await page.locator('body').ariaSnapshot()}`);
}
