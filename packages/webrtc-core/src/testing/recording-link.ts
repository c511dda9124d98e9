// The part of a link that receivers and senders use, noting what is said instead of sending it.
import type { Link } from '../wire/link.ts';
import type { Message } from '../wire/message.ts';
import type { ChunkMessage } from '../wire/pull-message.ts';
import type { TransferId } from '../wire/transfer-id.ts';

export class RecordingLink {
  readonly said: Message[] = [];
  readonly dropped: TransferId[] = [];
  intake = { bytes: 0, isHeldBack: false };
  closedWith: unknown;

  /** Typed as what it stands in for: only these methods are ever called. */
  get link(): Link {
    return this as unknown as Link;
  }

  send(message: Message): void {
    this.said.push(message);
  }

  async sendChunk(message: ChunkMessage): Promise<boolean> {
    this.said.push(message);
    return true;
  }

  dropChunks(transfer: TransferId): void {
    this.dropped.push(transfer);
  }

  close(error?: unknown): void {
    this.closedWith = error;
  }

  /** What was said since the last time, of one type if given. */
  take<Type extends Message['type']>(type?: Type): Extract<Message, { type: Type }>[] {
    const taken = this.said.splice(0);
    return (type ? taken.filter((message) => message.type === type) : taken) as Extract<Message, { type: Type }>[];
  }
}
