// Runs the chunk store suite, and what only OPFS stores do, inside a worker, where alone sync access handles
// exist, and posts each case's outcome: the suite's cases in `suite`, the others in `own`. Knows no test runner.
import { chunkStoreSuite } from '../testing/chunk-store-suite.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { OpfsStores, openChunkJournal } from './opfs-stores.ts';

interface OpfsCase {
  name: string;
  run(folder: FileSystemDirectoryHandle): Promise<void>;
}

const suite: OpfsCase[] = chunkStoreSuite.map(({ name, run }) => ({
  name,
  run: (folder) => run(async () => new OpfsStores(folder)),
}));

const own: OpfsCase[] = [
  {
    name: 'transfers that have a folder are listed, other files are not',
    async run(folder) {
      const stores = new OpfsStores(folder);
      equal((await stores.list()).join(), '', 'of an empty folder');
      for (const id of ['b', 'a', 'c']) await (await stores.open(id, sizedLayout([1]))).close();
      await folder.getFileHandle('no-transfer', { create: true });
      equal((await stores.list()).sort().join(), 'a,b,c', 'of three transfers');
      await stores.delete('b');
      equal((await stores.list()).sort().join(), 'a,c', 'after one was deleted');
    },
  },
  {
    name: 'a journal remembers hashes under a name of its own',
    async run(folder) {
      const journal = await openChunkJournal(folder, 'sent', 9);
      journal.note(8, new Uint8Array(32).fill(5));
      journal.flush();
      journal.note(1, new Uint8Array(32));
      const error = await openChunkJournal(folder, 'sent', 9).catch((reason: unknown) => reason);
      equal((error as { code?: string }).code, 'store-failed', 'while it is open');
      journal.close();
      const again = await openChunkJournal(folder, 'sent', 9);
      equal(again.hashOf(8)?.join(), new Array(32).fill(5).join(), 'a hash that was flushed');
      equal(again.have.count, 1, 'hashes that were flushed');
      again.close();
      const size = (await (await folder.getFileHandle('sent')).getFile()).size;
      equal(size, 2 + 9 * 32, 'bytes of the file');
    },
  },
];

async function outcomes(cases: readonly OpfsCase[]): Promise<Record<string, string>> {
  const root = await navigator.storage.getDirectory();
  const found: Record<string, string> = {};
  for (const [index, { name, run }] of cases.entries()) {
    const folderName = `case-${index}`;
    await root.removeEntry(folderName, { recursive: true }).catch(() => {});
    const folder = await root.getDirectoryHandle(folderName, { create: true });
    found[name] = await run(folder).then(
      () => 'passed',
      (error: unknown) => String(error),
    );
    await root.removeEntry(folderName, { recursive: true }).catch(() => {});
  }
  return found;
}

function equal<Value>(actual: Value, expected: Value, what: string): void {
  if (actual !== expected) throw new Error(`${what}: ${String(actual)} instead of ${String(expected)}`);
}

async function report(): Promise<void> {
  postMessage({ suite: await outcomes(suite), own: await outcomes(own) });
}

void report();
