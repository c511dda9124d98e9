// Deletes what is not wanted any more, and says so: also of what is not here, which whoever asks for it believes to be.
import { type Column, type Duty, LIMITS } from '@ferry/shared';
import type { ColumnShelf } from './column-shelf.ts';
import type { HolderServer } from './holder-server.ts';
import { pagesOf } from './pages.ts';

export type ReleaseDuty = Extract<Duty, { type: 'release' }>;

export interface ReleaseDutiesOptions {
  deviceId: string;
  shelf: ColumnShelf;
  server: Pick<HolderServer, 'released'>;
  /** Resolves when nobody gets, or fetches, any more of it. */
  letGo: (column: Column) => Promise<void>;
}

export async function releaseColumns(
  duties: readonly ReleaseDuty[],
  { deviceId, shelf, server, letGo }: ReleaseDutiesOptions,
): Promise<void> {
  for (const page of pagesOf(duties, LIMITS.storeColumnsAtOnce)) {
    for (const { column } of page) {
      await letGo(column);
      await shelf.delete(column);
    }
    await server.released({ deviceId, columns: page.map(({ column }) => column) });
  }
}
