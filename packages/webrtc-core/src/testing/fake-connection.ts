// A stand-in for RTCPeerConnection that keeps W3C's signaling states and its order of operations, with no
// network behind it: the test says what becomes of the path. Knows no session.
import type { Clock } from '../util/clock.ts';

/** A candidate that it refuses, as browsers do with one they cannot read. */
export const UNREADABLE_CANDIDATE = 'unreadable';

export class FakeConnection {
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: RTCIceCandidateInit | null }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  /** What `getStats` reports. */
  stats = new Map<string, unknown>();
  /** Candidates of the other side that it took. */
  readonly candidates: string[] = [];
  /** Each one set after it was made. */
  readonly configurations: RTCConfiguration[] = [];
  restartCount = 0;
  rollbackCount = 0;
  readonly #name: string;
  readonly #clock: Clock;
  #offerCount = 0;
  #needsNegotiation = false;
  #operations: Promise<void> = Promise.resolve();

  /** The name tells its descriptions apart: they read `offer 1 of alice`, `answer to offer 1 of alice`. */
  constructor(name: string, clock: Clock) {
    this.#name = name;
    this.#clock = clock;
  }

  /** Typed as what it stands in for: only these members are ever used. */
  get connection(): RTCPeerConnection {
    return this as unknown as RTCPeerConnection;
  }

  createDataChannel(label: string, init: RTCDataChannelInit): RTCDataChannel {
    this.#needNegotiation();
    return { label, ...init, close() {} } as RTCDataChannel;
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.configurations.push(configuration);
  }

  restartIce(): void {
    this.restartCount++;
    this.#needNegotiation();
  }

  setLocalDescription(): Promise<void> {
    return this.#operate(() => {
      const offer = this.signalingState === 'have-remote-offer' ? this.remoteDescription : null;
      this.localDescription = offer
        ? { type: 'answer', sdp: `answer to ${offer.sdp}` }
        : { type: 'offer', sdp: `offer ${++this.#offerCount} of ${this.#name}` };
      // An answer covers what this side wanted, too.
      this.#needsNegotiation = false;
      this.#become(offer ? 'stable' : 'have-local-offer');
    });
  }

  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    return this.#operate(() => {
      const isWaiting = this.signalingState === 'have-local-offer';
      const isAnswer = description.type === 'answer';
      const isForThis = description.sdp === `answer to ${this.localDescription?.sdp}`;
      if (isAnswer && !(isWaiting && isForThis)) throw new DOMException('No such offer', 'InvalidStateError');
      if (!isAnswer && isWaiting) this.rollbackCount++;
      this.remoteDescription = description;
      this.#become(isAnswer ? 'stable' : 'have-remote-offer');
    });
  }

  addIceCandidate({ candidate = '' }: RTCIceCandidateInit): Promise<void> {
    return this.#operate(() => {
      if (!this.remoteDescription) throw new DOMException('No remote description', 'InvalidStateError');
      if (candidate === UNREADABLE_CANDIDATE) throw new DOMException('Unreadable', 'OperationError');
      this.candidates.push(candidate);
    });
  }

  async getStats(): Promise<Map<string, unknown>> {
    return this.stats;
  }

  /** No event tells of it: W3C WebRTC 1.0, section 4.4.2, `close()`. */
  close(): void {
    this.signalingState = 'closed';
    this.connectionState = 'closed';
  }

  /** The network says so. */
  pathBecomes(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  /** A way to be reached was found; null when there are no more. */
  findsCandidate(candidate: string | null): void {
    this.onicecandidate?.({ candidate: candidate === null ? null : { candidate, sdpMid: '0', sdpMLineIndex: 0 } });
  }

  #operate(operation: () => void): Promise<void> {
    const done = this.#operations.then(() => {
      if (this.signalingState === 'closed') throw new DOMException('Closed', 'InvalidStateError');
      operation();
    });
    this.#operations = done.catch(() => {});
    return done;
  }

  #become(state: RTCSignalingState): void {
    this.signalingState = state;
    if (state === 'stable') this.#fireSoon();
  }

  #needNegotiation(): void {
    this.#needsNegotiation = true;
    this.#fireSoon();
  }

  /** In a task of its own, as in browsers: what was set in motion before comes first. */
  #fireSoon(): void {
    this.#clock.after(0, async () => {
      await this.#operations;
      if (!this.#needsNegotiation || this.signalingState !== 'stable') return;
      this.#needsNegotiation = false;
      this.onnegotiationneeded?.();
    });
  }
}
