// What a browser does to list something in the catalog, in tests of the server: without a disk, and without hashing.
import { createHash, randomUUID } from 'node:crypto';
import type { Audience, PublishedFile, ShareKind } from '@ferry/shared';
import type { TestBrowser } from './test-server.ts';

interface Wanted {
  title?: string;
  kind?: ShareKind;
  audience?: Audience;
  files?: PublishedFile[];
}

export const EVERYONE: Audience = { type: 'everyone' };

export async function onlyFor(...browsers: TestBrowser[]): Promise<Audience> {
  return { type: 'chosen', userIds: await Promise.all(browsers.map(userIdOf)) };
}

export async function userIdOf(browser: TestBrowser): Promise<string> {
  return (await browser.http.auth.me.query())!.userId;
}

/** A verified one when there is `content`: equal content has equal ids. */
export function file(path: string, content: string | null = null, sizeBytes = 1): PublishedFile {
  return [path, sizeBytes, Date.UTC(2026, 4, 6), content === null ? null : contentIdOf(content)];
}

/** Any 32 bytes are one; only browsers hash files. */
export function contentIdOf(content: string): string {
  return createHash('sha256').update(content).digest('base64url');
}

/** @returns the share's id */
export async function share(browser: TestBrowser, wanted: Wanted = {}): Promise<string> {
  const { title = 'Plans', kind = 'folder', audience = EVERYONE, files = [] } = wanted;
  const shareId = randomUUID();
  const { deviceId, http } = browser;
  const { revision } = await http.catalog.shares.put.mutate({ deviceId, shareId, title, kind, audience });
  if (files.length > 0) {
    await http.catalog.publish.mutate({ deviceId, shareId, baseRevision: revision, put: files, remove: [] });
  }
  return shareId;
}

/** Says that this is all it holds: content that came from these shares. */
export async function hold(browser: TestBrowser, content: string, ...from: [shareId: string, owner: TestBrowser][]) {
  const { deviceId, http } = browser;
  const shares = await Promise.all(
    from.map(async ([shareId, owner]): Promise<[string, string]> => [shareId, await userIdOf(owner)]),
  );
  await http.catalog.hold.mutate({ deviceId, holdings: [{ shares, contentIds: [contentIdOf(content)] }] });
}

/** Adds to what is listed already. */
export async function publish(browser: TestBrowser, shareId: string, put: PublishedFile[], remove: string[] = []) {
  const { deviceId, http } = browser;
  const shares = await http.catalog.shares.mine.query({ deviceId });
  const baseRevision = shares.find((one) => one.shareId === shareId)!.revision;
  return http.catalog.publish.mutate({ deviceId, shareId, baseRevision, put, remove });
}

/** Names of what a search finds, as they are shown. */
export async function found(browser: TestBrowser, query: string): Promise<string[]> {
  const { results } = await browser.http.catalog.search.query({ query, limit: 100 });
  return results.map(({ name }) => name);
}
