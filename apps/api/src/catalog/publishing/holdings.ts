// What devices hold of others' content from downloading it. A device says all of it at once; what stays is not written.
import type { Statement } from 'better-sqlite3';
import type { CatalogDevice } from '../catalog-index.ts';
import { prepareOnce } from '../prepare-once.ts';
import type { CatalogTables } from './catalog-tables.ts';

export class Holdings {
  readonly #tables: CatalogTables;
  readonly #held: Statement;
  readonly #add: Statement;
  readonly #drop: Statement;

  constructor(tables: CatalogTables) {
    this.#tables = tables;
    const { sqlite } = tables;
    this.#held = prepareOnce(sqlite, 'SELECT content_id FROM holders WHERE device_id = ? AND user_id = ?').pluck();
    this.#add = prepareOnce(
      sqlite,
      `INSERT INTO holders (content_id, device_id, user_id) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET user_id = excluded.user_id`,
    );
    this.#drop = prepareOnce(sqlite, 'DELETE FROM holders WHERE device_id = ? AND content_id = ?');
  }

  set({ userId, deviceId }: CatalogDevice, contentIds: readonly string[]): void {
    const before = new Map((this.#held.all(deviceId, userId) as Buffer[]).map((id) => [id.toString('base64url'), id]));
    const now = new Set(contentIds);
    const gone = [...before].filter(([id]) => !now.has(id));
    const added = [...now].filter((id) => !before.has(id));
    if (gone.length + added.length === 0) return;
    this.#tables.write(() => {
      for (const [, id] of gone) this.#drop.run(deviceId, id);
      for (const id of added) this.#add.run(Buffer.from(id, 'base64url'), deviceId, userId);
    });
  }
}
