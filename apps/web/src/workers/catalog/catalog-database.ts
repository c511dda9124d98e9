// What this browser remembers of the catalog, as tables of an IndexedDB database: shares, the files in them, what was
// learned of their content, and who fetched what. Read and written by the engine's worker and by the one that scans.
import type { Audience, ContentId, PublishedFile, ShareKind } from '@ferry/shared';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { EndedShare, ScanRules, ServedDownload, ServingSettings } from '../../adapters/catalog-contract.ts';
import type { SourceHandle } from '../../adapters/engine-contract.ts';

/** Something that is shared from here. */
export interface ShareRecord {
  shareId: string;
  /** The folder's name; of files the first one's. */
  title: string;
  kind: ShareKind;
  /** One folder, or the files; empty when the files live for a session. */
  handles: SourceHandle[];
  audience: Audience;
  rules: ScanRules;
  /** Files and folders within it that are not shared any more. */
  excludedPaths: string[];
  createdAt: number;
  /** What the server has, so that the next page comes on top of it; null: everything must be published anew. */
  revision: number | null;
  /** The server knows its present title and audience. */
  isPut: boolean;
  /** When the last walk ended; null before the first one has. */
  scannedAt: number | null;
  /** Files and folders that the last walk could not list. */
  skippedCount: number;
}

/** Path within the share, size in bytes, modification in milliseconds, media type (empty when unknown). */
export type BlockFile = [path: string, sizeBytes: number, modifiedMs: number, mediaType: string];

/**
 * Some files of a share that follow each other in the order of paths: those from `first` on, up to the next block. A
 * database takes a thousand small records no quicker than a thousand large ones.
 */
export interface BlockRecord {
  shareId: string;
  first: string;
  files: BlockFile[];
}

/** What hashing a file has brought. */
export interface ContentRecord {
  shareId: string;
  path: string;
  /** As it was hashed: of another one it says nothing. */
  sizeBytes: number;
  modifiedMs: number;
  /** Null: it could not be read. */
  contentId: ContentId | null;
}

/** Sums over the files of a share, kept with every change of them. */
export interface ShareTally {
  shareId: string;
  fileCount: number;
  totalBytes: number;
  verifiedCount: number;
  /** New ones that the server has not been told of. */
  untoldCount: number;
  /** Of the next page in the outbox. */
  nextPage: number;
}

/** What the server must be told of a share, in order: one page of changes. */
export interface OutboxRecord {
  shareId: string;
  page: number;
  put: PublishedFile[];
  remove: string[];
  /** Files in `put` that were never put before. */
  newCount: number;
}

export interface CatalogSchema extends DBSchema {
  shares: { key: string; value: ShareRecord };
  tallies: { key: string; value: ShareTally };
  blocks: { key: [shareId: string, first: string]; value: BlockRecord };
  contents: { key: [shareId: string, path: string]; value: ContentRecord; indexes: { content: ContentId } };
  outbox: { key: [shareId: string, page: number]; value: OutboxRecord };
  /** Hashes of all chunks of a content, end to end; for content of more than one chunk. */
  hashes: { key: ContentId; value: Uint8Array };
  served: { key: number; value: ServedDownload };
  /** Of each share how often something of it was fetched whole. */
  downloads: { key: string; value: number };
  settings: { key: 'serving'; value: ServingSettings };
  /** What was ended from another device, until its owner has read that. */
  ended: { key: string; value: EndedShare };
}

export type CatalogDatabase = IDBPDatabase<CatalogSchema>;
/** Each account has its own: two colleagues may share a browser. */
export function openCatalogDatabase(userId: string): Promise<CatalogDatabase> {
  return openDB<CatalogSchema>(`ferry-catalog-${userId}`, 2, {
    upgrade(created, version) {
      created.createObjectStore('ended', { keyPath: 'shareId' });
      if (version >= 1) return;
      created.createObjectStore('shares', { keyPath: 'shareId' });
      created.createObjectStore('tallies', { keyPath: 'shareId' });
      created.createObjectStore('blocks', { keyPath: ['shareId', 'first'] });
      const contents = created.createObjectStore('contents', { keyPath: ['shareId', 'path'] });
      // Null is no key: what could not be read is not in it.
      contents.createIndex('content', 'contentId');
      created.createObjectStore('outbox', { keyPath: ['shareId', 'page'] });
      created.createObjectStore('hashes');
      created.createObjectStore('served', { autoIncrement: true });
      created.createObjectStore('downloads');
      created.createObjectStore('settings');
    },
  });
}

/** What a share has in a table whose keys begin with its id. */
export function shareRange(shareId: string): IDBKeyRange {
  // An array sorts after every string and number.
  return IDBKeyRange.bound([shareId], [shareId, []]);
}

/** Pages of a share's outbox: those after one, or those up to one. */
export function pagesRange(shareId: string, { after, upTo }: { after?: number; upTo?: number }): IDBKeyRange {
  const start = after === undefined ? [shareId] : [shareId, after];
  return IDBKeyRange.bound(start, [shareId, upTo ?? Number.POSITIVE_INFINITY], after !== undefined);
}
