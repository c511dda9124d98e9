// One walk of a share, whole or of some places in it: from its handles or files to what is remembered. Knows nothing of
// other shares.
import type { FoundFile } from './entry-change.ts';
import type { EntryChanges } from './entry-changes.ts';
import type { EntryRecords } from './entry-records.ts';
import { FolderWalk, isForbidden, isMissing } from './folder-walk.ts';
import type { WalkOutcome, WalkRequest } from './scan-rpc.ts';
import { ScanSelection } from './scan-rules.ts';
import { ShareListing } from './share-listing.ts';
import type { ShareRecords } from './share-records.ts';

const PAGE_FILES = 500;

export interface ShareWalkOptions {
  shares: ShareRecords;
  entries: EntryRecords;
  changes: EntryChanges;
  signal: AbortSignal;
  /** A page made a difference. */
  changed: () => void;
}

export class ShareWalk {
  readonly #request: WalkRequest;
  readonly #options: ShareWalkOptions;
  readonly #selection: ScanSelection;
  readonly #listing: ShareListing;
  readonly #walk: FolderWalk;

  constructor(request: WalkRequest, options: ShareWalkOptions) {
    this.#request = request;
    this.#options = options;
    this.#selection = new ScanSelection(request.rules, request.excludedPaths);
    this.#listing = new ShareListing(options, request.shareId, options.changed);
    this.#walk = new FolderWalk(this.#selection, options.signal);
  }

  /** What was found is remembered page by page, also when it ends early; only a whole walk finds what is gone. */
  async run(): Promise<WalkOutcome> {
    const { files, paths } = this.#request;
    try {
      if (paths && !files) for (const path of paths) await this.#look(path);
      else await this.#everything();
    } catch (error) {
      if (this.#options.signal.aborted) return { status: 'cancelled' };
      return { status: isForbidden(error) ? 'locked' : 'unreadable' };
    }
    return { status: 'done', skippedCount: this.#walk.skippedCount };
  }

  async #everything(): Promise<void> {
    const { kind, handles, files, shareId } = this.#request;
    const [root] = handles;
    await this.#listing.recall();
    if (files) await this.#remember(this.#selected(files));
    else if (kind === 'folder') await this.#remember(this.#walk.folder('', root!.handle as FileSystemDirectoryHandle));
    else
      for (const { name, handle } of handles)
        await this.#remember(this.#walk.file(name, handle as FileSystemFileHandle));
    const { fileCount } = await this.#options.shares.tally(shareId);
    // As many as were found: nothing can be gone.
    if (fileCount !== this.#listing.seenCount) await this.#listing.sweep('');
  }

  /** Whatever is at this place now. */
  async #look(path: string): Promise<void> {
    const found = await this.#find(path);
    if (found?.kind === 'file') {
      await this.#remember(this.#walk.file(path, found as FileSystemFileHandle));
      // A folder that became a file.
      return this.#listing.sweep(path);
    }
    if (found) await this.#remember(this.#walk.folder(path, found as FileSystemDirectoryHandle));
    await this.#listing.lost(path);
    await this.#listing.sweep(path);
  }

  async #find(path: string): Promise<FileSystemHandle | undefined> {
    const { kind, handles } = this.#request;
    if (kind === 'files') return handles.find(({ name }) => name === path)?.handle;
    if (this.#selection.ofFile(path) !== 'listed') return undefined;
    try {
      const segments = path.split('/');
      const name = segments.pop()!;
      let folder = handles[0]!.handle as FileSystemDirectoryHandle;
      for (const segment of segments) folder = await folder.getDirectoryHandle(segment);
      return await fileOrFolder(folder, name);
    } catch (error) {
      if (isMissing(error) || isOther(error)) return undefined;
      throw error;
    }
  }

  async #remember(pages: AsyncIterable<FoundFile[]> | Iterable<FoundFile[]>): Promise<void> {
    for await (const page of pages) {
      this.#options.signal.throwIfAborted();
      await this.#listing.found(page);
    }
  }

  *#selected(files: readonly FoundFile[]): Generator<FoundFile[]> {
    for (let at = 0; at < files.length; at += PAGE_FILES) {
      yield files.slice(at, at + PAGE_FILES).filter(({ path }) => {
        const selection = this.#selection.ofFile(path);
        if (selection === 'unlistable') this.#walk.skippedCount++;
        return selection === 'listed';
      });
    }
  }
}

async function fileOrFolder(folder: FileSystemDirectoryHandle, name: string): Promise<FileSystemHandle> {
  try {
    return await folder.getFileHandle(name);
  } catch (error) {
    if (!isOther(error)) throw error;
    return folder.getDirectoryHandle(name);
  }
}

/** A folder where a file was expected, or the other way round. */
function isOther(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TypeMismatchError';
}
