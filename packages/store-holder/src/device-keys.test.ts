import { deviceKeysSchema, deviceKeysText, LIMITS, receiptClaimsSchema } from '@ferry/shared';
import { base64url, compactVerify, importJWK } from 'jose';
import { expect, test } from 'vitest';
import type { ColumnRecord } from './column-records.ts';
import { exportDeviceKeys, importDeviceKeys, makeDeviceKeys, publicDeviceKeys } from './device-keys.ts';
import { DeviceSigner } from './device-signer.ts';
import { columnOf, deviceId } from './holder.testing-ground.ts';

const DEVICE = deviceId(1);
const RECORD: ColumnRecord = {
  ...{ column: columnOf(3, 7), sizeBytes: 1000, contentId: 'A'.repeat(43) },
  ...{ state: 'fetched', sinceMs: 0 },
};

test('keys are told with a signature over both and the device', async () => {
  const keys = await publicDeviceKeys(DEVICE, await makeDeviceKeys());
  expect(deviceKeysSchema.parse(keys)).toEqual(keys);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await crypto.subtle.importKey('jwk', { ...keys.signing }, algorithm, false, ['verify']);
  const verify = (text: string) =>
    crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      key,
      base64url.decode(keys.signature) as Uint8Array<ArrayBuffer>,
      new TextEncoder().encode(text),
    );
  expect(await verify(deviceKeysText(keys))).toBe(true);
  expect(await verify(deviceKeysText({ ...keys, deviceId: deviceId(2) }))).toBe(false);
});

test('private keys cannot be exported but by whoever asked for that', async () => {
  await expect(exportDeviceKeys(await makeDeviceKeys())).rejects.toThrow();
  const pairs = await makeDeviceKeys({ extractable: true });
  const again = await importDeviceKeys(JSON.parse(JSON.stringify(await exportDeviceKeys(pairs))));
  const { signature: _, ...keys } = await publicDeviceKeys(DEVICE, pairs);
  expect(await publicDeviceKeys(DEVICE, again)).toMatchObject(keys);
  await expect(exportDeviceKeys(again)).rejects.toThrow();
});

test('a secret is agreed on with keys that were kept as text', async () => {
  const pairs = await makeDeviceKeys({ extractable: true });
  const kept = await importDeviceKeys(await exportDeviceKeys(pairs));
  const other = await makeDeviceKeys();
  const secret = (privateKey: CryptoKey, publicKey: CryptoKey) =>
    crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, privateKey, 256);
  const [mine, theirs] = await Promise.all([
    secret(kept.agreement.privateKey, other.agreement.publicKey),
    secret(other.agreement.privateKey, pairs.agreement.publicKey),
  ]);
  expect(new Uint8Array(mine)).toEqual(new Uint8Array(theirs));
});

test('a receipt is a JWS by the signing key over what is here', async () => {
  const signer = await DeviceSigner.for(DEVICE, await makeDeviceKeys());
  const receipt = await signer.receipt(RECORD);
  expect(receipt.length).toBeLessThan(LIMITS.storeReceiptCharacters);
  const { payload, protectedHeader } = await compactVerify(receipt, await importJWK(signer.keys.signing, 'ES256'));
  expect(protectedHeader).toEqual({ alg: 'ES256' });
  expect(receiptClaimsSchema.parse(JSON.parse(new TextDecoder().decode(payload)))).toMatchObject({
    ...{ iss: DEVICE, version: RECORD.column.versionId, group: 3, index: 7 },
    ...{ content: RECORD.contentId, size: 1000 },
  });
});
