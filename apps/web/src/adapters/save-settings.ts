// Where and how this account saves, remembered in IndexedDB: a picked folder's handle survives reloads
// there (Chromium). Knows nothing of what is saved.
import { type DBSchema, openDB } from 'idb';
import type { ConflictPolicy } from './save-contract.ts';

export interface SaveSettings {
  /** Null: the browser's own downloads. */
  folder: FileSystemDirectoryHandle | null;
  conflictPolicy: ConflictPolicy;
}

interface Schema extends DBSchema {
  settings: { key: 'save'; value: SaveSettings };
}

const DEFAULTS: SaveSettings = { folder: null, conflictPolicy: 'rename' };

export async function readSaveSettings(userId: string): Promise<SaveSettings> {
  const database = await openSettings(userId);
  const settings = await database.get('settings', 'save');
  database.close();
  return settings ?? DEFAULTS;
}

export async function writeSaveSettings(userId: string, settings: SaveSettings): Promise<void> {
  const database = await openSettings(userId);
  await database.put('settings', settings, 'save');
  database.close();
}

function openSettings(userId: string) {
  return openDB<Schema>(`ferry-save-${userId}`, 1, {
    upgrade(created) {
      created.createObjectStore('settings');
    },
  });
}
