// The server's inbox as webrtc-core's signaling port: being subscribed to it is what makes this device
// reachable. Knows nothing of what signals say, and the server's procedures only as far as it calls them.
import type { Signal, SignalDelivery } from '@ferry/shared';
import { Emitter, type SignalingChannel, SignalingError, type SignalingEvents } from '@ferry/webrtc-core';

export interface ServerSignalingOptions {
  /** Of the API's client, over `socket`. */
  signals: {
    inbox: {
      subscribe(
        device: { deviceId: string; deviceName: string },
        observer: { onData(event: { data: Signal }): void },
      ): { unsubscribe(): void };
    };
    send: { mutate(signal: { from: string; to: string; payload: string }): Promise<SignalDelivery> };
  };
  socket: { connectionState: { get(): { state: string } } };
  deviceId: string;
  deviceName: string;
}

export class ServerSignaling implements SignalingChannel {
  readonly events = new Emitter<SignalingEvents>();
  readonly #signals: ServerSignalingOptions['signals'];
  readonly #socket: ServerSignalingOptions['socket'];
  readonly #deviceId: string;
  readonly #subscription: { unsubscribe(): void };

  constructor({ signals, socket, deviceId, deviceName }: ServerSignalingOptions) {
    this.#signals = signals;
    this.#socket = socket;
    this.#deviceId = deviceId;
    this.#subscription = signals.inbox.subscribe(
      { deviceId, deviceName },
      { onData: ({ data }) => this.events.emit('signal', { from: data.fromDevice, payload: data.payload }) },
    );
  }

  async send(to: string, payload: string): Promise<void> {
    // Kept for later it would be an offer that nobody stands for any more.
    if (this.#socket.connectionState.get().state === 'connecting') throw SignalingError.closed();
    const delivery = await this.#signals.send.mutate({ from: this.#deviceId, to, payload }).catch((cause: unknown) => {
      throw SignalingError.closed(cause);
    });
    if (delivery === 'offline') throw SignalingError.rejected();
  }

  close(): void {
    this.#subscription.unsubscribe();
    this.events.removeAll();
  }
}
