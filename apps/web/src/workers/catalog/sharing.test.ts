import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ShareRequest, ShareSnapshot } from '../../adapters/catalog-contract.ts';
import { type CatalogDatabase, openCatalogDatabase } from './catalog-database.ts';
import type { StartScanner } from './scan-worker.ts';
import { Scanner } from './scanner.ts';
import { Sharing } from './sharing.ts';
import { IndexServer } from './testing/index-server.ts';
import { MEMORY_DISK_GLOBALS, MemoryFile, MemoryFolder } from './testing/memory-disk.ts';

beforeAll(() => {
  for (const [name, value] of Object.entries(MEMORY_DISK_GLOBALS)) vi.stubGlobal(name, value);
});
afterAll(() => vi.unstubAllGlobals());

/** The real one, on this thread. */
const startScanner: StartScanner = (userId, listener) => {
  const scanner = new Scanner(listener);
  scanner.open(userId);
  return scanner;
};

let userId: string;
let database: CatalogDatabase;
let server: IndexServer;
let sharing: Sharing;
/** Whoever is being served may not be any more. */
let narrowed: ReturnType<typeof vi.fn<() => void>>;
let press: MemoryFolder;

beforeEach(async () => {
  userId = crypto.randomUUID();
  database = await openCatalogDatabase(userId);
  server = new IndexServer();
  press = new MemoryFolder('Press');
  for (const path of ['a.txt', 'raw/b.txt', 'raw/c.txt', '.hidden']) press.write(path, path);
  await restart();
});

async function restart(): Promise<void> {
  narrowed = vi.fn();
  sharing = new Sharing({ userId, deviceId: 'device', database, touch: () => {}, narrowed, server, startScanner });
  await sharing.restore();
}
function folderRequest(folder: MemoryFolder, about: Partial<ShareRequest> = {}): ShareRequest {
  return {
    title: folder.name,
    kind: 'folder',
    handles: [{ name: folder.name, handle: folder.handle }],
    files: [],
    audience: { type: 'everyone' },
    rules: { includesHidden: false, ignore: [] },
    ...about,
  };
}
function sessionRequest(paths: string[], about: Partial<ShareRequest> = {}): ShareRequest {
  const files = paths.map((path) => ({
    path: path.split('/'),
    file: new File([path], path.split('/').at(-1)!, { lastModified: 1000 }),
  }));
  return { ...folderRequest(press), handles: [], files, ...about };
}
async function until<Value>(value: () => Value | Promise<Value>): Promise<NonNullable<Value>> {
  return vi.waitFor(
    async () => {
      const found = await value();
      if (!found) throw new Error(`It did not happen: ${JSON.stringify(sharing.snapshots())} ${server.requests}`);
      return found;
    },
    { timeout: 20_000, interval: 5 },
  );
}
const only = (): ShareSnapshot => {
  const [snapshot, ...others] = sharing.snapshots();
  expect(others).toEqual([]);
  return snapshot!;
};
const untilListed = () => until(() => only().status === 'listed' && only().scannedAt !== null);
const untilPaths = (shareId: string, paths: string[]) =>
  until(() => JSON.stringify(server.files(shareId)) === JSON.stringify(paths));

describe('a shared folder', () => {
  test('is scanned, published and verified', async () => {
    const shareId = await sharing.share(folderRequest(press));
    expect(only()).toMatchObject({ shareId, title: 'Press', status: 'scanning', survivesReload: true });
    await untilListed();
    expect(server.files(shareId)).toEqual(['a.txt', 'raw/b.txt', 'raw/c.txt']);
    await until(() => only().verifiedCount === 3);
    expect(only()).toMatchObject({ foundCount: 3, publishedCount: 3, totalBytes: 23 });
    await until(() => [...server.shares.get(shareId)!.files.values()].every(([, , , contentId]) => contentId));
  });

  test('is there after a restart, with what changed meanwhile', async () => {
    const shareId = await sharing.share(folderRequest(press));
    await untilListed();
    press.write('d.txt', 'new');
    press.delete('a.txt');
    await restart();
    await untilPaths(shareId, ['d.txt', 'raw/b.txt', 'raw/c.txt']);
    expect(only()).toMatchObject({ shareId, foundCount: 3 });
  });

  test('is looked at again when somebody asks', async () => {
    const shareId = await sharing.share(folderRequest(press));
    await untilListed();
    press.write('raw/d.txt', 'new');
    await sharing.rescanShare(shareId);
    await untilPaths(shareId, ['a.txt', 'raw/b.txt', 'raw/c.txt', 'raw/d.txt']);
  });

  test('with other rules is another list', async () => {
    const shareId = await sharing.share(folderRequest(press));
    await untilListed();
    await sharing.changeShare(shareId, { rules: { includesHidden: true, ignore: ['raw/'] } });
    await untilPaths(shareId, ['.hidden', 'a.txt']);
    await sharing.changeShare(shareId, { audience: { type: 'chosen', userIds: ['bob'] } });
    await until(() => JSON.stringify(server.shares.get(shareId)!.audience).includes('bob'));
    await untilListed();
  });

  test('that the browser must be asked for is locked until it is', async () => {
    const shareId = await sharing.share(folderRequest(press));
    await untilListed();
    press.conditions.permission = 'prompt';
    press.write('d.txt', 'new');
    await restart();
    await until(() => only().status === 'locked');
    expect(await sharing.lockedShareHandles(shareId)).toEqual([press]);
    expect(await sharing.files.at(shareId, 'a.txt')).toBe('unreadable');
    press.conditions.permission = 'granted';
    expect(await sharing.lockedShareHandles(shareId)).toEqual([]);
    await sharing.unlockShare(shareId);
    await untilPaths(shareId, ['a.txt', 'd.txt', 'raw/b.txt', 'raw/c.txt']);
    await untilListed();
  });

  test('that is gone fails, stays listed as it was, and comes back', async () => {
    const shareId = await sharing.share(folderRequest(press));
    await untilListed();
    press.conditions.look = () => {
      throw new DOMException('', 'NotFoundError');
    };
    await sharing.rescanShare(shareId);
    await until(() => only().problem === 'unreadable');
    expect(server.files(shareId)).toHaveLength(3);
    press.conditions.look = () => {};
    await sharing.rescanShare(shareId);
    await untilListed();
  });

  test('that is shared already is not shared twice, but as it is wanted now', async () => {
    const shareId = await sharing.share(folderRequest(press));
    await sharing.stopSharing(shareId, 'raw');
    await untilPaths(shareId, ['a.txt']);
    const audience = { type: 'chosen' as const, userIds: ['bob'] };
    expect(await sharing.share(folderRequest(press, { audience }))).toBe(shareId);
    expect(only().audience).toEqual(audience);
    // All of it is meant again.
    await untilPaths(shareId, ['a.txt', 'raw/b.txt', 'raw/c.txt']);
    await sharing.share(folderRequest(new MemoryFolder('Press')));
    expect(sharing.snapshots()).toHaveLength(2);
  });

  test('of a name that cannot be listed is refused', async () => {
    const folder = new MemoryFolder('a\u202eb');
    await expect(sharing.share(folderRequest(folder))).rejects.toThrow('path-invalid');
    expect(sharing.snapshots()).toEqual([]);
  });
});

describe('to stop sharing', () => {
  test('a file or a folder takes it out for good', async () => {
    const shareId = await sharing.share(folderRequest(press));
    await untilListed();
    await sharing.stopSharing(shareId, 'raw/b.txt');
    expect(await sharing.files.at(shareId, 'raw/b.txt')).toBe('not-found');
    await untilPaths(shareId, ['a.txt', 'raw/c.txt']);
    await sharing.stopSharing(shareId, 'raw');
    await untilPaths(shareId, ['a.txt']);
    await restart();
    await untilListed();
    expect(server.files(shareId)).toEqual(['a.txt']);
  });

  test('a share takes it from the server, and forgets it', async () => {
    const shareId = await sharing.share(folderRequest(press));
    await untilListed();
    await sharing.stopSharing(shareId);
    expect(sharing.snapshots()).toEqual([]);
    expect(await sharing.files.at(shareId, '')).toBe('not-found');
    await until(() => server.shares.size === 0);
    for (const name of ['blocks', 'contents', 'outbox', 'tallies'] as const) {
      await until(async () => (await database.count(name)) === 0);
    }
    await restart();
    expect(sharing.snapshots()).toEqual([]);
  });

  test('everything works while the server is away, and it is told afterwards', async () => {
    await sharing.share(folderRequest(press));
    await untilListed();
    server.refusal = 'unreachable';
    await sharing.stopSharingAll();
    expect(sharing.snapshots()).toEqual([]);
    server.refusal = undefined;
    await restart();
    await until(() => server.shares.size === 0);
  });

  test('the last of some files ends the share', async () => {
    const [a, b] = ['a.txt', 'b.txt'].map((name) => Object.assign(new MemoryFile(name), { content: name }));
    const handles = [a!, b!].map((file) => ({ name: file.name, handle: file.handle }));
    const shareId = await sharing.share(folderRequest(press, { title: 'a.txt', kind: 'files', handles }));
    await untilPaths(shareId, ['a.txt', 'b.txt']);
    await untilListed();
    await sharing.stopSharing(shareId, 'a.txt');
    await untilPaths(shareId, ['b.txt']);
    // It may be shared again, and the other one is shared already.
    const again = await sharing.share(
      folderRequest(press, { title: 'b.txt', kind: 'files', handles: handles.toReversed() }),
    );
    expect(again).not.toBe(shareId);
    expect(sharing.snapshots().find((share) => share.shareId === again)!.title).toBe('a.txt');
    await sharing.stopSharing(shareId, 'b.txt');
    expect(sharing.snapshots().map((share) => share.shareId)).toEqual([again]);
  });
});

describe('a share that was stopped from another device', () => {
  const ended = () => sharing.endedShares().map(({ shareId, title }) => [shareId, title]);

  test('ends here at once when this browser hears of it, for good, and that is said until it is read', async () => {
    const shareId = await sharing.share(folderRequest(press));
    await untilListed();
    expect(await sharing.files.at(shareId, 'a.txt')).toMatchObject({ title: 'a.txt' });
    server.end(shareId);
    sharing.compare();
    await until(() => sharing.snapshots().length === 0);
    expect(await sharing.files.at(shareId, 'a.txt')).toBe('not-found');
    expect(ended()).toEqual([[shareId, 'Press']]);
    await vi.waitFor(() => expect(narrowed).toHaveBeenCalledOnce());
    for (const name of ['shares', 'blocks', 'contents', 'outbox', 'tallies'] as const) {
      await until(async () => (await database.count(name)) === 0);
    }
    await restart();
    expect([sharing.snapshots(), ended()]).toEqual([[], [[shareId, 'Press']]]);
    await sharing.forgetEndedShares([shareId]);
    expect(ended()).toEqual([]);
    await restart();
    expect(ended()).toEqual([]);
    expect(server.shares.size).toBe(0);
  });

  test('is not listed again by a browser that comes back, nor is what is new in it', async () => {
    const shareId = await sharing.share(folderRequest(press));
    const other = new MemoryFolder('Other');
    other.write('x.txt', 'x');
    const kept = await sharing.share(folderRequest(other));
    await untilPaths(shareId, ['a.txt', 'raw/b.txt', 'raw/c.txt']);
    await untilPaths(kept, ['x.txt']);
    server.end(shareId);
    press.write('new.txt', 'new');
    await restart();
    await until(() => ended().length === 1);
    await until(() => sharing.snapshots().every(({ status }) => status === 'listed'));
    expect(sharing.snapshots().map((share) => share.shareId)).toEqual([kept]);
    expect([...server.shares.keys()]).toEqual([kept]);
  });

  test('may be shared again, as another share', async () => {
    const before = await sharing.share(folderRequest(press));
    await untilListed();
    server.end(before);
    sharing.compare();
    await until(() => ended().length === 1);
    const shareId = await sharing.share(folderRequest(press));
    expect(shareId).not.toBe(before);
    await untilPaths(shareId, ['a.txt', 'raw/b.txt', 'raw/c.txt']);
  });
});

describe('files that live for the session', () => {
  test('are listed and verified like others, and must be chosen again after it', async () => {
    const shareId = await sharing.share(sessionRequest(['Press/a.txt', 'Press/raw/b.txt', 'Press/.hidden']));
    expect(only().survivesReload).toBe(false);
    await untilPaths(shareId, ['a.txt', 'raw/b.txt']);
    await until(() => only().verifiedCount === 2);
    await restart();
    await until(() => only().status === 'disconnected');
    expect(server.files(shareId)).toEqual(['a.txt', 'raw/b.txt']);
    expect(await sharing.files.at(shareId, '')).toBe('unreadable');
    const { files } = sessionRequest(['Press/a.txt', 'Press/new.txt']);
    await sharing.reconnectShare(shareId, files, []);
    await untilPaths(shareId, ['a.txt', 'new.txt']);
    await untilListed();
    await until(() => only().verifiedCount === 2);
  });

  test('may be connected to a folder that the browser can open again', async () => {
    const shareId = await sharing.share(sessionRequest(['Press/a.txt']));
    await untilListed();
    await restart();
    await sharing.reconnectShare(shareId, [], [{ name: 'Press', handle: press.handle }]);
    await untilPaths(shareId, ['a.txt', 'raw/b.txt', 'raw/c.txt']);
    expect(only().survivesReload).toBe(true);
    await restart();
    await untilListed();
  });

  test('nothing at all is nothing to share', async () => {
    await expect(sharing.share(sessionRequest([]))).rejects.toThrow('nothing-to-share');
  });
});

test('what is hashed waits while transfers move', async () => {
  sharing.setBusy(true);
  await sharing.share(folderRequest(press));
  await untilListed();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(only().verifiedCount).toBe(0);
  sharing.setBusy(false);
  await until(() => only().verifiedCount === 3);
});
