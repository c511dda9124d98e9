// How something comes to be shared: of what somebody brings, that which is shared already stays in its share, and the
// rest is a new one. Knows no page and no server.
import { isCatalogName } from '@ferry/shared';
import type { ShareRequest } from '../../adapters/catalog-contract.ts';
import type { SourceHandle } from '../../adapters/engine-contract.ts';
import type { ShareRecord } from './catalog-database.ts';
import type { LiveShare } from './live-share.ts';
import { sessionFiles } from './open-share.ts';
import { notShared, shareOfFolder } from './same-source.ts';
import type { ShareBoard } from './share-board.ts';
import { changeShare } from './share-change.ts';
import type { ShareRecords } from './share-records.ts';

export interface ShareStartOptions {
  shares: ShareRecords;
  board: ShareBoard;
}

export class ShareStart {
  readonly #options: ShareStartOptions;

  constructor(options: ShareStartOptions) {
    this.#options = options;
  }

  /**
   * Resolves with the share's id.
   *
   * @throws Error `path-invalid` for a name that cannot be listed, `nothing-to-share`
   */
  async start(request: ShareRequest): Promise<string> {
    const { shares, board } = this.#options;
    const { kind, audience, rules } = request;
    const { handles, known } = await this.#fresh(request);
    if (known && handles.length === 0) {
      // Shared once more as a whole, all of it is meant.
      await changeShare(board, known, { audience, rules, excludedPaths: [] });
      return known.record.shareId;
    }
    const files = request.handles.length > 0 ? undefined : sessionFiles(kind, request.files);
    if (handles.length === 0 && !files?.size) throw new Error('nothing-to-share');
    const title = known ? handles[0]!.name : request.title;
    if (!isCatalogName(title)) throw new Error('path-invalid');
    const record = newShare({ title, kind, audience, rules, handles });
    await shares.add(record);
    const share = await board.add(record);
    share.files = files;
    board.apply(share, { type: 'opened' });
    board.publishing.retry();
    board.publishing.wake(record.shareId, 0);
    return record.shareId;
  }

  /** Of what is to be shared that which is not yet, and the share that the rest is in. */
  async #fresh({ kind, handles }: ShareRequest): Promise<{ handles: SourceHandle[]; known?: LiveShare | undefined }> {
    const { board } = this.#options;
    const records = board.all().map(({ record }) => record);
    const [folder] = handles;
    if (!folder) return { handles: [] };
    if (kind === 'files') {
      const { fresh, known } = await notShared(records, handles);
      return { handles: fresh, known: known && board.get(known.shareId) };
    }
    const known = await shareOfFolder(records, folder.handle);
    return known ? { handles: [], known: board.get(known.shareId) } : { handles: [folder] };
  }
}

function newShare(about: Pick<ShareRecord, 'title' | 'kind' | 'audience' | 'handles' | 'rules'>): ShareRecord {
  return {
    shareId: crypto.randomUUID(),
    ...about,
    excludedPaths: [],
    createdAt: Date.now(),
    revision: null,
    isPut: false,
    scannedAt: null,
    skippedCount: 0,
  };
}
