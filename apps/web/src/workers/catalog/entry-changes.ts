// Changes of what is remembered of files: each is one transaction over the files, their contents, the share's sums and
// what the server must be told, so that two workers may make them. Knows no folders and no server.
import type { ContentId } from '@ferry/shared';
import type { IDBPTransaction } from 'idb';
import type { BlockFile, BlockRecord, CatalogDatabase, CatalogSchema } from './catalog-database.ts';
import { changedBlock, fileIn } from './entry-blocks.ts';
import {
  type Entry,
  type EntryStep,
  emptyTally,
  type FileState,
  hashed,
  isSameState,
  tallied,
  toldOf,
} from './entry-change.ts';
import { asEntry } from './entry-records.ts';
import { publishedFile, publishPages, type Told } from './publish-page.ts';

export interface HashedFile {
  path: string;
  /** As it was hashed; another one by now keeps its own content id. */
  state: FileState;
  /** Null: it could not be read. */
  contentId: ContentId | null;
  /** Of all chunks, end to end; for files of more than one. */
  hashes?: Uint8Array;
}

type Transaction = IDBPTransaction<
  CatalogSchema,
  ('shares' | 'blocks' | 'contents' | 'tallies' | 'outbox')[],
  'readwrite'
>;

/** An entry before and after its step. */
type Change = [before: Entry | undefined, after: Entry | undefined];

export class EntryChanges {
  readonly #database: CatalogDatabase;

  constructor(database: CatalogDatabase) {
    this.#database = database;
  }

  /**
   * One step for each of some entries of a share.
   * @returns how many are different now
   */
  async make(shareId: string, steps: ReadonlyMap<string, EntryStep>): Promise<number> {
    const names = ['shares', 'blocks', 'contents', 'tallies', 'outbox'] as const;
    const transaction = this.#database.transaction([...names], 'readwrite');
    let count = 0;
    // The other worker may have gone on for a moment after a share was stopped.
    if ((await transaction.objectStore('shares').getKey(shareId)) !== undefined) {
      const paths = [...steps.keys()].sort((a, b) => (a < b ? -1 : 1));
      const changes: Change[] = [];
      for (let at = 0; at < paths.length; ) {
        const { block, next } = await blockOf(transaction, shareId, paths[at]!);
        const end = next === undefined ? paths.length : paths.findIndex((path, index) => index > at && path >= next);
        const here = paths.slice(at, end === -1 ? paths.length : end);
        changes.push(...(await changeBlock(transaction, block, here, steps)));
        at += here.length;
      }
      count = changes.length;
      if (count > 0) await conclude(transaction, shareId, changes);
    }
    await transaction.done;
    return count;
  }

  /** Content ids came to be known; hashes first, for whoever sees a content id asks for them. */
  async putHashed(shareId: string, files: readonly HashedFile[]): Promise<number> {
    const transaction = this.#database.transaction('hashes', 'readwrite');
    for (const { contentId, hashes } of files) {
      if (contentId !== null && hashes) void transaction.store.put(hashes, contentId);
    }
    await transaction.done;
    return this.make(shareId, new Map(files.map(({ path, state, contentId }) => [path, hashed(state, contentId)])));
  }
}

/** The block that a path belongs to, and where the next one begins. */
async function blockOf(transaction: Transaction, shareId: string, path: string) {
  const blocks = transaction.objectStore('blocks');
  const [cursor, next] = await Promise.all([
    blocks.openCursor(IDBKeyRange.bound([shareId], [shareId, path]), 'prev'),
    blocks.getKey(IDBKeyRange.bound([shareId, path], [shareId, []], true)),
  ]);
  const block: BlockRecord = cursor?.value ?? { shareId, first: '', files: [] };
  return { block, next: next?.[1] };
}

async function changeBlock(
  transaction: Transaction,
  block: BlockRecord,
  paths: readonly string[],
  steps: ReadonlyMap<string, EntryStep>,
): Promise<Change[]> {
  const { shareId, first } = block;
  const blocks = transaction.objectStore('blocks');
  const contents = transaction.objectStore('contents');
  const known = paths.map((path) => fileIn(block.files, path));
  const before = await Promise.all(
    known.map(async (file) => file && asEntry(shareId, file, await contents.get([shareId, file[0]]))),
  );
  const changes: Change[] = [];
  const files = new Map<string, BlockFile | undefined>();
  for (const [index, path] of paths.entries()) {
    const entry = before[index];
    const next = steps.get(path)!(entry);
    if (next === entry) continue;
    changes.push([entry, next]);
    if (!next) files.set(path, undefined);
    else if (!entry || !isSameState(entry, next)) files.set(path, asFile(next));
    const isHashed = (one: Entry | undefined) => one !== undefined && (one.contentId !== null || one.isUnreadable);
    if (next && isHashed(next)) void contents.put(asContent(next));
    else if (isHashed(entry)) void contents.delete([shareId, path]);
  }
  if (files.size > 0) {
    const parts = changedBlock(block, files);
    if (parts[0]?.first !== first) void blocks.delete([shareId, first]);
    for (const part of parts) void blocks.put(part);
  }
  return changes;
}

/** Sums, and what the server must be told. */
async function conclude(transaction: Transaction, shareId: string, changes: readonly Change[]): Promise<void> {
  const tallies = transaction.objectStore('tallies');
  const outbox = transaction.objectStore('outbox');
  let tally = (await tallies.get(shareId)) ?? emptyTally(shareId);
  const told: Told[] = [];
  for (const [before, after] of changes) {
    tally = tallied(tally, before, after);
    const tell = toldOf(before, after);
    if (tell === 'remove') told.push({ remove: before!.path });
    else if (tell) told.push({ put: publishedFile(after!), isNew: !before });
  }
  for (const page of publishPages(told)) {
    void outbox.put({ shareId, page: tally.nextPage, ...page });
    tally = { ...tally, nextPage: tally.nextPage + 1, untoldCount: tally.untoldCount + page.newCount };
  }
  void tallies.put(tally);
}

function asFile({ path, sizeBytes, modifiedMs, mediaType }: Entry): BlockFile {
  return [path, sizeBytes, modifiedMs, mediaType];
}

function asContent({ shareId, path, sizeBytes, modifiedMs, contentId }: Entry) {
  return { shareId, path, sizeBytes, modifiedMs, contentId };
}
