// A copy of a database that is written under a temporary name, and gets its own only when it is whole and on the
// disk: what has the name of a backup is one. Knows not how the copy is made.
import { renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { companionFiles } from './data-folder.ts';
import { DatabaseError, inWords } from './database-error.ts';
import { flush, makePrivateFile } from './private-files.ts';

/** Either sealed and published, or abandoned. */
export class UnfinishedCopy {
  /** Where it is to be written: an empty file for now. */
  readonly path: string;
  readonly #target: string;

  /** @throws DatabaseError */
  constructor(target: string) {
    this.#target = target;
    this.path = `${target}.partial`;
    try {
      // One that was left by a process that was killed.
      this.abandon();
      makePrivateFile(this.path);
    } catch (error) {
      throw inWords(error, this.path);
    }
  }

  /** @throws DatabaseError naming the original when the copy is not whole */
  seal(original: string): void {
    const sqlite = new Sqlite(this.path);
    try {
      // A copy of a WAL database would want companions of its own; this one shall be a single file.
      sqlite.pragma('journal_mode = DELETE');
      // SQLite's backup leaves the copy empty, and says nothing, when the original was locked.
      const tables = sqlite.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
      if (tables === 0) throw new DatabaseError('in-use', `${original} is in use by another program, or empty.`);
      if (sqlite.pragma('integrity_check', { simple: true }) !== 'ok') {
        throw new DatabaseError('damaged', `${original} is damaged.`);
      }
    } finally {
      sqlite.close();
    }
  }

  /** In one step; replaces what has that name. */
  publish(): void {
    flush(this.path);
    renameSync(this.path, this.#target);
    flush(dirname(this.#target));
  }

  abandon(): void {
    for (const file of [this.path, ...companionFiles(this.path)]) rmSync(file, { force: true });
  }
}
