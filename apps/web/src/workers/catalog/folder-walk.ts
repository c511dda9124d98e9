// Walks folders, or looks at one place in them, and tells pages of the files that are found: never a whole list. Knows
// no records.
import { LIMITS } from '@ferry/shared';
import type { FoundFile } from './entry-change.ts';
import type { ScanSelection } from './scan-rules.ts';

/** Files opened at once. */
const OPENED_AT_ONCE = 64;
/**
 * A page is told when it is full, or old: the first one soon, that something is seen. Those after it are larger: files of
 * one folder that come in no order are remembered in many places, and what is written is less with many at once.
 */
const PAGE_FILES = 4000;
const FIRST_PAGE_AGE_MS = 500;
const PAGE_AGE_MS = 3000;

type Handle = FileSystemFileHandle | FileSystemDirectoryHandle;
interface Place {
  path: string;
  handle: FileSystemFileHandle;
}

export class FolderWalk {
  readonly #selection: ScanSelection;
  readonly #signal: AbortSignal;
  /** Files and folders that could not be read or listed. */
  skippedCount = 0;

  constructor(selection: ScanSelection, signal: AbortSignal) {
    this.#selection = selection;
    this.#signal = signal;
  }

  /** A single file. */
  async *file(path: string, handle: FileSystemFileHandle): AsyncGenerator<FoundFile[]> {
    if (this.#isListed(path, false)) yield* this.#pages([{ path, handle }]);
  }

  /**
   * Everything below a folder.
   * @param path of the folder; empty for the share itself
   * @throws DOMException when the folder itself cannot be read, or nothing may be read any more
   */
  async *folder(path: string, handle: FileSystemDirectoryHandle): AsyncGenerator<FoundFile[]> {
    yield* this.#pages(this.#files(path, handle));
  }

  async *#pages(files: AsyncIterable<Place> | Iterable<Place>): AsyncGenerator<FoundFile[]> {
    let page: FoundFile[] = [];
    let startedMs = performance.now();
    let ageMs = FIRST_PAGE_AGE_MS;
    // The oldest is waited for while the others are on their way: the browser is never without work.
    const opening: Promise<FoundFile | undefined>[] = [];
    const takeOldest = async () => {
      const file = await opening.shift();
      if (file) page.push(file);
      this.#signal.throwIfAborted();
    };
    for await (const place of files) {
      const file = this.#open(place);
      // What fails, fails when it is waited for.
      file.catch(() => {});
      if (opening.push(file) < OPENED_AT_ONCE) continue;
      await takeOldest();
      if (page.length < PAGE_FILES && performance.now() - startedMs < ageMs) continue;
      yield page;
      page = [];
      startedMs = performance.now();
      ageMs = PAGE_AGE_MS;
    }
    while (opening.length > 0) await takeOldest();
    if (page.length > 0) yield page;
  }

  /** Folder within folder, to a bounded depth: what is kept meanwhile is one iterator for each level. */
  async *#files(path: string, handle: FileSystemDirectoryHandle): AsyncGenerator<Place> {
    const levels = [{ path, handles: handle.values() as AsyncIterator<Handle> }];
    for (let level = levels.at(-1); level; level = levels.at(-1)) {
      const isRoot = levels.length === 1;
      const next = await level.handles.next().catch((error: unknown) => {
        if (isRoot || isForbidden(error)) throw error;
        // A folder that cannot be listed, or went away.
        this.skippedCount++;
        return { done: true as const, value: undefined };
      });
      this.#signal.throwIfAborted();
      if (next.done) {
        levels.pop();
        continue;
      }
      const found = next.value;
      const path = level.path === '' ? found.name : `${level.path}/${found.name}`;
      const isFolder = found.kind === 'directory';
      if (!this.#isListed(path, isFolder)) continue;
      if (!isFolder) yield { path, handle: found as FileSystemFileHandle };
      // A file in it could not be listed any more.
      else if (levels.length >= LIMITS.catalogPathSegments) this.skippedCount++;
      else levels.push({ path, handles: (found as FileSystemDirectoryHandle).values() as AsyncIterator<Handle> });
    }
  }

  #isListed(path: string, isFolder: boolean): boolean {
    const selection = this.#selection.of(path, isFolder);
    if (selection === 'unlistable') this.skippedCount++;
    return selection === 'listed';
  }

  async #open({ path, handle }: Place): Promise<FoundFile | undefined> {
    try {
      const { size, lastModified, type } = await handle.getFile();
      return { path, sizeBytes: size, modifiedMs: lastModified, mediaType: type };
    } catch (error) {
      if (isForbidden(error)) throw error;
      // One that has just been deleted is no loss.
      if (!isMissing(error)) this.skippedCount++;
      return undefined;
    }
  }
}

/** The user took the permission back. */
export function isForbidden(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotAllowedError';
}

export function isMissing(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
}
