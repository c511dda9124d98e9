// Checks what a holder signed: compact JWS by ES256, by the key that the device has told. Knows no places.
import { type PublicKey, type ReceiptClaims, receiptClaimsSchema } from '@ferry/shared';
import { type CryptoKey, compactVerify, importJWK } from 'jose';
import type { Database } from '../db/client.ts';
import { findDeviceKeys } from '../db/queries/device-keys.ts';
import { refusal } from '../trpc/error.ts';

/** Clocks of office computers are a little wrong; a receipt of tomorrow is. */
const MOST_AHEAD_S = 10 * 60;
/** More devices than that do not sign at the same time. */
const MOST_KEYS = 1000;

export interface Receipt extends ReceiptClaims {
  readonly signature: Buffer;
}

export class ReceiptCheck {
  readonly #db: Database;
  /** Imported, by what it was made from. */
  readonly #keys = new Map<string, CryptoKey>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** @throws `signature-invalid` when one of them is not by this device, or says something else than a receipt */
  async open(deviceId: string, receipts: readonly string[]): Promise<Receipt[]> {
    const keys = findDeviceKeys(this.#db, deviceId);
    if (!keys) throw refusal('signature-invalid');
    try {
      const key = await this.#import(keys.signing);
      return await Promise.all(receipts.map((receipt) => open(receipt, key, deviceId)));
    } catch {
      throw refusal('signature-invalid');
    }
  }

  async #import(jwk: PublicKey): Promise<CryptoKey> {
    const name = `${jwk.x} ${jwk.y}`;
    const known = this.#keys.get(name);
    if (known) return known;
    const key = (await importJWK({ ...jwk }, 'ES256')) as CryptoKey;
    if (this.#keys.size >= MOST_KEYS) this.#keys.clear();
    this.#keys.set(name, key);
    return key;
  }
}

async function open(receipt: string, key: CryptoKey, deviceId: string): Promise<Receipt> {
  const { payload } = await compactVerify(receipt, key, { algorithms: ['ES256'] });
  const claims = receiptClaimsSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
  if (claims.iss !== deviceId) throw new Error('a receipt of another device');
  if (claims.iat > Date.now() / 1000 + MOST_AHEAD_S) throw new Error('a receipt of tomorrow');
  return { ...claims, signature: Buffer.from(receipt.slice(receipt.lastIndexOf('.') + 1), 'base64url') };
}
