// How many asks of each device wait for the application's answer. Knows nothing of what is asked.

export class OpenAsks {
  readonly #counts = new Map<string, number>();

  countOf(peerId: string): number {
    return this.#counts.get(peerId) ?? 0;
  }

  /** @returns to be called when it is answered; a second call changes nothing */
  open(peerId: string): () => void {
    this.#counts.set(peerId, this.countOf(peerId) + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      const left = this.countOf(peerId) - 1;
      if (left > 0) this.#counts.set(peerId, left);
      else this.#counts.delete(peerId);
    };
  }
}
