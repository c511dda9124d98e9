// How transfers ended that are no longer in memory: enough to answer a peer that missed it, so that nobody waits
// for ever and nothing is asked twice. Knows no states; decides nothing.

import { hashesEqual } from '../content/hash.ts';
import type { Run } from '../content/run.ts';
import type { AnnounceMessage } from '../wire/bundle-message.ts';
import type { Link } from '../wire/link.ts';
import type { TransferMessage } from '../wire/message.ts';
import type { TransferId } from '../wire/transfer-id.ts';

/** What the receiving side remembers. */
export type ReceivedOutcome =
  | { status: 'declined' }
  | { status: 'cancelled' }
  | { status: 'done'; chosenRuns: readonly Run[]; entryCount: number; root: Uint8Array };

/** What the sending side remembers. */
export type SentOutcome = { status: 'cancelled' } | { status: 'done'; entryCount: number; root: Uint8Array };

interface Remembered<Outcome> {
  peerId: string;
  outcome: Outcome;
}

/** Far more than anybody leaves unanswered; the oldest go first. */
const MOST_OUTCOMES = 10_000;

export class Outcomes {
  readonly #received = new Map<TransferId, Remembered<ReceivedOutcome>>();
  readonly #sent = new Map<TransferId, Remembered<SentOutcome>>();

  received(transfer: TransferId, peerId: string, outcome: ReceivedOutcome): void {
    keep(this.#received, transfer, { peerId, outcome });
  }

  sent(transfer: TransferId, peerId: string, outcome: SentOutcome): void {
    keep(this.#sent, transfer, { peerId, outcome });
  }

  /** @returns whether the announced transfer is known to have ended, and the sender was told how */
  answerAnnounce(peerId: string, link: Link, { transfer }: AnnounceMessage): boolean {
    const known = this.#received.get(transfer);
    if (known?.peerId !== peerId) return false;
    const { outcome } = known;
    if (outcome.status === 'declined') link.send({ type: 'decline', transfer });
    else if (outcome.status === 'cancelled') link.send({ type: 'cancel', transfer, reason: 'user' });
    else {
      const { entryCount, root } = outcome;
      link.send({ type: 'accept', transfer, entries: [...outcome.chosenRuns] });
      link.send({ type: 'complete', transfer, firstEntry: 0, entryCount, root });
    }
    return true;
  }

  /** @returns whether the receiver's message is about a transfer known to have ended, and it was told what it needs */
  answerReceiver(peerId: string, link: Link, message: TransferMessage): boolean {
    const { transfer } = message;
    const known = this.#sent.get(transfer);
    if (known?.peerId !== peerId) return false;
    const { outcome } = known;
    if (outcome.status === 'cancelled') {
      if (message.type === 'accept' || message.type === 'list') link.send({ type: 'cancel', transfer, reason: 'user' });
    } else if (message.type === 'complete') {
      const isAll = message.firstEntry === 0 && message.entryCount === outcome.entryCount;
      if (isAll && hashesEqual(message.root, outcome.root)) link.send(message);
    }
    return true;
  }
}

function keep<Value>(map: Map<TransferId, Value>, transfer: TransferId, value: Value): void {
  map.delete(transfer);
  map.set(transfer, value);
  const oldest = map.keys().next();
  if (map.size > MOST_OUTCOMES && !oldest.done) map.delete(oldest.value);
}
