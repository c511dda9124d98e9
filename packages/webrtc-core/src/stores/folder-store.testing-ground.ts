// Where the browser tests of folder stores keep bundles, and what is in them. For the page and its workers.
import { seededRandom } from '../testing/random.ts';

export interface BundleOnDisk {
  transferId: string;
  sizes: number[];
}

/** A chunk's bytes, the same wherever they are asked for. */
export function chunkBytes(chunk: number, length: number): Uint8Array {
  return seededRandom(chunk + 1).bytes(length);
}

/** The folders of one bundle; they are made when they do not exist. */
export async function groundOf({ transferId }: Pick<BundleOnDisk, 'transferId'>) {
  const root = await navigator.storage.getDirectory();
  const bundles = await root.getDirectoryHandle('bundles', { create: true });
  return {
    bundles,
    journal: await bundles.getDirectoryHandle(transferId, { create: true }),
    picked: await root.getDirectoryHandle(`picked-${transferId}`, { create: true }),
  };
}

export async function freshFolder(name: string): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(name, { recursive: true }).catch(() => {
    // There was none.
  });
  return root.getDirectoryHandle(name, { create: true });
}
