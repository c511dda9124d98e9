// Leave to fetch, signed: compact JWS (RFC 7515) by ES256, each bound to the device that asks and the device that
// serves, for five minutes. Knows no index: who may fetch what was decided before.
import type { CapabilityClaims, CapabilityKey, GrantAnswer } from '@ferry/shared';
import { SignJWT } from 'jose';
import type { CatalogDevice, FetchablePlace } from '../catalog/catalog-index.ts';
import { type PlannedGrant, planGrants } from './grant-plan.ts';
import type { SigningKey } from './signing-key.ts';

/** Long enough to be asked in a queue of devices, short enough that taking leave back works. */
const CAPABILITY_S = 5 * 60;

export type ColumnsClaim = NonNullable<CapabilityClaims['store']>;

export interface SignedLeave {
  capability: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

export class Capabilities {
  readonly #key: SigningKey;

  constructor(key: SigningKey) {
    this.#key = key;
  }

  /** By which anybody can check them. */
  get key(): CapabilityKey {
    return { jwk: this.#key.publicJwk };
  }

  /** @param place what the index lets this very user fetch */
  async grant(asking: CatalogDevice, place: FetchablePlace, onlineDeviceIds: readonly string[]): Promise<GrantAnswer> {
    const expiresAtS = Math.floor(Date.now() / 1000) + CAPABILITY_S;
    const planned = planGrants(place, asking.deviceId, new Set(onlineDeviceIds));
    const sign = async ({ leave, ...grant }: PlannedGrant) => ({
      ...grant,
      capability: await this.#sign({
        iss: 'ferry',
        exp: expiresAtS,
        sub: asking.userId,
        device: asking.deviceId,
        aud: grant.deviceId,
        ...leave,
      }),
    });
    return { grants: await Promise.all(planned.map(sign)), expiresAt: expiresAtS * 1000 };
  }

  /**
   * Leave to fetch columns of a stored version from one device.
   *
   * @param columns those alone; without any whatever that device has of it
   */
  async grantColumns(asking: CatalogDevice, holderId: string, store: ColumnsClaim): Promise<SignedLeave> {
    const expiresAtS = Math.floor(Date.now() / 1000) + CAPABILITY_S;
    const { userId: sub, deviceId: device } = asking;
    const capability = await this.#sign({ iss: 'ferry', exp: expiresAtS, sub, device, aud: holderId, store });
    return { capability, expiresAt: expiresAtS * 1000 };
  }

  #sign(claims: CapabilityClaims): Promise<string> {
    return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256' }).sign(this.#key.privateKey);
  }
}
