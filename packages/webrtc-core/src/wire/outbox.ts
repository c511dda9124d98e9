// Cuts messages into frames: control first, then one stream's chunks after another's, so that no transfer
// starves another and a cancel never waits behind a megabyte. Knows no channel and no time.
import type { EncodedMessage } from './codec.ts';
import { FRAGMENT_HEAD_BYTES, SLOT_COUNT, writeFragmentHead } from './fragment.ts';
import type { TransferId } from './transfer-id.ts';

interface OutgoingMessage extends EncodedMessage {
  sent: number;
  /** Told once: true when its last byte is in a frame, false when it was dropped. */
  settle: (sent: boolean) => void;
}

interface Stream {
  transfer: TransferId;
  /** Which slot its open message uses; control always has slot 0. */
  slot: number;
  queue: OutgoingMessage[];
}

const CONTROL_SLOT = 0;

export class Outbox {
  readonly #frame: Uint8Array;
  readonly #control: OutgoingMessage[] = [];
  /** In the order of their turns. */
  readonly #streams: Stream[] = [];
  readonly #freeSlots = Array.from({ length: SLOT_COUNT - 1 }, (_, index) => SLOT_COUNT - 1 - index);
  /** Slots whose message must be declared abandoned before they are used again. */
  readonly #abandoned: number[] = [];
  #controlBytes = 0;
  #length = 0;

  constructor(frameBytes: number) {
    this.#frame = new Uint8Array(frameBytes);
  }

  /** Control messages that have not left yet. */
  get controlBytes(): number {
    return this.#controlBytes;
  }

  /** Chunks that have not left yet, or not wholly. */
  get hasChunks(): boolean {
    return this.#streams.length > 0;
  }

  pushControl(message: EncodedMessage): void {
    this.#controlBytes += message.head.length;
    this.#control.push({ ...message, sent: 0, settle: () => {} });
  }

  /** Resolves true when the message is wholly in frames, false when it was dropped. */
  pushChunk(transfer: TransferId, message: EncodedMessage): Promise<boolean> {
    return new Promise((settle) => {
      const outgoing = { ...message, sent: 0, settle };
      const stream = this.#streams.find((candidate) => candidate.transfer === transfer);
      if (stream) stream.queue.push(outgoing);
      else this.#streams.push({ transfer, slot: -1, queue: [outgoing] });
    });
  }

  /** Drops a transfer's chunks, also one that is half sent. */
  drop(transfer: TransferId): void {
    const index = this.#streams.findIndex((stream) => stream.transfer === transfer);
    if (index === -1) return;
    const [stream] = this.#streams.splice(index, 1) as [Stream];
    if (stream.slot !== -1) {
      if (stream.queue[0]!.sent > 0) this.#abandoned.push(stream.slot);
      else this.#freeSlots.push(stream.slot);
    }
    for (const message of stream.queue) message.settle(false);
  }

  dropAll(): void {
    for (const { transfer } of [...this.#streams]) this.drop(transfer);
    this.#control.length = 0;
    this.#controlBytes = 0;
  }

  /**
   * The next frame, holding at most `creditBytes` of chunk data; undefined when there is nothing that may
   * be sent now. The view is valid until the next call.
   */
  nextFrame(creditBytes: number): { frame: Uint8Array; chunkBytes: number } | undefined {
    this.#length = 0;
    this.#writeAbandoned();
    this.#writeControl();
    const chunkBytes = this.#writeChunks(creditBytes);
    return this.#length > 0 ? { frame: this.#frame.subarray(0, this.#length), chunkBytes } : undefined;
  }

  get #room(): number {
    return this.#frame.length - this.#length - FRAGMENT_HEAD_BYTES;
  }

  #writeAbandoned(): void {
    while (this.#room > 0) {
      const slot = this.#abandoned.pop();
      if (slot === undefined) return;
      const head = { slot, first: false, last: false, messageLength: 0, length: 0 };
      this.#length = writeFragmentHead(this.#frame, this.#length, head);
      this.#freeSlots.push(slot);
    }
  }

  #writeControl(): void {
    while (this.#room > 0 && this.#control.length > 0) {
      const message = this.#control[0]!;
      if (!this.#writeFragment(CONTROL_SLOT, message, this.#room)) continue;
      this.#control.shift();
      this.#controlBytes -= message.head.length;
    }
  }

  #writeChunks(creditBytes: number): number {
    let credit = creditBytes;
    const turn = this.#streams[0];
    while (this.#room > 0 && credit > 0) {
      const stream = this.#streams.find((candidate) => this.#hasSlot(candidate));
      if (!stream) break;
      const message = stream.queue[0]!;
      const before = message.sent;
      const done = this.#writeFragment(stream.slot, message, Math.min(this.#room, credit));
      credit -= message.sent - before;
      if (done) this.#finishChunk(stream);
    }
    // Whoever had this frame waits for its next turn.
    if (turn && this.#streams[0] === turn && this.#streams.length > 1) this.#streams.push(this.#streams.shift()!);
    return creditBytes - credit;
  }

  #hasSlot(stream: Stream): boolean {
    if (stream.slot === -1) stream.slot = this.#freeSlots.pop() ?? -1;
    return stream.slot !== -1;
  }

  #finishChunk(stream: Stream): void {
    stream.queue.shift()!.settle(true);
    if (stream.queue.length > 0) return;
    this.#freeSlots.push(stream.slot);
    this.#streams.splice(this.#streams.indexOf(stream), 1);
  }

  /** Writes as much of a message as `limit` allows; true when that was the rest of it. */
  #writeFragment(slot: number, message: OutgoingMessage, limit: number): boolean {
    const { head, payload, sent } = message;
    const total = head.length + payload.length;
    const length = Math.min(total - sent, limit);
    const last = sent + length === total;
    let at = writeFragmentHead(this.#frame, this.#length, {
      slot,
      first: sent === 0,
      last,
      messageLength: total,
      length,
    });
    const fromHead = head.subarray(sent, Math.min(head.length, sent + length));
    this.#frame.set(fromHead, at);
    at += fromHead.length;
    const payloadStart = Math.max(0, sent - head.length);
    this.#frame.set(payload.subarray(payloadStart, payloadStart + length - fromHead.length), at);
    message.sent += length;
    this.#length = at + length - fromHead.length;
    return last;
  }
}
