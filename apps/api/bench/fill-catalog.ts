// A catalog as large as a large company's: made by the code that publishes, page by page, and kept for the next run.
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PublishedFile } from '@ferry/shared';
import Sqlite from 'better-sqlite3';
import type { CatalogDevice } from '../src/catalog/catalog-index.ts';
import { CATALOG_VERSION, createEntryTables } from '../src/catalog/catalog-schema.ts';
import { CatalogTables } from '../src/catalog/publishing/catalog-tables.ts';
import { putShare } from '../src/catalog/publishing/own-shares.ts';
import { publish } from '../src/catalog/publishing/publish.ts';
import { createNameIndex, type IndexedName, indexNames } from '../src/catalog/search/name-index.ts';
import { tidyNameIndex } from '../src/catalog/search/name-index-upkeep.ts';
import { companionFiles } from '../src/db/data-folder.ts';
import { Chance } from './chance.ts';
import { OfficeFiles } from './office-files.ts';

/** To be changed with whatever is made differently here. */
const EDITION = 2;
const SEED = 20_261_101;
export const OWNERS = 500;
const FOR_EVERYONE = 0.85;
const PAGE = 400;

const KEPT_IN = fileURLToPath(new URL('../../../node_modules/.cache/ferry-bench/', import.meta.url));

export interface FilledCatalog {
  file: string;
  owners: CatalogDevice[];
}

/** @param entries how many files; folders come on top */
export function filledCatalog(entries: number): FilledCatalog {
  const owners = ownersOf(new Chance(SEED));
  const name = `catalog-${entries}-${EDITION}`;
  const listed = made(join(KEPT_IN, `${name}-entries.sqlite`), (file) => fill(file, owners, entries));
  const file = made(join(KEPT_IN, `${name}-v${CATALOG_VERSION}.sqlite`), (unfinished) => {
    copyFileSync(listed, unfinished);
    indexAll(unfinished);
  });
  return { file, owners };
}

/** What was made whole by an earlier run is not made again. */
function made(file: string, make: (unfinished: string) => void): string {
  if (existsSync(file)) return file;
  mkdirSync(KEPT_IN, { recursive: true });
  const unfinished = `${file}.partial`;
  for (const left of [unfinished, ...companionFiles(unfinished)]) rmSync(left, { force: true });
  make(unfinished);
  renameSync(unfinished, file);
  return file;
}

function ownersOf(chance: Chance): CatalogDevice[] {
  return Array.from({ length: OWNERS }, () => ({ userId: chance.uuid(), deviceId: chance.uuid() }));
}

/** Names are indexed when all are there, which is much faster. */
class UnindexedTables extends CatalogTables {
  override indexNames(): void {}
}

function fill(file: string, owners: CatalogDevice[], entries: number): void {
  const sqlite = new Sqlite(file);
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('cache_size = -262144');
  createEntryTables(sqlite);
  const tables = new UnindexedTables(sqlite);
  const chance = new Chance(SEED + 1);
  // Few have much, many have little.
  const weights = owners.map(() => Math.exp(1.2 * chance.normal()));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  for (const [at, owner] of owners.entries()) {
    const files = Math.round((entries * weights[at]!) / sum);
    sqlite.transaction(() => fillOwner(tables, chance, { owner, owners, files }))();
    if (at % 100 === 99) console.log(`  ${at + 1} owners have published`);
  }
  // Their orders are made with the other indexes.
  sqlite.exec('UPDATE entries SET is_ordered = 1');
  sqlite.close();
}

function indexAll(file: string): void {
  const sqlite = new Sqlite(file);
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('cache_size = -262144');
  createNameIndex(sqlite);
  sqlite.pragma(`user_version = ${CATALOG_VERSION}`);
  const after = sqlite.prepare('SELECT entry_no AS entryNo, name FROM entries WHERE entry_no > ? LIMIT 10000');
  for (let rows = after.all(0) as IndexedName[], done = 0; rows.length > 0; ) {
    sqlite.transaction(() => indexNames(sqlite, rows))();
    done += rows.length;
    if (done % 200_000 < 10_000) console.log(`  ${done} names are indexed`);
    rows = after.all(rows.at(-1)!.entryNo) as IndexedName[];
  }
  // As the server does when it is quiet.
  for (const _ of tidyNameIndex(sqlite));
  sqlite.pragma('journal_mode = WAL');
  sqlite.close();
  chmodSync(file, 0o600);
}

function fillOwner(
  tables: CatalogTables,
  chance: Chance,
  { owner, owners, files }: { owner: CatalogDevice; owners: CatalogDevice[]; files: number },
): void {
  const office = new OfficeFiles(chance);
  const shares = Math.min(chance.between(1, 6), Math.max(1, files));
  for (let share = 0; share < shares; share++) {
    const shareId = chance.uuid();
    const userIds = Array.from({ length: chance.between(1, 20) }, () => chance.one(owners).userId);
    const audience = chance.is(FOR_EVERYONE) ? { type: 'everyone' as const } : { type: 'chosen' as const, userIds };
    putShare(tables, owner, { shareId, title: office.folderName(), kind: 'folder', audience });
    publishAll(tables, owner, shareId, office.files(Math.ceil(files / shares)));
  }
}

function publishAll(
  tables: CatalogTables,
  owner: CatalogDevice,
  shareId: string,
  files: Iterable<PublishedFile>,
): void {
  let baseRevision = 0;
  for (const put of pages(files)) {
    const work = publish(tables, owner, { shareId, baseRevision: baseRevision++, put, remove: [] });
    while (!work.next().done);
  }
}

export function* pages(files: Iterable<PublishedFile>, size = PAGE): Generator<PublishedFile[]> {
  let page: PublishedFile[] = [];
  for (const file of files) {
    page.push(file);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
