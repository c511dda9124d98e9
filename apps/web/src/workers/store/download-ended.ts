// What a download from the Store has left behind, as it is remembered: its files, verified by the tags of the version. Pure.
import { Bitfield, merkleRoot, type Receiver } from '@ferry/webrtc-core';
import type { EndedFiles } from '../received-bundles.ts';
import type { DownloadFiles } from './download-files.ts';

/** Once its store is closed, so that all that is claimed is on the disk. */
export async function endedFiles(
  { files, doneBytes }: { files: DownloadFiles; doneBytes: number },
  { transfer, state }: Pick<Receiver, 'transfer' | 'state'>,
): Promise<EndedFiles> {
  await files.closed;
  const { chosen, manifest, contentIds } = files;
  const entryCount = chosen?.entries.length ?? 0;
  const agreed = new Bitfield(entryCount);
  const common = { transfer, manifest, chosen, agreed, heldBytes: doneBytes };
  if (state.status !== 'done' || !contentIds) return { ...common, root: null, contentIdOf: () => undefined };
  for (let entry = 0; entry < entryCount; entry++) agreed.set(entry);
  return { ...common, root: merkleRoot(contentIds), contentIdOf: (entry) => contentIds[entry] };
}
