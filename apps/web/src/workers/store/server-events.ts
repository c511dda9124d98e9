// What the page hears of the Store from the server, for everything here that waits for it. Knows no connection: the page
// has one, and says when it was out of reach.
import type { StoreEvent } from '@ferry/shared';
import { Emitter } from '@ferry/webrtc-core';

export class ServerEvents {
  readonly events = new Emitter<{
    /** There is something for this device to do. */
    duties: undefined;
    /** Something that is stored, or how safe it is, may have changed. */
    changed: undefined;
    /** The server can be reached, and may have forgotten what it was told. */
    connected: undefined;
  }>();

  told({ type }: StoreEvent): void {
    this.events.emit(type, undefined);
  }

  connected(): void {
    this.events.emit('connected', undefined);
  }
}
