// Whether a capability (docs/catalog.md) lets a device fetch from this one: who signed it, for which two devices, until
// when. Knows nothing of what is shared here; the server's key comes through a callback.
import { type CapabilityClaims, type CapabilityKey, capabilityClaimsSchema } from '@ferry/shared';
import type { RefusalReason } from '@ferry/webrtc-core';
import { errors, importJWK, type JWTPayload, jwtVerify } from 'jose';

/** Clocks of office computers differ by less; much more would make a revoked capability live on. */
export const LEEWAY_MS = 60_000;
/** A stranger with a forged capability must not make every device ask the server all the time. */
const KEY_FRESH_MS = 60_000;

type VerificationKey = Awaited<ReturnType<typeof importJWK>>;

export interface CapabilityCheckerOptions {
  /** This device. */
  deviceId: string;
  /** The server's public key; rejects when the server cannot be reached. */
  fetchKey: () => Promise<CapabilityKey>;
}

export class CapabilityChecker {
  readonly #options: CapabilityCheckerOptions;
  #key: Promise<VerificationKey> | undefined;
  #fetchedAtMs = 0;

  constructor(options: CapabilityCheckerOptions) {
    this.#options = options;
  }

  /**
   * The claims of a capability that the device `peerId` shows, or why it is of no use here: `expired` for one that was
   * good, `unreadable` while the key cannot be fetched, else `not-found`.
   *
   * @example const claims = await checker.check(capability, peerId); if (typeof claims === 'string') asked.refuse(claims);
   */
  async check(capability: string, peerId: string): Promise<CapabilityClaims | RefusalReason> {
    const payload = await this.#verified(capability);
    if (typeof payload === 'string') return payload;
    const claims = capabilityClaimsSchema.safeParse(payload);
    return claims.success && claims.data.device === peerId ? claims.data : 'not-found';
  }

  async #verified(capability: string): Promise<JWTPayload | RefusalReason> {
    try {
      const key = await this.#currentKey();
      const outcome = await this.#verifiedWith(key, capability);
      if (outcome !== 'forged') return outcome;
      const fresh = await this.#freshKey();
      const again = fresh === key ? 'forged' : await this.#verifiedWith(fresh, capability);
      return again === 'forged' ? 'not-found' : again;
    } catch {
      return 'unreadable';
    }
  }

  async #verifiedWith(key: VerificationKey, capability: string): Promise<JWTPayload | 'forged' | RefusalReason> {
    try {
      const { payload } = await jwtVerify(capability, key, {
        algorithms: ['ES256'],
        issuer: 'ferry',
        audience: this.#options.deviceId,
        requiredClaims: ['exp'],
        clockTolerance: LEEWAY_MS / 1000,
      });
      return payload;
    } catch (error) {
      // Signatures are checked before claims: what has expired was signed by the server.
      if (error instanceof errors.JWTExpired) return 'expired';
      return error instanceof errors.JWSSignatureVerificationFailed ? 'forged' : 'not-found';
    }
  }

  #currentKey(): Promise<VerificationKey> {
    return this.#key ?? this.#fetchKey();
  }

  /** The server may have another key by now. */
  #freshKey(): Promise<VerificationKey> {
    return this.#key && Date.now() - this.#fetchedAtMs < KEY_FRESH_MS ? this.#key : this.#fetchKey();
  }

  #fetchKey(): Promise<VerificationKey> {
    const key = this.#options.fetchKey().then(({ jwk }) => importJWK({ ...jwk, alg: 'ES256' }, 'ES256'));
    this.#key = key;
    this.#fetchedAtMs = Date.now();
    // Whoever asks next tries again.
    key.catch(() => {
      if (this.#key === key) this.#key = undefined;
    });
    return key;
  }
}
