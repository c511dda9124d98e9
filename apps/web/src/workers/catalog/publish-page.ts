// Changes of a share cut into pages that the server takes: so many files, so many bytes of JSON. Pure.
import { LIMITS, type PublishedFile } from '@ferry/shared';
import type { OutboxRecord } from './catalog-database.ts';
import type { Entry } from './entry-change.ts';

/** Under the server's bound on requests, with room for what is around the files. */
const PAGE_BYTES = 48 * 1024;

/** Something is there or different, or, as a path, gone. */
export type Told = { put: PublishedFile; isNew: boolean } | { remove: string };
export type PublishPage = Pick<OutboxRecord, 'put' | 'remove' | 'newCount'>;

const ENCODER = new TextEncoder();

/** All of it, in order, in as few pages as may be. */
export function publishPages(told: Iterable<Told>): PublishPage[] {
  const pages: PublishPage[] = [];
  let page: PublishPage | undefined;
  let pageBytes = 0;
  for (const one of told) {
    const sizeBytes = bytesOf(one);
    if (!page || pageBytes + sizeBytes > PAGE_BYTES || entriesOf(page) === LIMITS.catalogPageEntries) {
      page = { put: [], remove: [], newCount: 0 };
      pageBytes = 0;
      pages.push(page);
    }
    pageBytes += sizeBytes;
    if ('remove' in one) page.remove.push(one.remove);
    else page.put.push(one.put);
    if ('put' in one && one.isNew) page.newCount++;
  }
  return pages;
}

/**
 * As many pages as fit in one, from the first one on; of a path that is in several the last one counts.
 * @returns how many they are, and what they are together
 */
export function joinedPages(pages: readonly PublishPage[]): { count: number; page: PublishPage } {
  const told = new Map<string, Told>();
  let joined: PublishPage = { put: [], remove: [], newCount: 0 };
  let count = 0;
  let newCount = 0;
  for (const page of pages) {
    for (const put of page.put) told.set(put[0], { put, isNew: false });
    for (const remove of page.remove) told.set(remove, { remove });
    const [together, ...more] = publishPages(told.values());
    if (count > 0 && more.length > 0) break;
    joined = together ?? joined;
    newCount += page.newCount;
    count++;
  }
  return { count, page: { ...joined, newCount } };
}

/** Some disks hold times before 1970, or after what a Date can hold. */
export function publishedFile({
  path,
  sizeBytes,
  modifiedMs,
  contentId,
}: Pick<Entry, 'path' | 'sizeBytes' | 'modifiedMs' | 'contentId'>): PublishedFile {
  return [path, sizeBytes, Math.min(Math.max(Math.trunc(modifiedMs), 0), LIMITS.latestMs), contentId];
}

function entriesOf({ put, remove }: PublishPage): number {
  return put.length + remove.length;
}

function bytesOf(told: Told): number {
  return ENCODER.encode(JSON.stringify('put' in told ? told.put : told.remove)).length + 1;
}
