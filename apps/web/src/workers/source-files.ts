// The files of a send, opened again through the handles that this browser kept (Chromium), or chosen again by the
// user: either way they must be the same as announced. Knows no transfer and no link.
import { type Bundle, BundleLayout, blobBundle, ContentError, type Manifest } from '@ferry/webrtc-core';
import type { OutgoingFile, SourceHandle } from '../adapters/engine-contract.ts';

/** Open files are cheap, but a folder may have a hundred thousand. */
const OPEN_FILES = 64;

/** Whether the handles may be read now: at once, after asking the user, or never. */
export async function accessTo(handles: readonly SourceHandle[]): Promise<PermissionState> {
  const states = await Promise.all(handles.map(({ handle }) => handle.queryPermission({ mode: 'read' })));
  return states.find((state) => state === 'denied') ?? states.find((state) => state === 'prompt') ?? 'granted';
}

/** Whether every item of the bundle has a handle. */
export function areReopenable(manifest: Manifest, handles: readonly SourceHandle[]): boolean {
  const names = new Set(handles.map(({ name }) => name));
  return manifest.entries.every(({ path }) => names.has(path[0]!));
}

/** A bundle whose files are opened when they are read, each checked against what was announced. */
export function handleBundle(manifest: Manifest, handles: readonly SourceHandle[]): Bundle {
  const roots = new Map(handles.map(({ name, handle }) => [name, handle]));
  return openedBundle(manifest, (index) => openFile(roots, manifest.entries[index]!.path));
}

/**
 * A bundle whose files are opened when they are read.
 * @param open opens the file of an entry; what rejects, or differs from the manifest, is `source-changed`
 * @param changed is told of each entry that this happened to
 */
export function openedBundle(
  manifest: Manifest,
  open: (index: number) => Promise<File>,
  changed: (index: number) => void = () => {},
): Bundle {
  return {
    manifest,
    choose(chosen) {
      const entries = chosen.map((index) => manifest.entries[index]!);
      const layout = new BundleLayout({ entries });
      const files = new Map<number, Promise<File>>();
      const fileOf = (entry: number) => {
        const known = files.get(entry);
        if (known) return known;
        const opened = open(chosen[entry]!);
        files.set(entry, opened);
        if (files.size > OPEN_FILES) files.delete(files.keys().next().value!);
        return opened;
      };
      return {
        async read(chunk) {
          const { entry, entryOffset, length } = layout.place(chunk);
          try {
            const file = await fileOf(entry);
            if (!isSame(file, entries[entry]!)) throw ContentError.sourceChanged(entry);
            return new Uint8Array(await file.slice(entryOffset, entryOffset + length).arrayBuffer());
          } catch (error) {
            changed(chosen[entry]!);
            throw error instanceof ContentError ? error : ContentError.sourceChanged(entry, error);
          }
        },
      };
    },
  };
}

/** The name of the first file that is missing or not as announced; looks at so many of them. */
export async function firstChanged(
  manifest: Manifest,
  handles: readonly SourceHandle[],
  atMost: number,
): Promise<string | undefined> {
  const roots = new Map(handles.map(({ name, handle }) => [name, handle]));
  for (const entry of manifest.entries.slice(0, atMost)) {
    const file = await openFile(roots, entry.path).catch(() => undefined);
    if (!file || !isSame(file, entry)) return entry.path.at(-1);
  }
  return undefined;
}

/**
 * Files that were chosen again, as the announced bundle; or the first that is missing or differs.
 * @param needed the entries that are read: the others may be missing
 */
export function chosenBundle(
  manifest: Manifest,
  needed: ReadonlySet<Manifest['entries'][number]>,
  files: readonly OutgoingFile[],
): Bundle | { missing: string } | { differs: string } {
  const fileOf = finder(manifest, files);
  const entries = [];
  for (const entry of manifest.entries) {
    const { path } = entry;
    const file = fileOf(path);
    if (needed.has(entry)) {
      if (!file) return { missing: path.at(-1)! };
      if (!isSame(file, entry)) return { differs: path.at(-1)! };
    }
    entries.push({ path, blob: file ?? new Blob() });
  }
  return { ...blobBundle(entries), manifest };
}

/** Finds a chosen file by its path as it was announced. */
function finder(manifest: Manifest, files: readonly OutgoingFile[]): (path: readonly string[]) => File | undefined {
  const chosen = new Map(files.map(({ path, file }) => [path.join('/'), file]));
  // One file may have come out of a folder, and be chosen without it.
  if (manifest.entries.length === 1 && files.length === 1) return () => files[0]?.file;
  // Under which name a folder was sent may have been changed, when another had the same.
  const roots = new Set(files.map(({ path }) => path[0]));
  const [alone] = roots.size === 1 ? roots : [];
  return (path) =>
    chosen.get(path.join('/')) ??
    (alone === undefined || path.length === 1 ? undefined : chosen.get([alone, ...path.slice(1)].join('/')));
}

function isSame(file: File, { sizeBytes, modifiedMs }: Manifest['entries'][number]): boolean {
  return file.size === sizeBytes && file.lastModified === modifiedMs;
}

/** Opens what is at a path below one of some handles, which go by its first segment. */
export async function openFile(roots: ReadonlyMap<string, FileSystemHandle>, path: readonly string[]): Promise<File> {
  const [name = '', ...rest] = path;
  let handle = roots.get(name);
  for (const [depth, segment] of rest.entries()) {
    if (!(handle instanceof FileSystemDirectoryHandle)) throw new DOMException(segment, 'NotFoundError');
    const isLast = depth === rest.length - 1;
    handle = isLast ? await handle.getFileHandle(segment) : await handle.getDirectoryHandle(segment);
  }
  if (!(handle instanceof FileSystemFileHandle)) throw new DOMException(name, 'NotFoundError');
  return handle.getFile();
}
