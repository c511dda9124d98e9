// The server's inbox as webrtc-core's signaling port: being subscribed to it is what makes this device
// reachable. Knows nothing of what signals say.
import { Emitter, type SignalingChannel, SignalingError, type SignalingEvents } from '@ferry/webrtc-core';
import type { FerryApi, LiveApi } from './api.ts';

export interface SignalingOptions extends LiveApi {
  deviceId: string;
  deviceName: string;
}

export class ServerSignaling implements SignalingChannel {
  readonly events = new Emitter<SignalingEvents>();
  readonly #api: FerryApi;
  readonly #socket: LiveApi['socket'];
  readonly #deviceId: string;
  readonly #subscription: { unsubscribe(): void };

  constructor({ api, socket, deviceId, deviceName }: SignalingOptions) {
    this.#api = api;
    this.#socket = socket;
    this.#deviceId = deviceId;
    this.#subscription = api.signals.inbox.subscribe(
      { deviceId, deviceName },
      { onData: ({ data }) => this.events.emit('signal', { from: data.fromDevice, payload: data.payload }) },
    );
  }

  async send(to: string, payload: string): Promise<void> {
    // Kept for later it would be an offer that nobody stands for any more.
    if (this.#socket.connectionState.get().state === 'connecting') throw SignalingError.closed();
    const delivery = await this.#api.signals.send
      .mutate({ from: this.#deviceId, to, payload })
      .catch((cause: unknown) => {
        throw SignalingError.closed(cause);
      });
    if (delivery === 'offline') throw SignalingError.rejected();
  }

  close(): void {
    this.#subscription.unsubscribe();
    this.events.removeAll();
  }
}
