// The SHA-256 of every file in a zip archive, read by a library that had no part in writing it.
import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';

export interface ZippedFile {
  name: string;
  sha256: string;
}

/** In the archive's order; every file's CRC is checked. */
export async function filesInZip(path: string): Promise<ZippedFile[]> {
  const reader = new ZipReader(new BlobReader(await openAsBlob(path)), { checkSignature: true });
  const files: ZippedFile[] = [];
  for (const entry of await reader.getEntries()) {
    if (entry.directory) continue;
    const bytes = await entry.getData(new Uint8ArrayWriter());
    files.push({ name: entry.filename, sha256: createHash('sha256').update(bytes).digest('hex') });
  }
  await reader.close();
  return files;
}
