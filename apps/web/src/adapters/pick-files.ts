// The browser's own pickers, where it has them (Chromium): what comes out of them can be opened again after a reload.
// Knows nothing of what becomes of it. Each must be called from a click, before anything else is awaited.

/** @example if (hasPickers()) event.preventDefault(); */
export function hasPickers(): boolean {
  return 'showOpenFilePicker' in window && 'showDirectoryPicker' in window;
}

/** Null when the user closed the picker. */
export function pickFiles({ multiple }: { multiple: boolean }): Promise<FileSystemFileHandle[] | null> {
  return unlessClosed(window.showOpenFilePicker({ id: 'ferry-send', multiple }));
}

/** To send what is in it. Null when the user closed the picker. */
export function pickSourceFolder(): Promise<FileSystemDirectoryHandle | null> {
  return unlessClosed(window.showDirectoryPicker({ id: 'ferry-send', mode: 'read' }));
}

/** To receive into. Null when the user closed the picker. */
export function pickTargetFolder(): Promise<FileSystemDirectoryHandle | null> {
  return unlessClosed(window.showDirectoryPicker({ id: 'ferry', mode: 'readwrite', startIn: 'downloads' }));
}

function unlessClosed<Picked>(picking: Promise<Picked>): Promise<Picked | null> {
  return picking.catch((error) => {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  });
}
