// Packs received files into one zip on disk, streaming: never holds a file in memory. Knows nothing of
// transfers but where their bytes lie.

import { openSyncAccessHandle } from '@ferry/webrtc-core/stores/opfs';
import { makeZip } from 'client-zip';
import { scratchFolder } from '../adapters/bundle-files.ts';
import type { ZipReply, ZipRequest } from '../adapters/zip-rpc.ts';

const scope = self as unknown as Worker;

scope.onmessage = async ({ data }: MessageEvent<ZipRequest>) => {
  try {
    reply({ type: 'done', archive: await pack(data) });
  } catch (error) {
    const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
    reply({ type: 'failed', reason: isFull ? 'store-full' : 'store-failed' });
  }
};

async function pack({ userId, transferId, data, files }: ZipRequest): Promise<File> {
  const scratch = await scratchFolder(userId);
  const archive = await scratch.getFileHandle(`${transferId}.zip`, { create: true });
  const handle = await openSyncAccessHandle(archive);
  try {
    handle.truncate(0);
    let at = 0;
    for await (const bytes of makeZip(inputs(data, files))) {
      at += handle.write(bytes as Uint8Array<ArrayBuffer>, { at });
    }
    handle.flush();
  } finally {
    handle.close();
  }
  return archive.getFile();
}

function* inputs(data: Blob, files: ZipRequest['files']) {
  let savedBytes = 0;
  for (const { path, modifiedMs, offset, sizeBytes } of files) {
    yield {
      name: path.join('/'),
      lastModified: new Date(modifiedMs),
      input: data.slice(offset, offset + sizeBytes).stream(),
    };
    savedBytes += sizeBytes;
    reply({ type: 'progress', savedBytes });
  }
}

function reply(message: ZipReply): void {
  scope.postMessage(message);
}
