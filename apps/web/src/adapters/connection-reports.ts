// Picks what the operator's numbers need out of what the engine shows: by which route each transfer was announced. Knows
// nothing of how it is told to the server.
import type { ConnectionReport } from '@ferry/shared';
import type { TransferSnapshot } from './engine-contract.ts';

export class ConnectionReports {
  readonly #report: (report: ConnectionReport) => void;
  /** Of the transfers that are shown: whether their routes are still to be told. */
  #isUntold = new Map<string, boolean>();

  constructor(report: (report: ConnectionReport) => void) {
    this.#report = report;
  }

  saw(transfers: readonly TransferSnapshot[]): void {
    const sends = transfers.filter(({ direction }) => direction === 'send');
    this.#isUntold = new Map(sends.map((transfer) => [transfer.transferId, this.#tell(transfer)]));
  }

  #tell({ transferId, status, route, connection }: TransferSnapshot): boolean {
    // One that somebody has accepted when it is first seen was told of before this page was loaded.
    const isUntold = this.#isUntold.get(transferId) ?? status === 'announced';
    if (!isUntold || !connection || route === 'offline') return isUntold;
    this.#report({ type: 'announced', route });
    return false;
  }
}
