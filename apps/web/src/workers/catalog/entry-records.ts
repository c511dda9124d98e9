// The files of shares as this browser remembers them, read: one, in pages, by content. Changes are entry-changes.ts.
// Knows no folders and no server.
import type { ContentId } from '@ferry/shared';
import type { BlockFile, BlockRecord, CatalogDatabase, ContentRecord } from './catalog-database.ts';
import { fileIn, filesBetween } from './entry-blocks.ts';
import { type Entry, isSameState } from './entry-change.ts';

/** Blocks read at once. */
const BLOCKS_AT_ONCE = 4;

export interface EntryPageOptions {
  /** A folder of the share; else all of it. */
  under?: string;
  /** The last path of the page before. */
  after?: string | undefined;
  /** Pages are at least this long, if there are so many. */
  limit?: number;
}

export class EntryRecords {
  readonly #database: CatalogDatabase;

  constructor(database: CatalogDatabase) {
    this.#database = database;
  }

  async get(shareId: string, path: string): Promise<Entry | undefined> {
    const block = await this.#blockOf(shareId, path);
    const file = block && fileIn(block.files, path);
    if (!file) return undefined;
    return asEntry(shareId, file, await this.#database.get('contents', [shareId, path]));
  }

  /** In the order of paths. */
  async page(
    shareId: string,
    { under = '', after, limit = Number.POSITIVE_INFINITY }: EntryPageOptions,
  ): Promise<Entry[]> {
    const start = after ?? (under === '' ? '' : `${under}/`);
    // The character after the slash: what begins with `under/` sorts before it.
    const end = under === '' ? undefined : `${under}0`;
    const files: BlockFile[] = [];
    const first = await this.#blockOf(shareId, start);
    let blocks = first ? [first] : await this.#blocksAfter(shareId, start, 1);
    while (blocks.length > 0) {
      for (const block of blocks) files.push(...filesBetween(block.files, start, end));
      const last = blocks.at(-1)!.first;
      if (files.length >= limit || (end !== undefined && last >= end)) break;
      blocks = await this.#blocksAfter(shareId, last, limit === Number.POSITIVE_INFINITY ? BLOCKS_AT_ONCE : 1);
    }
    return this.#entries(shareId, files);
  }

  /** Every file of this content. */
  async withContent(contentId: ContentId): Promise<Entry[]> {
    const contents = await this.#database.getAllFromIndex('contents', 'content', contentId);
    const entries = await Promise.all(contents.map(({ shareId, path }) => this.get(shareId, path)));
    return entries.filter((entry) => entry?.contentId === contentId) as Entry[];
  }

  async hashes(contentId: ContentId): Promise<Uint8Array | undefined> {
    return this.#database.get('hashes', contentId);
  }

  /** Hashes of content that no share has any more are deleted. */
  async pruneHashes(): Promise<void> {
    for (const contentId of await this.#database.getAllKeys('hashes')) {
      const isUsed = await this.#database.getKeyFromIndex('contents', 'content', contentId);
      if (!isUsed) await this.#database.delete('hashes', contentId);
    }
  }

  async #blockOf(shareId: string, path: string): Promise<BlockRecord | undefined> {
    const range = IDBKeyRange.bound([shareId], [shareId, path]);
    const cursor = await this.#database.transaction('blocks').store.openCursor(range, 'prev');
    return cursor?.value;
  }

  async #blocksAfter(shareId: string, first: string, count: number): Promise<BlockRecord[]> {
    return this.#database.getAll('blocks', IDBKeyRange.bound([shareId, first], [shareId, []], true), count);
  }

  async #entries(shareId: string, files: readonly BlockFile[]): Promise<Entry[]> {
    const [first, last] = [files[0], files.at(-1)];
    if (!first || !last) return [];
    const range = IDBKeyRange.bound([shareId, first[0]], [shareId, last[0]]);
    const contents = new Map(
      (await this.#database.getAll('contents', range)).map((content) => [content.path, content]),
    );
    return files.map((file) => asEntry(shareId, file, contents.get(file[0])));
  }
}

/** What was hashed of another file says nothing of this one. */
export function asEntry(shareId: string, file: BlockFile, content: ContentRecord | undefined): Entry {
  const [path, sizeBytes, modifiedMs, mediaType] = file;
  const isOfThis = content !== undefined && isSameState(content, { sizeBytes, modifiedMs });
  const contentId = isOfThis ? content.contentId : null;
  return { shareId, path, sizeBytes, modifiedMs, mediaType, contentId, isUnreadable: isOfThis && contentId === null };
}
