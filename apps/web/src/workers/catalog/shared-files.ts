// What is shared from here as bundles for whoever fetches it: the port between sharing and serving. Opens files only
// when they are read, each checked against what is listed. Decides nothing about who may have them.
import type { Audience, ContentId } from '@ferry/shared';
import type { Bundle, Manifest } from '@ferry/webrtc-core';
import { openedBundle } from '../source-files.ts';
import type { ShareRecord } from './catalog-database.ts';
import { contentIdBytes } from './content-id-text.ts';
import type { Entry } from './entry-change.ts';
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
  /** What is shared now. */
  share: (shareId: string) => ShareRecord | undefined;
  /** Opens its folder or files; undefined while the browser does not let. */
  open: (shareId: string) => Promise<OpenShare | undefined>;
  /** A file is not as listed: it is looked at again. */
  changed: (shareId: string, path: string) => void;
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
   * Files of just these contents, in this order, from a share that is for this user; what is not in it is left out.
   *
   * @returns `unreadable` when the browser cannot open them now
   */
  async withContents(
    shareId: string,
    contentIds: readonly ContentId[],
    userId: string,
  ): Promise<Bundle | 'not-found' | 'unreadable'> {
    const { share, entries, open } = this.#options;
    const record = share(shareId);
    if (!record || !this.#isFor(record, userId)) return 'not-found';
    const found: Entry[] = [];
    for (const contentId of new Set(contentIds)) {
      const same = await entries.withContent(contentId);
      const entry = same.find((one) => one.shareId === shareId && !isExcluded(record, one.path));
      if (entry) found.push(entry);
    }
    if (found.length === 0) return 'not-found';
    const source = await open(shareId);
    if (!source) return 'unreadable';
    return this.#bundle(found.map((entry) => ({ entry, source, path: entry.path.split('/').slice(-1) })));
  }

  /** It is shared from here, and not with this user. */
  isWithheld(shareId: string, userId: string): boolean {
    const record = this.#options.share(shareId);
    return record !== undefined && !this.#isFor(record, userId);
  }

  /** Where content is shared from here, if it is; whether it can be opened now is not looked at. */
  async find(contentId: ContentId): Promise<{ shareId: string; path: string } | undefined> {
    const entries = await this.#options.entries.withContent(contentId);
    return entries.find(({ shareId, path }) => {
      const record = this.#options.share(shareId);
      return record && !isExcluded(record, path);
    });
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
