// What somebody shares, in memory, for tests of serving: files that are listed with a content id or without one, and that
// may be changed, locked or shared no more. Stands in for shared-files.ts, which has tests of its own.
import type { Audience, ContentId } from '@ferry/shared';
import type { Bundle, Manifest } from '@ferry/webrtc-core';
import { openedBundle } from '../source-files.ts';
import { contentIdBytes } from './content-id-text.ts';
import { hashFile } from './file-hashing.ts';
import { isFor, type SharedFiles } from './shared-files.ts';

interface ListedFile {
  file: DiskFile;
  contentId: ContentId | null;
  hashes: Uint8Array | undefined;
}

interface TestingShare {
  title: string;
  audience: Audience;
  isLocked: boolean;
  files: Map<string, ListedFile>;
}

type Found = { path: string[]; listed: ListedFile };

export class TestingShares implements Pick<SharedFiles, 'at' | 'withContents' | 'isWithheld'> {
  readonly #shares = new Map<string, TestingShare>();

  add(shareId: string, about: Pick<TestingShare, 'title' | 'audience'>): void {
    this.#shares.set(shareId, { ...about, isLocked: false, files: new Map() });
  }

  get(shareId: string): TestingShare | undefined {
    return this.#shares.get(shareId);
  }

  remove(shareId: string): void {
    this.#shares.delete(shareId);
  }

  /** Resolves with the content id that it is listed with. */
  async write(
    shareId: string,
    path: string,
    bytes: Uint8Array,
    { isVerified, claims, lastModified }: { isVerified: boolean; claims: ContentId | null; lastModified: number },
  ): Promise<ContentId | null> {
    const { files } = this.#shares.get(shareId)!;
    files.get(path)?.file.overwrite();
    const file = new DiskFile([bytes as Uint8Array<ArrayBuffer>], path.split('/').at(-1)!, { lastModified });
    const hash = isVerified ? await hashFile(file, async () => {}) : undefined;
    const contentId = claims ?? hash?.contentId ?? null;
    files.set(path, { file, contentId, hashes: hash?.hashes });
    return contentId;
  }

  async at(shareId: string, path: string) {
    const share = this.#shares.get(shareId);
    const found = share ? filesAt(share, path) : [];
    if (!share || found.length === 0) return 'not-found';
    if (share.isLocked) return 'unreadable';
    const title = path === '' ? share.title : path.split('/').at(-1)!;
    return { bundle: bundleOf(found), title, itemCount: 1, audience: share.audience };
  }

  async withContents(shareId: string, contentIds: readonly ContentId[], userId: string) {
    const share = this.#shares.get(shareId);
    if (!share || !isFor(share.audience, userId)) return 'not-found';
    const found: Found[] = [];
    for (const [path, listed] of share.files) {
      if (listed.contentId && contentIds.includes(listed.contentId))
        found.push({ path: path.split('/').slice(-1), listed });
    }
    if (found.length === 0) return 'not-found';
    return share.isLocked ? 'unreadable' : bundleOf(found);
  }

  isWithheld(shareId: string, userId: string): boolean {
    const share = this.#shares.get(shareId);
    return share !== undefined && !isFor(share.audience, userId);
  }
}

function filesAt({ title, files }: TestingShare, path: string): Found[] {
  const parent = path === '' ? '' : path.split('/').slice(0, -1).join('/');
  return [...files]
    .filter(([file]) => path === '' || file === path || file.startsWith(`${path}/`))
    .map(([file, listed]) => {
      const within = parent === '' ? file : file.slice(parent.length + 1);
      return { path: [...(path === '' ? [title] : []), ...within.split('/')], listed };
    });
}

function bundleOf(found: readonly Found[]): Bundle {
  const entries = found.map(({ path, listed: { file, contentId } }): Manifest['entries'][number] => {
    const entry = { path, sizeBytes: file.size, modifiedMs: file.lastModified, mediaType: '' };
    return contentId === null ? entry : { ...entry, contentId: contentIdBytes(contentId) };
  });
  const bundle = openedBundle({ entries }, async (index) => found[index]!.listed.file);
  return { ...bundle, chunkHashes: async (index) => found[index]?.listed.hashes };
}

/** A snapshot that cannot be read any more once the file on the disk is another one (W3C File API, section 4). */
class DiskFile extends File {
  #isStale = false;

  overwrite(): void {
    this.#isStale = true;
  }

  override slice(...range: Parameters<File['slice']>): Blob {
    const blob = super.slice(...range);
    const read = blob.arrayBuffer.bind(blob);
    blob.arrayBuffer = async () => {
      if (this.#isStale) throw new DOMException('It changed', 'NotReadableError');
      return read();
    };
    return blob;
  }
}
