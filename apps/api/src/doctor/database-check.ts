// Whether the database is whole, and how large it is.
import { statSync } from 'node:fs';
import type { ServerCheck } from '@ferry/shared';
import { sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import { databaseFile } from '../db/data-folder.ts';
import { found } from './found.ts';

export function checkDatabase(db: Database, dataDir: string): ServerCheck {
  try {
    // Reads every page, but compares no index with its table: a hundred megabytes take a tenth of a second.
    const [first] = db.all<{ quick_check: string }>(sql`PRAGMA quick_check(1)`);
    const message = first?.quick_check ?? 'no answer';
    if (message !== 'ok') return found('database.damaged', 'problem', { message });
    if (dataDir === ':memory:') return found('database.in-memory', 'warning', {});
    return found('database.ok', 'ok', { sizeBytes: statSync(databaseFile(dataDir)).size });
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return found('database.damaged', 'problem', { message: cause instanceof Error ? cause.message : String(cause) });
  }
}
