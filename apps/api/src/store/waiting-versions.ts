// Versions that somebody who comes could be given something of: which of them are worth a look follows from how many people
// are there. In memory; whoever looks at a version says again what it waits for. Pure bookkeeping.

export interface Waiting {
  /** Of the uploader: it keeps nothing of its own for others. */
  readonly ownerId: string;
  /** Others who must be there and offer room before a look can be of any use; 0: any time. */
  readonly ownerCount: number;
}

export class WaitingVersions {
  readonly #waiting = new Map<string, Waiting>();

  /** @param waiting undefined: for nothing that comes by itself */
  set(versionId: string, waiting: Waiting | undefined): void {
    if (waiting) this.#waiting.set(versionId, waiting);
    else this.#waiting.delete(versionId);
  }

  /** @param ownerIds those who are there and offer room */
  *worthALook(ownerIds: ReadonlySet<string>): Generator<string> {
    for (const [versionId, { ownerId, ownerCount }] of this.#waiting) {
      const others = ownerIds.size - (ownerIds.has(ownerId) ? 1 : 0);
      if (others >= ownerCount) yield versionId;
    }
  }
}
