// What a download's receiver is made with: columns, once the server tells enough of them, and a store that makes files of
// them. Knows nobody who keeps anything, and no receiver.
import type { OpenedVersion as OpenAnswer } from '@ferry/shared';
import { type AcceptedTransfer, type Manifest, merkleRoot, TransferError } from '@ferry/webrtc-core';
import { DecodingStores, type Kernel } from '@ferry/webrtc-core/erasure';
import type { StoredOrigin } from '../bundle-record.ts';
import type { DownloadFiles } from './download-files.ts';
import type { DownloadServer } from './download-server.ts';
import { type OpenedVersion, openedVersion, readGroups } from './opened-version.ts';

/** Holders that are asked at a time. */
const MOST_SOURCES = 12;

export interface VersionSource {
  origin: StoredOrigin;
  deviceId: string;
  server: Pick<DownloadServer, 'groups'>;
  kernel: () => Promise<Kernel>;
}

/**
 * `empty` without a byte; undefined while the server does not know enough of it, because it is still being stored.
 * @throws Refusal; TransferError `no-sources` for what is not locked for this device
 */
export async function readVersion(
  answer: OpenAnswer,
  { origin, deviceId, server, kernel }: VersionSource,
): Promise<OpenedVersion | 'empty' | undefined> {
  if (answer.sizeBytes === 0) return 'empty';
  const key = origin.key ?? answer.key;
  if (key === null) throw TransferError.noSources();
  const { versionId } = origin;
  const groups = await readGroups(server, { deviceId, versionId, groupCount: answer.groupCount });
  return openedVersion({ answer, groups, key, kernel: await kernel() });
}

export function fetchRequest(opened: OpenedVersion | 'empty', files: DownloadFiles, isPaused: boolean) {
  return opened === 'empty' ? ofNothing(files, isPaused) : ofColumns(opened, files, isPaused);
}

function ofColumns({ bundle, sets, decoder }: OpenedVersion, files: DownloadFiles, isPaused: boolean) {
  const { manifest } = bundle;
  const stores = new DecodingStores({ bundle, decoder, stores: files, files: files.manifest });
  return { manifest, sets, stores, mostSources: MOST_SOURCES, accepted: accepted(manifest, isPaused) };
}

/** Files without a byte need nobody. */
function ofNothing(files: DownloadFiles, isPaused: boolean) {
  const entries = files.chosen!.entries.map((entry) => ({ ...entry, contentId: merkleRoot([]) }));
  const manifest = { entries };
  return { manifest, stores: files, accepted: accepted(manifest, isPaused) };
}

function accepted(chosen: Manifest, isPaused: boolean): AcceptedTransfer {
  return { chosen, chosenRuns: [{ first: 0, count: chosen.entries.length }], isPaused };
}
