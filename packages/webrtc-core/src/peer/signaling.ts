// The port that outsiders implement to introduce peers: carries short strings between two of them. Knows
// nothing of what the strings say.
import type { Emitter } from '../util/emitter.ts';

export interface SignalingEvents {
  /** From the other peer as the carrier vouches for it, in the order sent, none twice. */
  signal: { from: string; payload: string };
  /** This peer can be reached (again): waiting for a backoff makes no sense now. */
  available: { peerId: string };
}

export interface SignalingChannel {
  readonly events: Emitter<SignalingEvents>;
  /**
   * Resolves when the carrier has taken the signal for delivery.
   * @throws SignalingError `signaling-rejected` when the peer cannot be reached now, `signaling-closed`
   */
  send(to: string, payload: string): Promise<void>;
}
