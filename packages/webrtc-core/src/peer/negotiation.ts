// Perfect negotiation (W3C WebRTC 1.0, section 10.7): both sides may start at any time; when their offers
// collide the polite one takes its own back. Knows one RTCPeerConnection and nothing of what it is for.
import type { SessionSignal } from './session-signal.ts';

type Body = SessionSignal['body'];

export interface NegotiationOptions {
  connection: RTCPeerConnection;
  /** Exactly one of the two sides. */
  polite: boolean;
  send: (body: Body) => void;
  /** One more way in was found, or, with null, there are no more. */
  onCandidate?: (candidate: string | null) => void;
  /** Awaited before the answer to a later offer, which may begin a restart of ICE: what that needs can be made ready. */
  beforeLaterAnswer?: () => Promise<void>;
  /** Something in the negotiation cannot be mended; the session should be replaced. */
  onError: (error: unknown) => void;
}

export class Negotiation {
  readonly #connection: RTCPeerConnection;
  readonly #polite: boolean;
  readonly #send: (body: Body) => void;
  readonly #beforeLaterAnswer: NegotiationOptions['beforeLaterAnswer'];
  readonly #onError: (error: unknown) => void;
  #makingOffer = false;
  #ignoringOffer = false;
  #settingRemoteAnswer = false;
  #hasAgreed = false;
  #offersHeard = 0;

  constructor({ connection, polite, send, onCandidate, beforeLaterAnswer, onError }: NegotiationOptions) {
    this.#connection = connection;
    this.#polite = polite;
    this.#send = send;
    this.#beforeLaterAnswer = beforeLaterAnswer;
    this.#onError = onError;
    connection.onnegotiationneeded = () => void this.#offer();
    connection.onicecandidate = ({ candidate }) => {
      onCandidate?.(candidate?.candidate ?? null);
      if (!candidate) return;
      const { sdpMid, sdpMLineIndex } = candidate;
      send({ type: 'candidate', candidate: { candidate: candidate.candidate, sdpMid, sdpMLineIndex } });
    };
  }

  /** Whether this side offers or is about to: an offer of the other side would collide now. */
  get isOffering(): boolean {
    return this.#makingOffer || !(this.#connection.signalingState === 'stable' || this.#settingRemoteAnswer);
  }

  handle(body: Exclude<Body, { type: 'bye' }>): void {
    const handled =
      body.type === 'description' ? this.#handleDescription(body.description) : this.#handleCandidate(body);
    handled.catch((error: unknown) => this.#report(error));
  }

  async #offer(): Promise<void> {
    try {
      this.#makingOffer = true;
      await this.#connection.setLocalDescription();
      this.#sendLocalDescription();
    } catch (error) {
      this.#report(error);
    } finally {
      this.#makingOffer = false;
    }
  }

  async #handleDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const connection = this.#connection;
    this.#ignoringOffer = !this.#polite && description.type === 'offer' && this.isOffering;
    if (this.#ignoringOffer) return;
    this.#settingRemoteAnswer = description.type === 'answer';
    try {
      await connection.setRemoteDescription(description);
    } finally {
      this.#settingRemoteAnswer = false;
    }
    if (description.type === 'offer') await this.#answer();
    else this.#hasAgreed = true;
  }

  async #answer(): Promise<void> {
    const heard = ++this.#offersHeard;
    if (this.#hasAgreed) await this.#beforeLaterAnswer?.();
    // Another offer took this one's place meanwhile and is answered: one more description would be an offer.
    if (heard !== this.#offersHeard) return;
    await this.#connection.setLocalDescription();
    this.#hasAgreed = true;
    this.#sendLocalDescription();
  }

  async #handleCandidate({ candidate }: Extract<Body, { type: 'candidate' }>): Promise<void> {
    try {
      await this.#connection.addIceCandidate(candidate);
    } catch (error) {
      // Candidates of an offer that was ignored belong to nothing.
      if (!this.#ignoringOffer) throw error;
    }
  }

  #sendLocalDescription(): void {
    const description = this.#connection.localDescription;
    if (!description || (description.type !== 'offer' && description.type !== 'answer')) return;
    this.#send({ type: 'description', description: { type: description.type, sdp: description.sdp } });
  }

  #report(error: unknown): void {
    // Closing a connection fails whatever is under way; that is not an error.
    if (this.#connection.signalingState !== 'closed') this.#onError(error);
  }
}
