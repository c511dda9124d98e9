// What is shared from here as bundles for whoever fetches it: the port between sharing and serving. Opens files only
// when they are read, each checked against what is listed. Decides nothing about who may have them.
import type { Audience, ContentId } from '@ferry/shared';
import type { Bundle, Manifest } from '@ferry/webrtc-core';
import { openedBundle } from '../source-files.ts';
import type { ShareRecord } from './catalog-database.ts';
import { contentIdBytes, contentIdText } from './content-id-text.ts';
import type { Entry, FileState } from './entry-change.ts';
import type { EntryChanges } from './entry-changes.ts';
import type { EntryRecords } from './entry-records.ts';
import type { OpenShare } from './open-share.ts';

/** Something that is shared, ready to be served. */
export interface SharedPlace {
  bundle: Bundle;
  title: string;
  itemCount: number;
  audience: Audience;
}

export interface SharedFilesOptions {
  /** Whose shares these are: for whoever has another device, all of them are. */
  ownUserId: string;
  entries: EntryRecords;
  changes: EntryChanges;
  /** What is shared now. */
  share: (shareId: string) => ShareRecord | undefined;
  /** Opens its folder or files; undefined while the browser does not let. */
  open: (shareId: string) => Promise<OpenShare | undefined>;
  /** A file is not as listed: it is looked at again. */
  changed: (shareId: string, path: string) => void;
  /** Content became known: it is to be published. */
  verified: (shareId: string) => void;
}

/** A file of a bundle, and where it comes from. */
interface Item {
  entry: Entry;
  path: readonly string[];
  source: OpenShare;
}

export class SharedFiles {
  readonly #options: SharedFilesOptions;

  constructor(options: SharedFilesOptions) {
    this.#options = options;
  }

  /**
   * A file, everything in a folder, or with an empty path everything in the share. Paths of the manifest begin with
   * the share's title, the folder's name, or are the file's name alone.
   *
   * @returns `unreadable` when it is shared and the browser cannot open it now
   */
  async at(shareId: string, path: string): Promise<SharedPlace | 'not-found' | 'unreadable'> {
    const { entries, share, open } = this.#options;
    const record = share(shareId);
    if (!record || isExcluded(record, path)) return 'not-found';
    const single = path === '' ? undefined : await entries.get(shareId, path);
    const found = single ? [single] : await this.#below(shareId, path);
    if (found.length === 0) return 'not-found';
    const source = await open(shareId);
    if (!source) return 'unreadable';
    const { audience, title } = record;
    const parent = single || path !== '' ? path.split('/').slice(0, -1).join('/') : '';
    const roots = path === '' && record.kind === 'folder' ? [title] : [];
    const items = found.map((entry) => ({ entry, source, path: [...roots, ...below(entry.path, parent)] }));
    const isSome = path === '' && record.kind === 'files';
    return {
      bundle: this.#bundle(items),
      title: path === '' ? title : path.split('/').at(-1)!,
      itemCount: isSome ? found.length : 1,
      audience,
    };
  }

  /**
   * Files of just these contents, in this order, from shares that are for this user; what is not here, or cannot be
   * opened now, is left out. Undefined when nothing is left.
   */
  async withContents(contentIds: readonly ContentId[], userId: string): Promise<Bundle | undefined> {
    const opened = new Map<string, Promise<OpenShare | undefined>>();
    const items: Item[] = [];
    for (const contentId of new Set(contentIds)) {
      const item = await this.#itemOf(contentId, userId, opened);
      if (item) items.push(item);
    }
    return items.length > 0 ? this.#bundle(items) : undefined;
  }

  /** Where content is shared from here, if it is; whether it can be opened now is not looked at. */
  async find(contentId: ContentId): Promise<{ shareId: string; path: string } | undefined> {
    const entries = await this.#options.entries.withContent(contentId);
    return entries.find(({ shareId, path }) => {
      const record = this.#options.share(shareId);
      return record && !isExcluded(record, path);
    });
  }

  /**
   * The content of an unverified file, as it came to be known by serving it.
   * @param state as the manifest has it: a file that changed since keeps nothing of it
   */
  async learned(
    shareId: string,
    path: string,
    state: FileState,
    contentId: Uint8Array,
    hashes: Uint8Array,
  ): Promise<void> {
    const { sizeBytes, modifiedMs } = state;
    const file = { path, state: { sizeBytes, modifiedMs }, contentId: contentIdText(contentId), hashes };
    if ((await this.#options.changes.putHashed(shareId, [file])) > 0) this.#options.verified(shareId);
  }

  /** Path within the share of a file of a bundle that `at` gave for this place. */
  static pathWithin(place: { path: string }, manifestPath: readonly string[], kind: ShareRecord['kind']): string {
    if (place.path !== '') return [...place.path.split('/').slice(0, -1), ...manifestPath].join('/');
    return manifestPath.slice(kind === 'folder' ? 1 : 0).join('/');
  }

  #isFor({ audience }: ShareRecord, userId: string): boolean {
    return userId === this.#options.ownUserId || isFor(audience, userId);
  }

  async #below(shareId: string, path: string): Promise<Entry[]> {
    const entries = await this.#options.entries.page(shareId, { under: path });
    const record = this.#options.share(shareId);
    return record ? entries.filter((entry) => !isExcluded(record, entry.path)) : [];
  }

  async #itemOf(
    contentId: ContentId,
    userId: string,
    opened: Map<string, Promise<OpenShare | undefined>>,
  ): Promise<Item | undefined> {
    for (const entry of await this.#options.entries.withContent(contentId)) {
      const { shareId, path } = entry;
      const record = this.#options.share(shareId);
      if (!record || isExcluded(record, path) || !this.#isFor(record, userId)) continue;
      const opening = opened.get(shareId) ?? this.#options.open(shareId);
      opened.set(shareId, opening);
      const source = await opening;
      if (source) return { entry, source, path: path.split('/').slice(-1) };
    }
    return undefined;
  }

  #bundle(items: readonly Item[]): Bundle {
    const manifest: Manifest = { entries: items.map(({ entry, path }) => manifestEntry(entry, path)) };
    const bundle = openedBundle(
      manifest,
      (index) => items[index]!.source.file(items[index]!.entry.path),
      (index) => this.#options.changed(items[index]!.entry.shareId, items[index]!.entry.path),
    );
    return {
      ...bundle,
      chunkHashes: async (index) => {
        const contentId = items[index]?.entry.contentId;
        return contentId ? this.#options.entries.hashes(contentId) : undefined;
      },
    };
  }
}

/** Of its owner the audience says nothing. */
export function isFor(audience: Audience, userId: string): boolean {
  return audience.type === 'everyone' || audience.userIds.includes(userId);
}

/** Its owner has taken it, or the folder that it is in, out of the share; a moment later it is no entry either. */
function isExcluded({ excludedPaths }: ShareRecord, path: string): boolean {
  return excludedPaths.some((excluded) => path === excluded || path.startsWith(`${excluded}/`));
}

function below(path: string, parent: string): string[] {
  return (parent === '' ? path : path.slice(parent.length + 1)).split('/');
}

function manifestEntry(
  { sizeBytes, modifiedMs, mediaType, contentId }: Entry,
  path: readonly string[],
): Manifest['entries'][number] {
  const entry = { path, sizeBytes, modifiedMs, mediaType };
  return contentId === null ? entry : { ...entry, contentId: contentIdBytes(contentId) };
}
