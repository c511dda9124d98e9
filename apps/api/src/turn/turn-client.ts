// A client of a relay (RFC 8656): gets an address there, asks whom it may be used with, and gives it back. Knows no
// sockets and sends nothing to anybody through it.
import { randomBytes } from 'node:crypto';
import { decodeErrorCode, type StunError } from '../stun/error-code.ts';
import { addFingerprint } from '../stun/fingerprint.ts';
import { addIntegrity, isSignedWith, longTermKey } from '../stun/integrity.ts';
import {
  ATTRIBUTE,
  attributeValue,
  decodeMessage,
  encodeMessage,
  METHOD,
  type StunAttribute,
  type StunMessage,
} from '../stun/message.ts';
import { decodeXorAddress, encodeXorAddress, type TransportAddress } from '../stun/xor-address.ts';
import type { TurnCredentials } from './credentials.ts';
import { type Wire, WireError } from './wire.ts';

/** The relay refuses, and says why. */
export class TurnRefusal extends Error {
  readonly code: number;
  readonly reason: string;

  constructor({ code, reason }: StunError) {
    super(`${code} ${reason}`);
    this.code = code;
    this.reason = reason;
  }
}

export interface Allocation {
  relayed: TransportAddress;
  /** It gave this to somebody who had not said who they were. */
  isOpenToAnybody: boolean;
}

export const UNAUTHORIZED = 401;
export const FORBIDDEN = 403;
const STALE_NONCE = 438;
const UDP = 17;

export class TurnClient {
  readonly #wire: Wire;
  readonly #credentials: Pick<TurnCredentials, 'username' | 'credential'>;
  /** What the relay wants to see in each request, once it said so. */
  #challenge: { realm: Buffer; nonce: Buffer } | undefined;

  constructor(wire: Wire, credentials: Pick<TurnCredentials, 'username' | 'credential'>) {
    this.#wire = wire;
    this.#credentials = credentials;
  }

  /** @throws TurnRefusal or WireError */
  async allocate(): Promise<Allocation> {
    const transport = { type: ATTRIBUTE.requestedTransport, value: Buffer.from([UDP, 0, 0, 0]) };
    const answer = await this.#request(METHOD.allocate, [transport]);
    const value = attributeValue(answer, ATTRIBUTE.xorRelayedAddress);
    const relayed = value && decodeXorAddress(value, answer.transactionId);
    if (!relayed) throw new WireError('not-stun', 'EPROTO');
    return { relayed, isOpenToAnybody: this.#challenge === undefined };
  }

  /**
   * Whether the relay would forward to this address. Nothing is sent there.
   * @throws TurnRefusal for anything but a yes or a no; WireError
   */
  async mayReach(address: string): Promise<boolean> {
    try {
      await this.#request(METHOD.createPermission, (transactionId) => [
        { type: ATTRIBUTE.xorPeerAddress, value: encodeXorAddress({ address, port: 0 }, transactionId) },
      ]);
      return true;
    } catch (error) {
      if (error instanceof TurnRefusal && error.code === FORBIDDEN) return false;
      throw error;
    }
  }

  /** Gives the address back. @throws TurnRefusal or WireError */
  async release(): Promise<void> {
    await this.#request(METHOD.refresh, [{ type: ATTRIBUTE.lifetime, value: Buffer.alloc(4) }]);
  }

  /** The first request learns the realm and a nonce; a nonce gets old. */
  async #request(method: number, attributes: AttributesFor): Promise<StunMessage> {
    for (let triesLeft = 2; ; triesLeft--) {
      const wasChallenged = this.#challenge !== undefined;
      const answer = await this.#exchange(method, attributes);
      if (answer.class === 'success') return answer;
      const refusal = decodeErrorCode(attributeValue(answer, ATTRIBUTE.errorCode) ?? Buffer.alloc(0));
      if (!refusal) throw new WireError('not-stun', 'EPROTO');
      const mayTryAgain = (refusal.code === UNAUTHORIZED && !wasChallenged) || refusal.code === STALE_NONCE;
      const realm = attributeValue(answer, ATTRIBUTE.realm);
      const nonce = attributeValue(answer, ATTRIBUTE.nonce);
      if (!mayTryAgain || triesLeft === 0 || !realm || !nonce) throw new TurnRefusal(refusal);
      this.#challenge = { realm, nonce };
    }
  }

  async #exchange(method: number, attributes: AttributesFor): Promise<StunMessage> {
    const transactionId = randomBytes(12);
    const asked = typeof attributes === 'function' ? attributes(transactionId) : attributes;
    const { username, credential } = this.#credentials;
    const challenge = this.#challenge;
    const who = challenge
      ? [
          { type: ATTRIBUTE.username, value: Buffer.from(username) },
          { type: ATTRIBUTE.realm, value: challenge.realm },
          { type: ATTRIBUTE.nonce, value: challenge.nonce },
        ]
      : [];
    const request = encodeMessage({ method, class: 'request', transactionId, attributes: [...asked, ...who] });
    const key = challenge && longTermKey(username, challenge.realm.toString(), credential);
    const bytes = await this.#wire.ask(addFingerprint(key ? addIntegrity(request, key) : request));
    const answer = decodeMessage(bytes);
    // A yes that is not signed comes from somebody who does not know the secret.
    const isForged = key && answer?.class === 'success' && !isSignedWith(key, answer, bytes);
    if (!answer || answer.method !== method || isForged) throw new WireError('not-stun', 'EPROTO');
    return answer;
  }
}

/** Addresses are veiled with the transaction id. */
type AttributesFor = StunAttribute[] | ((transactionId: Buffer) => StunAttribute[]);
