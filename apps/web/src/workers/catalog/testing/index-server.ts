// The server as sharing sees it, in memory: it keeps revisions and refuses as the real one does, and a test can take it
// away, have it forget, or make it full.
import type { ApiErrorCode, PublishedFile, ShareState } from '@ferry/shared';
import { Refusal } from '../../refusal.ts';
import type { CatalogServer } from '../catalog-server.ts';

interface ListedShare {
  title: string;
  audience: unknown;
  revision: number;
  files: Map<string, PublishedFile>;
  /** Told since a republication began. */
  told: Set<string> | undefined;
}

export class IndexServer implements CatalogServer {
  readonly shares = new Map<string, ListedShare>();
  /** Stopped from another device. */
  readonly ended = new Set<string>();
  readonly requests: string[] = [];
  /** What every request is refused with. */
  refusal: ApiErrorCode | 'unreachable' | undefined;
  /** Asked before each request of a kind; throws or waits. */
  before: (request: string) => unknown = () => {};
  mostFiles = Number.POSITIVE_INFINITY;

  /** Its owner stops it from another device. */
  end(shareId: string): void {
    this.ended.add(shareId);
    this.shares.delete(shareId);
  }

  files(shareId: string): string[] {
    return [...(this.shares.get(shareId)?.files.keys() ?? [])].sort();
  }

  putShare: CatalogServer['putShare'] = async ({ shareId, title, audience }) => {
    await this.#request(`put ${title}`);
    if (this.ended.has(shareId)) throw new Refusal('share-ended');
    const known = this.shares.get(shareId) ?? { revision: 0, files: new Map(), told: undefined };
    this.shares.set(shareId, { ...known, title, audience });
    return this.#state(shareId);
  };

  removeShare: CatalogServer['removeShare'] = async ({ shareId }) => {
    await this.#request('remove');
    this.shares.delete(shareId);
  };

  mine: CatalogServer['mine'] = async () => {
    await this.#request('mine');
    return [...this.shares.keys()].map((shareId) => this.#state(shareId));
  };

  publish: CatalogServer['publish'] = async ({ shareId, baseRevision, put, remove }) => {
    await this.#request(`publish +${put.length} -${remove.length}`);
    const share = this.#share(shareId);
    if (share.revision !== baseRevision) throw new Refusal('revision-mismatch');
    const paths = new Set([...share.files.keys(), ...put.map(([path]) => path)]);
    for (const path of remove) paths.delete(path);
    if (put.length > 0 && paths.size > this.mostFiles) throw new Refusal('too-many');
    for (const file of put) {
      share.files.set(file[0], file);
      share.told?.add(file[0]);
    }
    for (const path of remove) share.files.delete(path);
    share.revision++;
    return this.#state(shareId);
  };

  republish: CatalogServer['republish'] = async ({ shareId, step }) => {
    await this.#request(step);
    const share = this.#share(shareId);
    if (step === 'begin') share.told = new Set();
    else {
      for (const path of share.files.keys()) if (!share.told?.has(path)) share.files.delete(path);
      share.told = undefined;
    }
    share.revision++;
    return this.#state(shareId);
  };

  hold: CatalogServer['hold'] = async () => {};
  key: CatalogServer['key'] = () => Promise.reject(new Refusal('internal'));
  grant: CatalogServer['grant'] = () => Promise.reject(new Refusal('not-found'));

  async #request(request: string): Promise<void> {
    this.requests.push(request);
    await this.before(request);
    if (this.refusal) throw new Refusal(this.refusal);
  }

  #share(shareId: string): ListedShare {
    const share = this.shares.get(shareId);
    if (!share) throw new Refusal('not-found');
    return share;
  }

  #state(shareId: string): ShareState {
    const { revision, files } = this.#share(shareId);
    return { shareId, revision, fileCount: files.size };
  }
}
