// What was refused here, remembered for a while: should its sender have missed that, nobody is asked again. Knows no rows.
import type { Exchange, Receiver } from '@ferry/webrtc-core';
import type { BundleRecords } from './bundle-records.ts';

/** A sender that has not come back in this time will not. */
const REFUSALS_KEPT_MS = 90 * 86_400_000;

export class ReceivedRefusals {
  readonly #records: BundleRecords;
  readonly #exchange: Exchange;

  constructor(records: BundleRecords, exchange: Exchange) {
    this.#records = records;
    this.#exchange = exchange;
  }

  async restore(): Promise<void> {
    for (const { transferId, peerDeviceId, status, endedAt } of await this.#records.refusals()) {
      if (Date.now() - endedAt > REFUSALS_KEPT_MS) await this.#records.deleteRefusal(transferId);
      else this.#exchange.rememberReceived(transferId, peerDeviceId, { status });
    }
  }

  changed({ transfer: transferId, peerId: peerDeviceId, state, isAsked }: Receiver): void {
    // Nobody announces again what was found in the catalog.
    if (isAsked) return;
    const isRefused = state.status === 'declined' || (state.status === 'cancelled' && state.by === 'me');
    if (isRefused)
      void this.#records.putRefusal({ transferId, peerDeviceId, status: state.status, endedAt: Date.now() });
  }
}
