// Saves received files out of this browser's private storage: into a picked folder, or as downloads. Knows
// the engine only to ask which files a bundle has.
import { askAccess } from './ask-access.ts';
import { browserDownload } from './browser-download.ts';
import type { EngineClient, EntrySnapshot } from './engine-contract.ts';
import { pickTargetFolder } from './pick-files.ts';
import type { ConflictPolicy, SaveOutcome, SaveProgress, Saver, SaveTarget } from './save-contract.ts';
import { readSaveSettings, type SaveSettings, writeSaveSettings } from './save-settings.ts';
import { saveToFolder } from './save-to-folder.ts';
import { zipBundle } from './zip-bundle.ts';

type SaverEngine = Pick<EngineClient, 'entries' | 'content' | 'lockedHandles'>;
type OnProgress = (progress: SaveProgress) => void;
/** A file and where its bytes start in the bundle's data. */
type PlacedEntry = EntrySnapshot & { offset: number };

export class BrowserSaver implements Saver {
  readonly canPickFolder = 'showDirectoryPicker' in window;
  readonly #userId: string;
  readonly #engine: SaverEngine;

  constructor({ userId, engine }: { userId: string; engine: SaverEngine }) {
    this.#userId = userId;
    this.#engine = engine;
  }

  async target(): Promise<SaveTarget> {
    return targetOf(await readSaveSettings(this.#userId));
  }

  async pickFolder(): Promise<SaveTarget> {
    const folder = await pickTargetFolder();
    return folder ? this.#change({ folder }) : this.target();
  }

  async useDownloads(): Promise<SaveTarget> {
    return this.#change({ folder: null });
  }

  async setConflictPolicy(conflictPolicy: ConflictPolicy): Promise<SaveTarget> {
    return this.#change({ conflictPolicy });
  }

  async saveEntry(transferId: string, entryIndex: number, onProgress: OnProgress = () => {}): Promise<SaveOutcome> {
    const { folder, conflictPolicy } = await this.#permittedSettings();
    const entry = (await this.#placed(transferId)).find(({ index }) => index === entryIndex);
    if (!entry?.verified) throw new Error('not-found');
    const content = contentOf(await this.#content(transferId), entry);
    const name = entry.path.at(-1)!;
    // A single file goes to the folder itself, without the folders it came in.
    if (folder) return this.#writeAll(folder, [{ path: [name], content }], conflictPolicy, onProgress);
    browserDownload(content, name);
    return { saved: 1, skipped: 0 };
  }

  async saveBundle(transferId: string, onProgress: OnProgress = () => {}): Promise<SaveOutcome> {
    const { folder, conflictPolicy } = await this.#permittedSettings();
    const files = (await this.#placed(transferId)).filter(({ verified }) => verified);
    const data = await this.#content(transferId);
    if (folder) {
      const contents = files.map((entry) => ({ path: entry.path, content: contentOf(data, entry) }));
      return this.#writeAll(folder, contents, conflictPolicy, onProgress);
    }
    const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const archive = await zipBundle({ userId: this.#userId, transferId, data, files }, (savedBytes) =>
      onProgress({ savedBytes, totalBytes, savedFiles: 0, totalFiles: files.length }),
    );
    browserDownload(archive, `${archiveName(files)}.zip`);
    return { saved: files.length, skipped: 0 };
  }

  async #writeAll(
    folder: FileSystemDirectoryHandle,
    files: { path: readonly string[]; content: Blob }[],
    policy: ConflictPolicy,
    onProgress: OnProgress,
  ): Promise<SaveOutcome> {
    const totalBytes = files.reduce((sum, { content }) => sum + content.size, 0);
    const progress = { savedBytes: 0, totalBytes, savedFiles: 0, totalFiles: files.length };
    let saved = 0;
    for (const { path, content } of files) {
      if (await saveToFolder(folder, path, content, policy)) saved++;
      progress.savedBytes += content.size;
      progress.savedFiles++;
      onProgress({ ...progress });
    }
    return { saved, skipped: files.length - saved };
  }

  /** Some of it may lie in a folder of the user's, which the browser may have to be asked for again. */
  async #content(transferId: string): Promise<Blob> {
    const isAllowed = await askAccess(await this.#engine.lockedHandles(transferId));
    if (!isAllowed) throw new Error('folder-refused');
    return this.#engine.content(transferId);
  }

  /** The folder's permission may have lapsed since the last visit; asking needs a click. */
  async #permittedSettings(): Promise<SaveSettings> {
    const settings = await readSaveSettings(this.#userId);
    const { folder } = settings;
    if (!folder || (await folder.queryPermission({ mode: 'readwrite' })) === 'granted') return settings;
    if ((await folder.requestPermission({ mode: 'readwrite' })) === 'granted') return settings;
    throw new Error('folder-refused');
  }

  async #change(change: Partial<SaveSettings>): Promise<SaveTarget> {
    const settings = { ...(await readSaveSettings(this.#userId)), ...change };
    await writeSaveSettings(this.#userId, settings);
    return targetOf(settings);
  }

  async #placed(transferId: string): Promise<PlacedEntry[]> {
    let offset = 0;
    return (await this.#engine.entries(transferId)).map((entry) => {
      const placed = { ...entry, offset };
      offset += entry.sizeBytes;
      return placed;
    });
  }
}

function contentOf(data: Blob, { offset, sizeBytes, mediaType }: PlacedEntry): Blob {
  return data.slice(offset, offset + sizeBytes, mediaType);
}

/** The folder that all files are in, else the first file's name. */
function archiveName(files: readonly EntrySnapshot[]): string {
  const first = files[0]?.path[0] ?? 'Ferry';
  return files.every(({ path }) => path.length > 1 && path[0] === first) ? first : first.replace(/\.[^.]*$/, '');
}

function targetOf({ folder, conflictPolicy }: SaveSettings): SaveTarget {
  return folder ? { kind: 'folder', folderName: folder.name, conflictPolicy } : { kind: 'download', conflictPolicy };
}
