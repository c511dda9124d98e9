// What the page asks of the zip worker. Types only.
import type { EntrySnapshot } from './engine-contract.ts';

export interface ZipRequest {
  userId: string;
  transferId: string;
  /** All bytes of the bundle, files end to end. */
  data: Blob;
  /** The files to pack; `offset` is where each one's bytes start in the bundle's data. */
  files: (EntrySnapshot & { offset: number })[];
}

export type ZipReply =
  | { type: 'progress'; savedBytes: number }
  /** The archive, on disk. */
  | { type: 'done'; archive: File }
  | { type: 'failed'; reason: 'store-full' | 'store-failed' };
