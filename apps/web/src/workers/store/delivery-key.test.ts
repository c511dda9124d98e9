import { DeviceSigner, makeDeviceKeys } from '@ferry/store-holder';
import { expect, test } from 'vitest';
import { areProven, unwrapKey, wrapKey } from './delivery-key.ts';

const raw = crypto.getRandomValues(new Uint8Array(32));

async function device() {
  const pairs = await makeDeviceKeys();
  const deviceId = crypto.randomUUID();
  const { keys } = await DeviceSigner.for(deviceId, pairs);
  return { deviceId, keys, privateKey: pairs.agreement.privateKey };
}

test('what is wrapped for a device is opened by that device, for that version', async () => {
  const { deviceId, keys, privateKey } = await device();
  const versionId = crypto.randomUUID();
  const { wrapped } = await wrapKey(raw, keys, versionId);
  expect(wrapped).toHaveLength(151);
  expect(await unwrapKey(wrapped, privateKey, { versionId, deviceId })).toEqual(raw);
});

test('no other device, version or key opens it', async () => {
  const [one, other] = [await device(), await device()];
  const versionId = crypto.randomUUID();
  const { deviceId } = one;
  const { wrapped } = await wrapKey(raw, one.keys, versionId);
  const open = (privateKey: CryptoKey, ids: { versionId: string; deviceId: string }) =>
    unwrapKey(wrapped, privateKey, ids);
  expect(await open(other.privateKey, { versionId, deviceId })).toBeUndefined();
  expect(await open(one.privateKey, { versionId: crypto.randomUUID(), deviceId })).toBeUndefined();
  expect(await open(one.privateKey, { versionId, deviceId: other.deviceId })).toBeUndefined();
  expect(await unwrapKey('no key', one.privateKey, { versionId, deviceId })).toBeUndefined();
});

test('the same key is never wrapped the same way twice', async () => {
  const { keys } = await device();
  const versionId = crypto.randomUUID();
  expect((await wrapKey(raw, keys, versionId)).wrapped).not.toBe((await wrapKey(raw, keys, versionId)).wrapped);
});

test('keys that somebody else put together are not proven', async () => {
  const [one, other] = [await device(), await device()];
  expect(await areProven(one.keys)).toBe(true);
  expect(await areProven({ ...one.keys, agreement: other.keys.agreement })).toBe(false);
  expect(await areProven({ ...one.keys, deviceId: other.deviceId })).toBe(false);
  expect(await areProven({ ...one.keys, signing: other.keys.signing })).toBe(false);
  expect(await areProven({ ...one.keys, signing: { ...one.keys.signing, x: 'A'.repeat(43) } })).toBe(false);
});
