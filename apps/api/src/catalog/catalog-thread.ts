// A thread of the catalog: opens the file, and does what it is asked. One writes, one reads; a program of its own, like
// the server itself.
import { parentPort, workerData } from 'node:worker_threads';
import { isBroken, openCatalog } from './catalog-file.ts';
import { CatalogReader } from './catalog-reader.ts';
import { CatalogRefusal } from './catalog-refusal.ts';
import { CatalogWriter } from './catalog-writer.ts';
import type { Answer, FromThread, ThreadData, ToThread } from './threads/thread-messages.ts';

const port = parentPort!;
const say = (message: FromThread) => port.postMessage(message);
const { file, role } = workerData as ThreadData;

try {
  const sqlite = openCatalog(file, role);
  const served =
    role === 'write' ? new CatalogWriter(sqlite, (changedFor) => say({ changedFor })) : new CatalogReader(sqlite);
  port.on('message', (message: ToThread) => {
    if (message !== 'close') return void answer(served, message).then(say);
    if (served instanceof CatalogWriter) served.close();
    sqlite.close();
    port.close();
  });
} catch (error) {
  if (!isBroken(error)) throw error;
  say('broken');
}

async function answer(served: object, { call, method, parametersJson }: Exclude<ToThread, 'close'>): Promise<Answer> {
  try {
    const work = served[method as keyof typeof served] as (...parameters: readonly unknown[]) => unknown;
    return { call, resultJson: JSON.stringify(await work.apply(served, JSON.parse(parametersJson) as unknown[])) };
  } catch (error) {
    if (error instanceof CatalogRefusal) return { call, refused: error.code };
    if (isBroken(error)) say('broken');
    return { call, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
