// Runs the chunk store suite against OPFS inside a worker, where alone sync access handles exist, and
// posts each case's outcome. Knows no test runner.
import { chunkStoreSuite } from '../testing/chunk-store-suite.ts';
import { OpfsStores } from './opfs-stores.ts';

async function outcomes(): Promise<Record<string, string>> {
  const root = await navigator.storage.getDirectory();
  const found: Record<string, string> = {};
  for (const [index, { name, run }] of chunkStoreSuite.entries()) {
    const folderName = `suite-${index}`;
    await root.removeEntry(folderName, { recursive: true }).catch(() => {});
    const folder = await root.getDirectoryHandle(folderName, { create: true });
    found[name] = await run(async () => new OpfsStores(folder)).then(
      () => 'passed',
      (error: unknown) => String(error),
    );
    await root.removeEntry(folderName, { recursive: true }).catch(() => {});
  }
  return found;
}

void outcomes().then((found) => postMessage(found));
