// Room for what is received: says why a transfer waits for some, and lets it go on when there is enough. Knows no links
// and writes nothing.
import type { Receiver } from '@ferry/webrtc-core';
import type { Problem } from '../adapters/engine-contract.ts';
import type { ReceivedBundles } from './received-bundles.ts';
import type { TransferTable } from './transfer-table.ts';

export interface ReceivingSpaceOptions {
  table: TransferTable;
  received: ReceivedBundles;
  /** How many bytes this browser would still keep; no more than `enoughBytes` need be found. */
  freeBytes: (enoughBytes?: number) => Promise<number>;
  touch: () => void;
}

export class ReceivingSpace {
  readonly #options: ReceivingSpaceOptions;

  constructor(options: ReceivingSpaceOptions) {
    this.#options = options;
  }

  /** Why so many bytes cannot be kept in this browser; undefined when they can. */
  async problemOf(neededBytes: number): Promise<Problem | undefined> {
    const freeBytes = await this.#options.freeBytes(neededBytes);
    return neededBytes > freeBytes ? { code: 'store-full', neededBytes, freeBytes } : undefined;
  }

  /** It is paused because what it is kept in is full. */
  async explainFull(receiver: Receiver): Promise<void> {
    const { table, received, touch } = this.#options;
    const row = table.receiving(receiver.transfer);
    if (!row || row.problem) return;
    if (received.get(receiver.transfer)?.folder) {
      row.problem = { code: 'store-full' };
      return touch();
    }
    const neededBytes = missingBytes(receiver);
    row.problem = { code: 'store-full', neededBytes, freeBytes: 0 };
    row.problem = { code: 'store-full', neededBytes, freeBytes: await this.#options.freeBytes(neededBytes) };
    touch();
  }

  /** Transfers that waited for room go on when there is enough. */
  async resumeWhatFits(): Promise<void> {
    const { table, received, touch } = this.#options;
    for (const row of table.all()) {
      if (row.direction !== 'receive' || row.problem?.code !== 'store-full') continue;
      const { state } = row.transfer;
      if (state.status !== 'paused' || state.by.me !== 'space') continue;
      // How much room there is in a folder of the user's, no browser tells: that is for the user to say.
      if (received.get(row.transferId)?.folder) continue;
      row.problem = await this.problemOf(missingBytes(row.transfer));
      if (!row.problem) row.transfer.resume();
      touch();
    }
  }
}

function missingBytes({ progress }: Receiver): number {
  return (progress?.totalBytes ?? 0) - (progress?.doneBytes ?? 0);
}
