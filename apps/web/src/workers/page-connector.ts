// A Connector for an engine in a worker: asks the page for connections and takes the channels it is
// handed. Knows nothing of RTCPeerConnection, which exists on the page only.
import {
  ConnectionError,
  type Connector,
  type ConnectorEvents,
  DataChannel,
  Emitter,
  type NoPathCode,
} from '@ferry/webrtc-core';
import type { ChannelEndedMessage, ChannelMessage, PageFunctions } from '../adapters/engine-rpc.ts';
import { PortChannel } from './port-channel.ts';

type Page = Pick<PageFunctions, 'want' | 'release' | 'suspect' | 'endChannel'>;

export class PageConnector implements Connector {
  readonly events = new Emitter<ConnectorEvents>();
  readonly #page: Page;
  readonly #endings = new Map<string, AbortController>();

  constructor(page: Page, scope: Pick<EventTarget, 'addEventListener'>) {
    this.#page = page;
    scope.addEventListener('message', (event) => this.#receive((event as MessageEvent).data));
  }

  want(peerId: string): void {
    this.#page.want(peerId);
  }

  release(peerId: string): void {
    this.#page.release(peerId);
  }

  suspect(peerId: string): void {
    this.#page.suspect(peerId);
  }

  /** The page found no path so far. */
  unreachable(peerId: string, code: NoPathCode): void {
    this.events.emit('unreachable', { peerId, error: ConnectionError.noPath(code) });
  }

  #receive(message: ChannelMessage | ChannelEndedMessage): void {
    if (message?.type === 'channel') this.#adopt(message);
    if (message?.type === 'channel-ended') this.#end(message.channelId);
  }

  #adopt({ channelId, peerId, channel }: ChannelMessage): void {
    const ending = new AbortController();
    this.#endings.set(channelId, ending);
    const adopted =
      channel instanceof MessagePort
        ? new PortChannel(channel, ending.signal)
        : new DataChannel(channel, ending.signal);
    adopted.events.on('close', () => this.#page.endChannel(channelId));
    this.events.emit('channel', { peerId, channel: adopted });
  }

  #end(channelId: string): void {
    this.#endings.get(channelId)?.abort(ConnectionError.lost());
    this.#endings.delete(channelId);
  }
}
