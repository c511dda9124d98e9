// What a row of the tray knows of something that comes from the Store, besides its transfer: that one fetches columns, and
// people see files. Types only.
import type { Manifest, ReadonlyBitfield } from '@ferry/webrtc-core';
import type { OnlineColumns } from './download-holders.ts';

export interface StoredRow {
  readonly versionId: string;
  readonly kind: 'file' | 'delivery';
  /** All files of it. */
  readonly manifest: Manifest;
  /** Those that are fetched; undefined before anything was accepted. */
  readonly chosen: Manifest | undefined;
  /** Chunks of {@link chosen}; undefined until its store was opened in this life of the program. */
  readonly held: ReadonlyBitfield | undefined;
  /** Of {@link chosen}, also before its store was opened. */
  readonly doneBytes: number;
  /** It rests because so few columns of some group are online. */
  readonly waitsFor: OnlineColumns | undefined;
  /** What it was kept for is over: a folder can be written to again, say. */
  goOn(): void;
}
