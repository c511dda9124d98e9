// Opening the files of a share by their paths: through the handles that this browser kept, or files that live for the
// session. Knows no records.
import type { ShareKind } from '@ferry/shared';
import type { OutgoingFile, SourceHandle } from '../../adapters/engine-contract.ts';
import { openFile } from '../source-files.ts';

export interface OpenShare {
  /** Rejects when it is gone or cannot be read. */
  file(path: string): Promise<File>;
}

/** Paths of a folder are within it; of files they begin with a handle's name. */
export function shareOfHandles(kind: ShareKind, handles: readonly SourceHandle[]): OpenShare {
  const roots = new Map(handles.map(({ name, handle }) => [name, handle]));
  const [root] = kind === 'folder' ? handles : [];
  return {
    file: (path) => openFile(roots, root ? [root.name, ...path.split('/')] : path.split('/')),
  };
}

/** @param files by their paths within the share */
export function shareOfFiles(files: ReadonlyMap<string, File>): OpenShare {
  return {
    async file(path) {
      const file = files.get(path);
      if (!file) throw new DOMException(path, 'NotFoundError');
      return file;
    },
  };
}

/** Of files that were chosen in a page their paths within the share. */
export function sessionFiles(kind: ShareKind, files: readonly OutgoingFile[]): Map<string, File> {
  return new Map(files.map(({ path, file }) => [(kind === 'folder' ? path.slice(1) : path).join('/'), file]));
}
