// `test` with a lab of its own: Ferry on one computer, Alice and Bob at two others. All of it is gone
// afterwards, whatever the test did.
import { type FerryServer, startFerry } from '../ferry-server.ts';
import type { Person } from '../person.ts';
import { test as base } from './base-test.ts';
import { Lab } from './lab.ts';
import { arrive, leave } from './people.ts';

interface Office {
  lab: Lab<'alice' | 'bob' | 'server'>;
  server: FerryServer;
  people: Person[];
  alice: Person;
  bob: Person;
  /** Bob's cable is unplugged, or goes dead unnoticed, until `meanwhile` is over. */
  fault: (kind: 'unplug' | 'mute', meanwhile: () => Promise<unknown>) => Promise<void>;
}

export const test = base.extend<Office>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  lab: async ({}, use) => {
    const lab = Lab.lan(['alice', 'bob', 'server']);
    await use(lab);
    lab.dispose();
  },
  server: async ({ lab }, use) => {
    const server = await startFerry({ HOST: '0.0.0.0' }, lab.host('server'));
    await use(server);
    await server.dispose();
  },
  people: async ({ lab, server: { url }, diary }, use, info) => {
    const names = ['alice', 'bob'] as const;
    const people = await Promise.all(names.map((name) => arrive(name, lab.host(name), { url, diary })));
    await use(people);
    await leave(people, diary, info.status !== info.expectedStatus);
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
