// The folder a node keeps everything in: columns, what is known of them, its keys. One program at a time.
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeviceKeyPairs } from '@ferry/store-holder';
import { StopReason } from '../stop-reason.ts';
import { ColumnTable } from './column-table.ts';
import { deviceKeysIn } from './device-key-file.ts';
import { DiskStores } from './disk-stores.ts';
import { makeFolder } from './folder.ts';

export class NodeFolder {
  readonly records: ColumnTable;
  readonly stores: DiskStores;
  readonly keys: DeviceKeyPairs;
  readonly #path: string;

  /** @throws StopReason `folder-in-use`, `folder-unusable` */
  static async open(path: string): Promise<NodeFolder> {
    let records: ColumnTable | undefined;
    try {
      makeFolder(path);
      // The lock comes with it: nothing else is looked at before.
      records = ColumnTable.open(join(path, 'columns.sqlite'));
      const keys = await deviceKeysIn(join(path, 'keys.json'));
      return new NodeFolder(path, records, keys);
    } catch (error) {
      records?.close();
      throw reasonOf(error, path);
    }
  }

  private constructor(path: string, records: ColumnTable, keys: DeviceKeyPairs) {
    this.#path = path;
    this.records = records;
    this.keys = keys;
    this.stores = new DiskStores(join(path, 'columns'));
  }

  /** What this user may still write there. */
  readonly freeBytes = async (): Promise<number> => {
    const { bavail, bsize } = await statfs(this.#path);
    return bavail * bsize;
  };

  close(): void {
    this.records.close();
  }
}

function reasonOf(error: unknown, path: string): unknown {
  if (error instanceof StopReason || !(error instanceof Error) || !('code' in error)) return error;
  const { code } = error;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new StopReason('folder-unusable', `${path} may not be written by this user (${code}).`, { cause: error });
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new StopReason('folder-unusable', `${path} is not a folder.`, { cause: error });
  }
  if (code === 'ENOSPC')
    return new StopReason('folder-unusable', `There is no room left at ${path}.`, { cause: error });
  return error;
}
