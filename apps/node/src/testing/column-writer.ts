// A program that fetches a column into a folder, as far as its disk is concerned, and says after each flush what it holds:
// `node column-writer.ts <folder> <bytes>`. It is there to be killed.
import { hashChunk } from '@ferry/webrtc-core';
import { DiskStores } from '../disk/disk-stores.ts';
import { chunkContents, columnLayoutOf, KEY } from './chunk-contents.ts';

const [folder, sizeBytes] = process.argv.slice(2);
const layout = columnLayoutOf(Number(sizeBytes));
const store = await new DiskStores(folder!).open(KEY, layout);
process.stdout.write('open\n');
while (!store.have.isFull) {
  const chunk = store.have.nextClear(Math.floor(Math.random() * layout.chunkCount));
  const next = chunk === -1 ? store.have.nextClear() : chunk;
  const bytes = chunkContents(next, layout.lengthOf(next));
  await store.write(next, bytes, await hashChunk(bytes));
  if (Math.random() > 0.3) continue;
  await store.flush();
  process.stdout.write(`${JSON.stringify(store.have.runs())}\n`);
}
await store.close();
