// What the server must hear of an upload, in order, and what it says then: begun, its columns confirmed, how far it is.
// Saying something twice is harmless, so each round says what it is not sure of. Knows no files.
import { LIMITS } from '@ferry/shared';
import { base64url } from '../base64url.ts';
import { Refusal } from '../refusal.ts';
import type { Given } from './given-columns.ts';
import type { UploadServer } from './store-server.ts';
import type { Upload } from './upload.ts';
import { refusedUpload } from './upload-refusal.ts';

export interface UploadRoundOptions {
  deviceId: string;
  server: UploadServer;
}

export type RoundOutcome =
  | 'told'
  /** It was deleted, or has expired. */
  | 'gone'
  /** The server knew it once, and does not any more: it is to be begun anew. */
  | 'lost';

/** The server knows as long what was deleted; what it does not know after that was. */
const REMEMBERED_GONE_MS = 30 * 24 * 60 * 60_000;

export class UploadRound {
  readonly #options: UploadRoundOptions;
  /** Groups whose tags the server has, as `<version>-<group>`. */
  readonly #tagged = new Set<string>();

  constructor(options: UploadRoundOptions) {
    this.#options = options;
  }

  /** What is refused for good fails, and keeps nothing else waiting. @throws Refusal one that passes */
  async run(upload: Upload): Promise<RoundOutcome> {
    const { versionId } = upload;
    const isTagged = [...this.#tagged].some((key) => key.startsWith(versionId));
    try {
      if (!upload.record.isBegun) await this.#begin(upload);
      await this.#confirm(upload);
      return await this.look(upload);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === 'not-found' && upload.record.isBegun) return await this.look(upload);
      const refused = refusedUpload(error, upload.record.sizeBytes);
      if (refused.type === 'gone') return 'gone';
      // A server that has taken it and does not know its tags has lost them: they are told once more.
      this.#forgetTags(versionId);
      if (refused.type === 'try-again' || isTagged) throw error;
      await upload.fail(refused.problem);
      return 'told';
    }
  }

  /** @throws Refusal */
  async look(upload: Upload): Promise<RoundOutcome> {
    const state = await this.#options.server.upload({ versionId: upload.versionId });
    if (state.isGone) return 'gone';
    if (state.isUnknown) return this.#unknown(upload);
    for (const group of state.taggedGroups) this.#tagged.add(`${upload.versionId}-${group}`);
    await upload.told(state);
    return 'told';
  }

  async #unknown(upload: Upload): Promise<RoundOutcome> {
    const { versionId, isBegun, createdAt } = upload.record;
    if (!isBegun) return 'told';
    if (Date.now() - createdAt >= REMEMBERED_GONE_MS) return 'gone';
    this.#forgetTags(versionId);
    await upload.beginAnew();
    return 'lost';
  }

  #forgetTags(versionId: string): void {
    for (const key of this.#tagged) if (key.startsWith(versionId)) this.#tagged.delete(key);
  }

  async #begin(upload: Upload): Promise<void> {
    const { server, deviceId } = this.#options;
    const { versionId, sizeBytes, expiresAt, code } = upload.record;
    const { content, sealedPages } = upload.content;
    await server.begin({ deviceId, versionId, sizeBytes, expiresAt, content, ...(code && { code }) });
    for (const [page, bytes] of sealedPages.entries()) await server.putSealed({ versionId, page, bytes });
    await upload.change({ isBegun: true });
  }

  async #confirm(upload: Upload): Promise<void> {
    const groups = Map.groupBy(upload.given.unconfirmed, ({ column }) => column.group);
    for (const [group, columns] of groups) {
      if (await this.#tellTags(upload, group)) await this.#confirmColumns(upload, columns);
    }
  }

  /** @returns false while that is not possible: some of the group was never encrypted, and its files are not at hand */
  async #tellTags(upload: Upload, group: number): Promise<boolean> {
    const { versionId, encoder } = upload;
    const key = `${versionId}-${group}`;
    if (this.#tagged.has(key)) return true;
    const tags = await encoder.tagsOf(group);
    if (!tags) return false;
    await this.#options.server.tags({ versionId, group, tags: base64url(tags) });
    this.#tagged.add(key);
    return true;
  }

  async #confirmColumns({ given, encoder }: Upload, columns: readonly Given[]): Promise<void> {
    const { server, deviceId } = this.#options;
    for (let at = 0; at < columns.length; at += LIMITS.storeColumnsAtOnce) {
      const page = columns.slice(at, at + LIMITS.storeColumnsAtOnce);
      const known = page.map(({ column, contentId }) => {
        const sizeBytes = encoder.geometry!.columnBytes(column.group, column.index);
        return { ...column, contentId, sizeBytes };
      });
      await server.confirm({ deviceId, columns: known });
      await given.confirmed(page);
    }
  }
}
