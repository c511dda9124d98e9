import { ManualClock } from '@ferry/webrtc-core/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { gone, hashed } from './entry-change.ts';
import { type PublishingEvent, SharePublishing } from './share-publishing.ts';
import { CatalogGround, foundFile, SHARE_ID, shareRecord } from './testing/catalog-ground.ts';
import { IndexServer } from './testing/index-server.ts';

const OTHER_ID = '5f3a8f0e-9999-4222-8333-444455556666';

class Ground {
  readonly server: IndexServer;
  readonly clock = new ManualClock();
  readonly told: PublishingEvent[] = [];
  readonly publishing: SharePublishing;
  readonly #catalog: CatalogGround;
  readonly #records;

  private constructor(catalog: CatalogGround, records: ReturnType<typeof shareRecord>[], server: IndexServer) {
    this.#catalog = catalog;
    this.#records = new Map(records.map((record) => [record.shareId, record]));
    this.server = server;
    const { entries, outbox, shares } = catalog;
    this.publishing = new SharePublishing({
      deviceId: 'device',
      server,
      entries,
      outbox,
      share: (shareId) => this.#records.get(shareId),
      shareIds: () => [...this.#records.keys()],
      listedCount: async (shareId) => {
        const { fileCount, untoldCount } = await shares.tally(shareId);
        return fileCount - untoldCount;
      },
      change: async (shareId, change) => {
        const record = this.#records.get(shareId);
        if (record) this.#records.set(shareId, { ...record, ...change });
      },
      tell: (_, event) => this.told.push(event),
      clock: this.clock,
      random: () => 1,
    });
  }

  static async open(
    records = [shareRecord()],
    { catalog, server = new IndexServer() }: { catalog?: CatalogGround; server?: IndexServer } = {},
  ): Promise<Ground> {
    return new Ground(catalog ?? (await CatalogGround.open(...records)), records, server);
  }

  get catalog(): CatalogGround {
    return this.#catalog;
  }

  record(shareId = SHARE_ID) {
    return this.#records.get(shareId)!;
  }

  change(change: Partial<ReturnType<typeof shareRecord>>): void {
    this.#records.set(SHARE_ID, { ...this.record(), ...change });
  }

  /** As another start of the engine finds it. */
  async restarted(): Promise<Ground> {
    // Whoever is signed out asks for nothing more.
    const { refusal } = this.server;
    this.server.refusal = 'unauthenticated';
    await this.settled();
    this.server.refusal = refusal;
    return Ground.open([...this.#records.values()], { catalog: this.#catalog, server: this.server });
  }

  delete(shareId: string): void {
    this.#records.delete(shareId);
    this.publishing.forget(shareId);
  }

  async find(...files: ReturnType<typeof foundFile>[]): Promise<void> {
    await this.#catalog.find(files);
    this.publishing.wake(SHARE_ID, 0);
  }

  async lose(...paths: string[]): Promise<void> {
    await this.#catalog.changes.make(SHARE_ID, new Map(paths.map((path) => [path, gone])));
    this.publishing.wake(SHARE_ID, 0);
  }

  settled(): Promise<void> {
    return this.clock.runUntil(() => this.publishing.isAtRest);
  }

  /** What is still to be told: new files, and pages of the outbox. */
  async untold(): Promise<number> {
    const pages = await this.#catalog.database.count('outbox');
    return (await this.#catalog.shares.tally(SHARE_ID)).untoldCount + pages;
  }
}

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => foundFile(`${String(index).padStart(5, '0')}.txt`));

test('a new share is told first, then its files in pages, in the order of their paths', async () => {
  const ground = await Ground.open();
  await ground.find(...numbered(1200));
  await ground.settled();
  expect(ground.server.requests).toEqual([
    'mine',
    'put Press',
    'publish +500 -0',
    'publish +500 -0',
    'publish +200 -0',
  ]);
  expect(ground.server.files(SHARE_ID)).toHaveLength(1200);
  expect(await ground.untold()).toBe(0);
  expect(ground.record()).toMatchObject({ isPut: true, revision: 3 });
});

test('only what is different is told afterwards', async () => {
  const ground = await Ground.open();
  await ground.find(...numbered(3));
  await ground.settled();
  ground.server.requests.length = 0;
  await ground.find(foundFile('00001.txt', 4));
  await ground.lose('00002.txt');
  await ground.catalog.changes.make(
    SHARE_ID,
    new Map([['00000.txt', hashed({ sizeBytes: 3, modifiedMs: 1000 }, 'A'.repeat(43))]]),
  );
  await ground.settled();
  expect(ground.server.requests).toEqual(['publish +2 -1']);
  const { files } = ground.server.shares.get(SHARE_ID)!;
  expect([...files.values()]).toEqual([
    ['00000.txt', 3, 1000, 'A'.repeat(43)],
    ['00001.txt', 4, 1000, null],
  ]);
});

test('changes within the time that they wait go in one request', async () => {
  const ground = await Ground.open();
  ground.publishing.compare();
  await ground.settled();
  ground.server.requests.length = 0;
  for (const file of numbered(5)) {
    await ground.catalog.find([file]);
    ground.publishing.wake(SHARE_ID, 300);
  }
  await ground.settled();
  expect(ground.server.requests).toEqual(['publish +5 -0']);
});

describe('after a restart', () => {
  test('nothing is told to a server that knows it all', async () => {
    const first = await Ground.open();
    await first.find(...numbered(10));
    await first.settled();
    const second = await first.restarted();
    second.server.requests.length = 0;
    second.publishing.compare();
    await second.settled();
    expect(second.server.requests).toEqual(['mine']);
  });

  test('everything is told anew to a server that has forgotten the share', async () => {
    const first = await Ground.open();
    await first.find(...numbered(700));
    await first.settled();
    first.server.shares.clear();
    const second = await first.restarted();
    second.server.requests.length = 0;
    second.publishing.compare();
    await second.settled();
    expect(second.server.requests).toEqual(['mine', 'put Press', 'begin', 'publish +500 -0', 'publish +200 -0', 'end']);
    expect(second.server.files(SHARE_ID)).toHaveLength(700);
    expect(second.record().revision).toBe(second.server.shares.get(SHARE_ID)!.revision);
  });

  test('what the server lists that is not shared any more is taken away there', async () => {
    const first = await Ground.open([shareRecord(), shareRecord({ shareId: OTHER_ID, title: 'Old' })]);
    first.publishing.compare();
    await first.settled();
    expect([...first.server.shares.keys()]).toContain(OTHER_ID);
    const second = await Ground.open([first.record()], { catalog: first.catalog, server: first.server });
    second.publishing.compare();
    await second.settled();
    expect([...second.server.shares.keys()]).toEqual([SHARE_ID]);
  });
});

describe('revisions that do not match', () => {
  test('everything is told anew, and what is gone is gone there too', async () => {
    const ground = await Ground.open();
    await ground.find(...numbered(5));
    await ground.settled();
    const listed = ground.server.shares.get(SHARE_ID)!;
    listed.revision += 7;
    listed.files.set('stale.txt', ['stale.txt', 1, 1, null]);
    await ground.find(foundFile('new.txt'));
    await ground.settled();
    expect(ground.server.files(SHARE_ID)).toEqual(await ground.catalog.paths());
    expect(await ground.untold()).toBe(0);
    expect(ground.told).not.toContain('server-away');
  });

  test('one that comes in the middle of telling everything anew begins once more', async () => {
    const ground = await Ground.open([shareRecord({ isPut: true, revision: 99 })]);
    await ground.catalog.find(numbered(1500));
    let disturbed = 0;
    ground.server.before = (request) => {
      const share = ground.server.shares.get(SHARE_ID);
      if (share && request.startsWith('publish') && disturbed++ === 1) share.revision += 3;
    };
    ground.publishing.compare();
    await ground.settled();
    expect(ground.server.files(SHARE_ID)).toHaveLength(1500);
    expect(await ground.untold()).toBe(0);
  });

  test('what comes and goes meanwhile is told afterwards', async () => {
    const ground = await Ground.open();
    await ground.find(...numbered(600));
    await ground.settled();
    ground.server.shares.get(SHARE_ID)!.revision++;
    ground.server.before = async (request) => {
      if (request !== 'publish +100 -0') return;
      ground.server.before = () => {};
      await ground.lose('00000.txt', '00599.txt');
      await ground.find(foundFile('00001.txt', 77), foundFile('first.txt'));
    };
    ground.publishing.compare();
    await ground.settled();
    expect(ground.server.files(SHARE_ID)).toEqual(await ground.catalog.paths());
    expect(ground.server.shares.get(SHARE_ID)!.files.get('00001.txt')![1]).toBe(77);
  });
});

describe('a server that is away', () => {
  test('is tried again, less and less often, and then told everything', async () => {
    const ground = await Ground.open();
    ground.server.refusal = 'unreachable';
    await ground.find(...numbered(3));
    await ground.clock.runUntil(() => ground.server.requests.length === 4);
    expect(ground.clock.now()).toBe(7000);
    expect(ground.told).toContain('server-away');
    ground.server.refusal = undefined;
    await ground.settled();
    expect(ground.server.files(SHARE_ID)).toHaveLength(3);
    expect(ground.told.at(-1)).toBe('reached');
  });

  test('is tried at once when the user does something', async () => {
    const ground = await Ground.open();
    ground.server.refusal = 'unreachable';
    await ground.find(...numbered(3));
    await ground.clock.runUntil(() => ground.server.requests.length === 7);
    await ground.clock.settle();
    ground.server.refusal = undefined;
    const beforeMs = ground.clock.now();
    ground.publishing.retry();
    await ground.settled();
    expect(ground.server.files(SHARE_ID)).toHaveLength(3);
    expect(ground.clock.now()).toBe(beforeMs);
  });

  test('one that is only busy is nobody’s concern', async () => {
    const ground = await Ground.open();
    ground.server.before = (request) => {
      if (ground.server.requests.filter((other) => other === request).length < 3)
        throw new Refusal('rate-limited', { retryAfterMs: 5000 });
    };
    await ground.find(...numbered(3));
    await ground.settled();
    expect(ground.server.files(SHARE_ID)).toHaveLength(3);
    expect(ground.told).not.toContain('server-away');
    expect(ground.clock.now()).toBeGreaterThanOrEqual(30_000);
  });
});

test('whoever is signed out tells nothing, until they do something again', async () => {
  const ground = await Ground.open();
  ground.server.refusal = 'unauthenticated';
  await ground.find(...numbered(3));
  await ground.settled();
  expect(ground.server.requests).toEqual(['mine']);
  expect(ground.told).toEqual([]);
  expect(ground.clock.pendingCount).toBe(0);
  ground.server.refusal = undefined;
  ground.publishing.retry();
  await ground.settled();
  expect(ground.server.files(SHARE_ID)).toHaveLength(3);
});

describe('more than one person may list', () => {
  test('is said once, and tried again when there may be room', async () => {
    const ground = await Ground.open();
    ground.server.mostFiles = 500;
    await ground.find(...numbered(800));
    await ground.settled();
    expect(ground.told.filter((event) => event === 'full')).toHaveLength(1);
    expect(ground.server.files(SHARE_ID)).toHaveLength(500);
    ground.server.mostFiles = 800;
    ground.publishing.retry();
    await ground.settled();
    expect(ground.server.files(SHARE_ID)).toHaveLength(800);
    expect(ground.told.at(-1)).toBe('reached');
  });

  test('what is gone makes room for what is there', async () => {
    const ground = await Ground.open();
    ground.server.mostFiles = 600;
    await ground.find(...numbered(600));
    await ground.settled();
    // A folder that was renamed: as many come as go.
    await ground.lose(...(await ground.catalog.paths()));
    await ground.find(...numbered(600).map((file) => ({ ...file, path: `a/${file.path}` })));
    await ground.settled();
    expect(ground.server.files(SHARE_ID)).toEqual(await ground.catalog.paths());
    expect(ground.told).not.toContain('full');
  });
});

test('another audience is told, also one that comes while the first one is', async () => {
  const ground = await Ground.open();
  const chosen = (userId: string) => ({ type: 'chosen' as const, userIds: [userId] });
  ground.change({ audience: chosen('a') });
  ground.server.before = (request) => {
    if (request !== 'put Press') return;
    ground.server.before = () => {};
    ground.change({ audience: chosen('b') });
  };
  await ground.find(...numbered(3));
  await ground.settled();
  expect(ground.server.shares.get(SHARE_ID)!.audience).toEqual(chosen('b'));
  expect(ground.server.requests.filter((request) => request === 'begin')).toEqual([]);
});

test('a share that ends is taken away, even if the server is away just then', async () => {
  const ground = await Ground.open();
  await ground.find(...numbered(3));
  await ground.settled();
  ground.server.refusal = 'unreachable';
  ground.delete(SHARE_ID);
  await ground.clock.runUntil(() => ground.server.requests.length > 8);
  ground.server.refusal = undefined;
  await ground.settled();
  expect(ground.server.shares.size).toBe(0);
});

describe('a share that was stopped from another device', () => {
  test('is said once, and not told again', async () => {
    const ground = await Ground.open();
    await ground.find(...numbered(3));
    await ground.settled();
    ground.server.end(SHARE_ID);
    ground.publishing.compare();
    await ground.settled();
    expect(ground.told.filter((event) => event === 'ended')).toHaveLength(1);
    const { length } = ground.server.requests;
    ground.publishing.retry();
    await ground.settled();
    expect(ground.server.requests).toHaveLength(length);
    expect(ground.server.shares.size).toBe(0);
  });

  test('is said also when it happens between two pages', async () => {
    const ground = await Ground.open();
    ground.server.before = (request) => {
      if (request.startsWith('publish +300')) ground.server.end(SHARE_ID);
    };
    await ground.find(...numbered(800));
    await ground.settled();
    expect(ground.told.at(-1)).toBe('ended');
    expect(ground.server.shares.size).toBe(0);
  });

  test('keeps no other one from being told', async () => {
    const ground = await Ground.open([shareRecord(), shareRecord({ shareId: OTHER_ID, title: 'Other' })]);
    await ground.find(...numbered(3));
    ground.server.end(SHARE_ID);
    ground.publishing.wake(OTHER_ID, 0);
    await ground.settled();
    expect([...ground.server.shares.keys()]).toEqual([OTHER_ID]);
    expect(ground.told).toEqual(expect.arrayContaining(['ended', 'reached']));
  });
});

test('whatever happens to files and server, in the end the server lists what is there', async () => {
  const happening = fc.oneof(
    fc.record({ type: fc.constant('find' as const), file: fc.nat(12), version: fc.nat(3) }),
    fc.record({ type: fc.constant('lose' as const), file: fc.nat(12) }),
    fc.record({ type: fc.constant('forgets' as const) }),
    fc.record({ type: fc.constant('disturbed' as const) }),
    fc.record({ type: fc.constant('away' as const) }),
    fc.record({ type: fc.constant('restart' as const) }),
    fc.record({ type: fc.constant('pass' as const), ms: fc.nat(2000) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 25 }), async (happenings) => {
      let ground = await Ground.open();
      for (const happened of happenings) {
        if (happened.type === 'find') await ground.find(foundFile(`${happened.file}`, happened.version));
        else if (happened.type === 'lose') await ground.lose(`${happened.file}`);
        else if (happened.type === 'forgets') ground.server.shares.clear();
        else if (happened.type === 'disturbed') for (const share of ground.server.shares.values()) share.revision++;
        else if (happened.type === 'away') ground.server.refusal = ground.server.refusal ? undefined : 'unreachable';
        else if (happened.type === 'restart') {
          ground = await ground.restarted();
        } else {
          ground.clock.advance(happened.ms);
          await ground.clock.settle();
        }
      }
      ground.server.refusal = undefined;
      ground.publishing.compare();
      await ground.settled();
      expect(ground.server.files(SHARE_ID)).toEqual((await ground.catalog.paths()).sort());
      const sizes = (await ground.catalog.entries.page(SHARE_ID, {})).map(({ path, sizeBytes }) => [path, sizeBytes]);
      const listed = [...ground.server.shares.get(SHARE_ID)!.files.values()].map(([path, size]) => [path, size]);
      expect(listed.sort()).toEqual(sizes.sort());
      expect(await ground.untold()).toBe(0);
    }),
    { numRuns: 60 },
  );
});
