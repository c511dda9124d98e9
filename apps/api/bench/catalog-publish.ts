// `npm run bench:catalog`: how long it takes to publish 100,000 files, page by page as a browser does, into a catalog of a
// million, and what others wait meanwhile who search, browse and publish a little.
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { PublishedFile } from '@ferry/shared';
import type { TestBrowser } from '../src/testing/test-server.ts';
import { Chance } from './chance.ts';
import { pages } from './fill-catalog.ts';
import { type FilledServer, filledServer } from './filled-server.ts';
import { OfficeFiles } from './office-files.ts';
import { inWords } from './percentiles.ts';

const { values } = parseArgs({
  options: { entries: { type: 'string', default: '1000000' }, files: { type: 'string', default: '100000' } },
});
const files = Number(values.files);
/** Of a page: what fits a request of 64 KiB. */
const PAGE_BYTES = 60_000;
const PAGE_FILES = 500;
const QUIET_MS = 5000;
const ORDERED_MS = 20_000;
const SEARCHERS = 5;

const chance = new Chance(Date.now());
const server = await filledServer(Number(values.entries));
try {
  const others = await everybodyElse(server);
  console.log(`Among ${values.entries} files of ${server.owners.length} owners:`);
  say('Others, while nobody publishes', await measured(others, () => setTimeout(QUIET_MS)));
  say(
    'Somebody publishes while nobody else does anything',
    await measured([], publishing(await server.person('alone'))),
  );
  // What was left for later is done, and in nobody's way.
  await setTimeout(ORDERED_MS);
  const publisher = await server.person('publisher');
  say('Others, while somebody publishes', await measured(others, publishing(publisher)));
} finally {
  await server.close();
}

type Times = Record<string, number[]>;
type Activity = (times: Times, ended: AbortSignal) => Promise<void>;

function say(title: string, times: Times): void {
  console.log(`${title}:`);
  for (const [name, timesMs] of Object.entries(times)) console.log(`  ${name}: ${inWords(timesMs)}`);
}

async function measured(activities: readonly Activity[], work: () => Promise<void>): Promise<Times> {
  const times: Times = {};
  const ended = new AbortController();
  const running = activities.map((activity) => activity(times, ended.signal));
  await work();
  ended.abort();
  await Promise.all(running);
  return times;
}

async function everybodyElse(on: FilledServer): Promise<Activity[]> {
  const searchers = await Promise.all(Array.from({ length: SEARCHERS }, (_, n) => on.person(`searcher-${n}`)));
  const [browser, smallPublisher] = await Promise.all([on.person('browser'), on.person('small-publisher')]);
  const words = new OfficeFiles(chance);
  const searching = searchers.map(
    (person): Activity =>
      repeated('search', 200, async () => {
        await person.http.catalog.search.query({ query: words.fileName().slice(0, 6), limit: 50 });
      }),
  );
  return [...searching, await browsing(browser, on), await publishingALittle(smallPublisher)];
}

function repeated(name: string, pauseMs: number, work: () => Promise<void>): Activity {
  return async (times, ended) => {
    times[name] ??= [];
    while (!ended.aborted) {
      const startedMs = performance.now();
      await work();
      times[name].push(performance.now() - startedMs);
      await setTimeout(pauseMs * (0.5 + Math.random()));
    }
  };
}

async function browsing({ http }: TestBrowser, { owners }: FilledServer): Promise<Activity> {
  return repeated('browse a folder', 50, async () => {
    const { userId } = chance.one(owners);
    const [share] = await http.catalog.sharesOf.query({ userId });
    if (!share) return;
    await http.catalog.children.query({ shareId: share.shareId, path: '', order: 'size', offset: 0, limit: 100 });
  });
}

async function publishingALittle(person: TestBrowser): Promise<Activity> {
  const { deviceId, http } = person;
  const shareId = randomUUID();
  await http.catalog.shares.put.mutate({
    deviceId,
    shareId,
    title: 'Small',
    kind: 'folder',
    audience: { type: 'everyone' },
  });
  let baseRevision = 0;
  return repeated('publish five files', 150, async () => {
    const put = [...new OfficeFiles(chance).files(5)];
    const state = await http.catalog.publish.mutate({ deviceId, shareId, baseRevision, put, remove: [] });
    baseRevision = state.revision;
  });
}

function publishing(publisher: TestBrowser): () => Promise<void> {
  const put = [...pagesThatFit(filesNotYetHashed())];
  return async () => {
    const startedMs = performance.now();
    await publishAll(publisher, put);
    const tookMs = performance.now() - startedMs;
    console.log(`${files} files were published in ${(tookMs / 1000).toFixed(1)} s, in ${put.length} pages`);
  };
}

async function publishAll({ deviceId, http }: TestBrowser, all: readonly PublishedFile[][]): Promise<void> {
  const shareId = randomUUID();
  const audience = { type: 'everyone' } as const;
  await http.catalog.shares.put.mutate({ deviceId, shareId, title: 'Large', kind: 'folder', audience });
  for (const [baseRevision, put] of all.entries()) {
    await http.catalog.publish.mutate({ deviceId, shareId, baseRevision, put, remove: [] });
  }
}

/** As a browser lists them first. */
function* filesNotYetHashed(): Generator<PublishedFile> {
  for (const [path, sizeBytes, modifiedMs] of new OfficeFiles(chance).files(files)) {
    yield [path, sizeBytes, modifiedMs, null];
  }
}

function* pagesThatFit(of: Iterable<PublishedFile>): Generator<PublishedFile[]> {
  for (const page of pages(of, PAGE_FILES)) {
    const bytes = Buffer.byteLength(JSON.stringify(page));
    yield* pages(page, Math.floor(page.length / Math.ceil(bytes / PAGE_BYTES)));
  }
}
