// A catalog in a real file, written and read without threads, with people who share and a few words to say what.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Audience, Holding, PublishedFile, ShareKind, ShareState } from '@ferry/shared';
import type { Database } from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { openCatalog, prepareCatalog } from '../catalog/catalog-file.ts';
import type { CatalogDevice, Viewer } from '../catalog/catalog-index.ts';
import { CatalogReader } from '../catalog/catalog-reader.ts';
import { CatalogWriter } from '../catalog/catalog-writer.ts';
import type { ChangeReach } from '../catalog/change-reach.ts';
import { orderEntries } from '../catalog/search/listing-orders.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface TestCatalog {
  file: string;
  writer: CatalogWriter;
  reader: CatalogReader;
  /** To look at what no port shows. */
  sqlite: Database;
  /** Who was told of a change, one after the other. */
  told: ChangeReach[];
  share(owner: CatalogDevice, options?: ShareOptions): Promise<string>;
  /** Files put on top of what is there, whatever the revision is. */
  put(owner: CatalogDevice, shareId: string, ...files: PublishedFile[]): Promise<ShareState>;
  remove(owner: CatalogDevice, shareId: string, ...paths: string[]): Promise<ShareState>;
  /** What the writer does when it is quiet, at once. */
  order(): void;
}

export interface ShareOptions {
  shareId?: string;
  title?: string;
  kind?: ShareKind;
  audience?: Audience;
}

export function catalogOnDisk(file = join(temporaryFolder(), 'catalog.sqlite')): TestCatalog {
  prepareCatalog(file, () => {});
  const sqlite = openCatalog(file, 'write');
  const reading = openCatalog(file, 'read');
  const told: ChangeReach[] = [];
  const writer = new CatalogWriter(sqlite, (reach) => told.push(reach));
  onTestFinished(() => {
    writer.close();
    reading.close();
    sqlite.close();
  });
  const reader = new CatalogReader(reading);
  const publish = (owner: CatalogDevice, shareId: string, put: PublishedFile[], remove: string[]) => {
    const baseRevision = reader.sharesOfDevice(owner).find((state) => state.shareId === shareId)!.revision;
    return writer.publish(owner, { shareId, baseRevision, put, remove });
  };
  return {
    file,
    writer,
    reader,
    sqlite,
    told,
    async share(owner, options = {}) {
      const { shareId = randomUUID(), title = 'Papers', kind = 'folder', audience = { type: 'everyone' } } = options;
      await writer.putShare(owner, { shareId, title, kind, audience });
      return shareId;
    },
    put: (owner, shareId, ...files) => publish(owner, shareId, files, []),
    remove: (owner, shareId, ...paths) => publish(owner, shareId, [], paths),
    order() {
      for (const _ of orderEntries(sqlite));
    },
  };
}

export function someone(): CatalogDevice {
  return { userId: randomUUID(), deviceId: randomUUID() };
}

export function viewer(who: Pick<CatalogDevice, 'userId'> = someone(), ...online: CatalogDevice[]): Viewer {
  return { userId: who.userId, onlineDeviceIds: online.map(({ deviceId }) => deviceId) };
}

/** One that looks like none of another seed. */
export function contentId(seed: number): string {
  return Buffer.alloc(32, seed).toString('base64url');
}

export function file(path: string, sizeBytes = 1, modifiedMs = 1000, content: number | null = null): PublishedFile {
  return [path, sizeBytes, modifiedMs, content === null ? null : contentId(content)];
}

/** Content that was fetched from these shares. */
export function holding(contentIds: string[], ...from: [shareId: string, owner: CatalogDevice][]): Holding {
  return { shares: from.map(([shareId, { userId }]) => [shareId, userId]), contentIds };
}

/** The refusal's code; a call that succeeds is an error. */
export async function codeOf(call: Promise<unknown> | (() => unknown)): Promise<string> {
  try {
    await (typeof call === 'function' ? call() : call);
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  }
  throw new Error('It was not refused');
}
