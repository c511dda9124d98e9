// What the browser's pickers give, as something to send. Knows no pickers, only the handles that come out of them.
import type { Brought } from './brought.ts';

/** Rejects when one of them cannot be opened: nothing is left out without a word. */
export async function broughtByFilePicker(handles: readonly FileSystemFileHandle[]): Promise<Brought> {
  const files = handles.map(async (handle) => ({ file: await handle.getFile(), handle: Promise.resolve(handle) }));
  return { files: await Promise.all(files), folders: [] };
}

export function broughtByFolderPicker(handle: FileSystemDirectoryHandle): Brought {
  return {
    files: [],
    folders: [
      {
        name: handle.name,
        handle: Promise.resolve(handle),
        read: async (options) => (await import('./read-directory-handle.ts')).readDirectoryHandle(handle, options),
      },
    ],
  };
}
