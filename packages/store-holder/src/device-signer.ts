// Signs for a device: that a column is here. Knows no columns but what it is told of one.
import type { DeviceKeys, ReceiptClaims } from '@ferry/shared';
import { CompactSign } from 'jose';
import type { ColumnRecord } from './column-records.ts';
import { type DeviceKeyPairs, publicDeviceKeys } from './device-keys.ts';

export class DeviceSigner {
  /** As the server is told them. */
  readonly keys: DeviceKeys;
  readonly #key: CryptoKey;

  private constructor(keys: DeviceKeys, key: CryptoKey) {
    this.keys = keys;
    this.#key = key;
  }

  static async for(deviceId: string, pairs: DeviceKeyPairs): Promise<DeviceSigner> {
    return new DeviceSigner(await publicDeviceKeys(deviceId, pairs), pairs.signing.privateKey);
  }

  /** @returns a compact JWS over {@link ReceiptClaims} */
  async receipt({ column, contentId, sizeBytes }: ColumnRecord): Promise<string> {
    const { versionId: version, group, index } = column;
    const claims: ReceiptClaims = {
      ...{ iss: this.keys.deviceId, iat: Math.floor(Date.now() / 1000) },
      ...{ version, group, index, content: contentId ?? '', size: sizeBytes },
    };
    const payload = new TextEncoder().encode(JSON.stringify(claims));
    return new CompactSign(payload).setProtectedHeader({ alg: 'ES256' }).sign(this.#key);
  }
}
