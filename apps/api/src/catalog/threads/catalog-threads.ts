// The catalog's file and the threads on it, as something to call: what the writer can do, and what the reader can. A
// file that nobody wrote to needs no thread. Knows nothing of what it is that is read and written.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogFile } from '../../db/data-folder.ts';
import { prepareCatalog } from '../catalog-file.ts';
import type { CatalogReader } from '../catalog-reader.ts';
import type { CatalogWriter } from '../catalog-writer.ts';
import type { ChangeReach } from '../change-reach.ts';
import { ThreadTeam } from './thread-team.ts';

type WriteMethod = Exclude<keyof CatalogWriter, 'close'>;

export class CatalogThreads {
  readonly #team: ThreadTeam;
  readonly #temporaryFolder: string | undefined;
  #isEmpty: boolean;
  /** To be told with the first thing that is written. */
  #hidden: readonly string[] = [];

  /**
   * @param dataDir a folder that is there; `:memory:` keeps nothing after the end
   * @param changed is called with those for whom something is different
   * @param say is told in a sentence what happened to the file or the threads
   * @throws DatabaseError
   */
  constructor(dataDir: string, changed: (reach: ChangeReach) => void, say: (sentence: string) => void) {
    if (dataDir === ':memory:') this.#temporaryFolder = mkdtempSync(join(tmpdir(), 'ferry-catalog-'));
    const file = catalogFile(this.#temporaryFolder ?? dataDir);
    this.#isEmpty = prepareCatalog(file, say);
    const madeAnew = () => {
      this.#isEmpty = true;
      changed('everyone');
    };
    this.#team = new ThreadTeam(file, { changed, madeAnew }, say);
  }

  /** Nobody wrote to it since it was made: there is no need to start a thread for what is asked every few seconds. */
  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  async setHiddenOwners(userIds: readonly string[]): Promise<void> {
    this.#hidden = userIds;
    if (!this.#isEmpty) await this.write('setHiddenOwners', userIds);
  }

  write<Method extends WriteMethod>(
    method: Method,
    ...parameters: Parameters<CatalogWriter[Method]>
  ): ReturnType<CatalogWriter[Method]> {
    if (this.#isEmpty) {
      this.#isEmpty = false;
      // It has its turn before what is written now. Should the thread die of it, the file is looked at again.
      this.#team.call('write', 'setHiddenOwners', [this.#hidden]).catch(() => {});
    }
    return this.#team.call('write', method, parameters) as ReturnType<CatalogWriter[Method]>;
  }

  read<Method extends keyof CatalogReader>(
    method: Method,
    ...parameters: Parameters<CatalogReader[Method]>
  ): Promise<ReturnType<CatalogReader[Method]>> {
    return this.#team.call('read', method, parameters) as Promise<ReturnType<CatalogReader[Method]>>;
  }

  async close(): Promise<void> {
    await this.#team.close();
    if (this.#temporaryFolder) rmSync(this.#temporaryFolder, { recursive: true, force: true });
  }
}
