// A share as the engine has it while it runs: what is remembered of it, its files if they live for the session, and how
// it is. Knows no workers and no server.
import type { ShareSnapshot } from '../../adapters/catalog-contract.ts';
import type { ShareRecord, ShareTally } from './catalog-database.ts';
import { emptyTally, type FoundFile } from './entry-change.ts';
import { type OpenShare, shareOfFiles, shareOfHandles } from './open-share.ts';
import { INITIAL, problemOf, type ShareState, statusOf } from './share-state.ts';

export class LiveShare {
  record: ShareRecord;
  state: ShareState = INITIAL;
  tally: ShareTally;
  /** By their paths within the share; of one whose files live for the session. */
  files: ReadonlyMap<string, File> | undefined;

  constructor(record: ShareRecord) {
    this.record = record;
    this.tally = emptyTally(record.shareId);
  }

  get hasHandles(): boolean {
    return this.record.handles.length > 0;
  }

  /** For reading; undefined while the files cannot be opened, for all that is known. */
  open(): OpenShare | undefined {
    if (this.files) return shareOfFiles(this.files);
    return this.hasHandles ? shareOfHandles(this.record.kind, this.record.handles) : undefined;
  }

  /** What a walk of files without handles starts from. */
  foundFiles(): FoundFile[] | null {
    if (!this.files) return null;
    return Array.from(this.files, ([path, { size, lastModified, type }]) => ({
      path,
      sizeBytes: size,
      modifiedMs: lastModified,
      mediaType: type,
    }));
  }

  /** @param countAnew files that have been told again, while it is published anew */
  snapshot(countAnew: number | undefined): ShareSnapshot {
    const { shareId, title, kind, audience, rules, createdAt, scannedAt, skippedCount, isPut, revision } = this.record;
    const { fileCount, totalBytes, untoldCount, verifiedCount } = this.tally;
    const isTold = isPut && revision !== null;
    const counts = { isListed: isTold && untoldCount === 0 };
    const problem = problemOf(this.state, counts);
    return {
      shareId,
      title,
      kind,
      audience,
      rules,
      createdAt,
      scannedAt,
      skippedCount,
      status: statusOf(this.state, counts),
      ...(problem && { problem }),
      foundCount: fileCount,
      // A new one that went before it was told is among the untold.
      publishedCount: isTold ? Math.max(0, fileCount - untoldCount) : Math.min(countAnew ?? 0, fileCount),
      verifiedCount,
      totalBytes,
      survivesReload: this.hasHandles,
    };
  }
}
