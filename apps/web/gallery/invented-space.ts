// An engine's side of the Store that obeys at once: it begins what it is given, keeps nothing and moves nothing.
import type { EngineSnapshot } from '../src/adapters/engine-contract.ts';
import type { StoreCommands, StoreUpload } from '../src/adapters/store-contract.ts';
import { upload as sample } from '../src/model/store/upload-fixture.ts';

interface World {
  current(): EngineSnapshot;
  change(next: Partial<EngineSnapshot>): void;
}

/** Obeys on what is shown, and on nothing else. */
export function inventedSpace({ current, change }: World): Omit<StoreCommands, 'download'> {
  const changeSpace = (next: Partial<EngineSnapshot['store']['space']>) =>
    change({ store: { ...current().store, space: { ...current().store.space, ...next } } });
  const changeUploads = (uploads: StoreUpload[]) => change({ store: { ...current().store, uploads } });
  const changeOne = async (versionId: string, next: Partial<StoreUpload>) =>
    changeUploads(
      current().store.uploads.map((known) => (known.versionId === versionId ? { ...known, ...next } : known)),
    );
  const begin = (upload: Partial<StoreUpload>) => {
    const versionId = crypto.randomUUID();
    const begun = { versionId, createdAt: Date.now(), spread: 0, ownerCount: 0, ...upload };
    changeUploads([...current().store.uploads, sample(begun)]);
    return versionId;
  };
  return {
    add: async ({ files }) => files.map(({ file }) => begin({ title: file.name, sizeBytes: file.size })),
    lockedHandles: async () => [],
    unlock: (versionId) => changeOne(versionId, { status: 'spreading' }),
    supplyFile: (versionId) => changeOne(versionId, { status: 'spreading' }),
    pauseUpload: (versionId) => changeOne(versionId, { status: 'paused', bytesPerSecond: 0, secondsLeft: null }),
    resumeUpload: (versionId) => changeOne(versionId, { status: 'spreading' }),
    forgetUpload: async (versionId) =>
      changeUploads(current().store.uploads.filter((known) => known.versionId !== versionId)),
    deliver: async ({ title, files }) =>
      begin({ title, fileCount: files.length, sizeBytes: files.reduce((sum, { file }) => sum + file.size, 0) }),
    setSpace: async (offeredBytes) =>
      changeSpace({ offeredBytes, consent: offeredBytes > 0 ? 'given' : 'refused', isPersistent: offeredBytes > 0 }),
    wipeSpace: async () =>
      changeSpace({ consent: 'refused', offeredBytes: 0, usedBytes: 0, columnCount: 0, keptFor: [] }),
  };
}
