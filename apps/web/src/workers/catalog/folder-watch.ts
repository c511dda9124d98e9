// Follows changes in shared folders where the browser tells of them (FileSystemObserver, WICG; Chromium from 133).
// Knows no records; what changed is only named.
import type { HashSource } from './scan-rpc.ts';

interface ChangeRecord {
  root: FileSystemHandle;
  relativePathComponents: readonly string[];
  relativePathMovedFrom: readonly string[] | null;
  type: 'appeared' | 'disappeared' | 'modified' | 'moved' | 'unknown' | 'errored';
}
interface Observer {
  observe(handle: FileSystemHandle, options: { recursive: boolean }): Promise<void>;
  disconnect(): void;
}
type ObserverConstructor = new (callback: (records: readonly ChangeRecord[]) => void) => Observer;

/** What is being copied into a folder is looked at when it has come to rest. */
const SETTLE_MS = 1500;
/** One that never does is looked at now and then. */
const LONGEST_WAIT_MS = 30_000;
/** Of more the whole share is walked. */
const PATHS_AT_ONCE = 200;
/** Handles of one share that are watched; of more there is the next walk. */
const WATCHED_HANDLES = 50;

export class FolderWatch {
  readonly #touched: (shareId: string, paths: string[] | null) => void;
  readonly #observers = new Map<string, Observer>();
  readonly #waiting = new Map<string, Set<string> | null>();
  #waitingSinceMs: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(touched: (shareId: string, paths: string[] | null) => void) {
    this.#touched = touched;
  }

  /** Exactly these from now on. */
  set(sources: readonly HashSource[]): void {
    const wanted = new Map(sources.map((source) => [source.shareId, source]));
    for (const [shareId, observer] of this.#observers) {
      if (wanted.has(shareId)) continue;
      observer.disconnect();
      this.#observers.delete(shareId);
    }
    for (const source of sources) if (!this.#observers.has(source.shareId)) this.#observe(source);
  }

  #observe({ shareId, kind, handles }: HashSource): void {
    const { FileSystemObserver } = globalThis as { FileSystemObserver?: ObserverConstructor };
    if (!FileSystemObserver || !handles || handles.length > WATCHED_HANDLES) return;
    const observer = new FileSystemObserver((records) => {
      for (const record of records) this.#note(shareId, record, kind === 'files');
    });
    this.#observers.set(shareId, observer);
    for (const { handle } of handles) {
      // Not every file system can be watched.
      observer.observe(handle, { recursive: kind === 'folder' }).catch(() => {});
    }
  }

  #note(shareId: string, record: ChangeRecord, isFile: boolean): void {
    if (record.type === 'errored') return;
    const paths = [record.relativePathComponents, record.relativePathMovedFrom ?? []].map((path) => path.join('/'));
    const noted = this.#waiting.get(shareId);
    if (record.type === 'unknown' || noted === null || isFile) this.#waiting.set(shareId, null);
    else this.#waiting.set(shareId, joined(noted ?? new Set(), paths));
    const nowMs = performance.now();
    this.#waitingSinceMs ??= nowMs;
    const leftMs = this.#waitingSinceMs + LONGEST_WAIT_MS - nowMs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), Math.max(0, Math.min(SETTLE_MS, leftMs)));
  }

  #tell(): void {
    const told = [...this.#waiting];
    this.#waitingSinceMs = undefined;
    this.#waiting.clear();
    for (const [shareId, paths] of told) this.#touched(shareId, paths && [...paths]);
  }
}

/** Null: too many, or the folder itself. */
function joined(paths: Set<string>, more: readonly string[]): Set<string> | null {
  for (const path of more) if (path !== '') paths.add(path);
  return paths.size === 0 || paths.size > PATHS_AT_ONCE ? null : paths;
}
