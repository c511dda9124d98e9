// Empties a folder of a share, slice by slice, and with its last file the folder itself is gone.
import type { CatalogTables } from './catalog-tables.ts';
import type { ShareEdit } from './share-edit.ts';

const SLICE_FILES = 100;

export function* removeBelow(tables: CatalogTables, edit: ShareEdit, path: string): Generator<void, void> {
  for (;;) {
    const files = tables.entries.filesBelow(edit.share.shareNo, path, SLICE_FILES);
    if (files.length === 0) return;
    tables.write(() => {
      for (const file of files) edit.remove(file);
      edit.settle();
    });
    yield;
  }
}
