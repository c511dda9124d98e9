// The port between the exchange and how peers are reached. peer/peer-network.ts implements it over WebRTC;
// a worker implements it by asking its page, where alone connections can be made.
import type { FerryError } from './errors.ts';
import type { Emitter } from './util/emitter.ts';
import type { Channel } from './wire/channel.ts';

export interface ConnectorEvents {
  /** A new channel to a peer, made by either side; it replaces the last one, open or not. */
  channel: { peerId: string; channel: Channel };
  /** Trying goes on, but so far without success: tell the user. */
  unreachable: { peerId: string; error: FerryError };
}

export interface Connector {
  readonly events: Emitter<ConnectorEvents>;
  /** From now on, keep a channel to this peer as far as possible. Said again, somebody waits: try now. */
  want(peerId: string): void;
  /** It is no longer needed; a connector may close it after a while. */
  release(peerId: string): void;
  /** Its channel says `open`, but nobody answers: look for another path, under the same channel if that can be. */
  suspect(peerId: string): void;
}
