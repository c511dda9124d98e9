// This device's key pairs, in a file that nobody else on the computer may read. Knows nothing of what they sign.
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type DeviceKeyPairs,
  type ExportedDeviceKeys,
  exportDeviceKeys,
  importDeviceKeys,
  makeDeviceKeys,
} from '@ferry/store-holder';
import * as z from 'zod/mini';
import { StopReason } from '../stop-reason.ts';
import { flushFolder } from './folder.ts';

const keySchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});
const fileSchema = z.object({ signing: keySchema, agreement: keySchema });

/**
 * Made when there are none. Receipts that were signed with lost ones count no more, so what is there is never replaced.
 *
 * @throws StopReason `folder-unusable`
 */
export async function deviceKeysIn(file: string): Promise<DeviceKeyPairs> {
  const text = readIfThere(file);
  if (text === undefined) return newKeys(file);
  try {
    return await importDeviceKeys(fileSchema.parse(JSON.parse(text)));
  } catch (cause) {
    const sentence = `${file} does not hold this node's keys any more. Put it back from a copy, or start with an empty folder.`;
    throw new StopReason('folder-unusable', sentence, { cause });
  }
}

async function newKeys(file: string): Promise<DeviceKeyPairs> {
  const keys = await makeDeviceKeys({ extractable: true });
  writePrivately(file, await exportDeviceKeys(keys));
  return keys;
}

/** Whole or not at all. */
function writePrivately(file: string, keys: ExportedDeviceKeys): void {
  const unfinished = `${file}.new`;
  rmSync(unfinished, { force: true });
  const descriptor = openSync(unfinished, 'wx', 0o600);
  try {
    writeSync(descriptor, `${JSON.stringify(keys)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(unfinished, file);
  flushFolder(dirname(file));
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
