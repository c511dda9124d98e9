// Where the browser tests of folder stores keep bundles, and what is in them. For the page and its workers.

export interface BundleOnDisk {
  transferId: string;
  sizes: number[];
}

/** A chunk's bytes, the same wherever they are asked for, and nowhere else in a bundle. */
export function chunkBytes(chunk: number, length: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let index = 0; index < words.length; index++) words[index] = ((chunk + 1) << 20) + index;
  return new Uint8Array(words.buffer, 0, length);
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
