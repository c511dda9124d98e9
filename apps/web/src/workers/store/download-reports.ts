// Tells the server of wrong bytes of a column, once of each that keeps it: others look at the same then. Drops nobody, which
// the engine does by itself.
import type { Receiver } from '@ferry/webrtc-core';
import type { ColumnBundle } from '@ferry/webrtc-core/erasure';
import type { DownloadServer } from './download-server.ts';

export interface DownloadReportsOptions {
  deviceId: string;
  versionId: string;
  server: Pick<DownloadServer, 'report'>;
}

export class DownloadReports {
  readonly #options: DownloadReportsOptions;
  readonly #told = new Set<string>();

  constructor(options: DownloadReportsOptions) {
    this.#options = options;
  }

  listen(receiver: Receiver, bundle: ColumnBundle): void {
    receiver.events.on('damaged', ({ peerId, chunk }) => this.#report(peerId, chunk, bundle));
  }

  #report(holder: string, chunk: number, bundle: ColumnBundle): void {
    const { deviceId, versionId, server } = this.#options;
    const entry = bundle.layout.entryOf(chunk);
    const { group, index } = bundle.columnOf(entry);
    const key = `${holder} ${group} ${index}`;
    // What is kept here is wrong here: that shows when it is looked through.
    if (holder === deviceId || this.#told.has(key)) return;
    this.#told.add(key);
    const column = { versionId, group, index };
    const at = chunk - bundle.layout.chunksOf(entry).first;
    // One report less changes nothing: others download, too.
    server.report({ deviceId, column, chunk: at, holder }).catch(() => {});
  }
}
