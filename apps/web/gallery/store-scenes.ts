// The Store in every state worth looking at.
import type { EngineSnapshot } from '../src/adapters/engine-contract.ts';
import { DEFAULT_STORE, type SpaceSnapshot, type StoreUpload } from '../src/adapters/store-contract.ts';
import { broughtFiles } from '../src/model/staging/brought.ts';
import { upload } from '../src/model/store/upload-fixture.ts';
import { ServerRefusal } from '../src/services.ts';
import { useComposer } from '../src/stores/composer.ts';
import { colleagues, peer } from './invented-people.ts';
import { inventedStore } from './invented-store.ts';
import { everyFile, manyFiles } from './invented-stored.ts';
import { bundleEntries, receiving, request, transfer } from './invented-transfers.ts';
import type { Scene } from './scene.ts';

const given: SpaceSnapshot = {
  consent: 'given',
  offeredBytes: 20e9,
  usedBytes: 6.2e9,
  suggestedBytes: 10 * 1024 ** 3,
  estimateBytes: 412e9,
  isPersistent: true,
  columnCount: 118,
  keptFor: [
    { versionId: 'video', bytes: 2.1e9 },
    { versionId: 'risk', bytes: 1.4e9 },
    { versionId: 'sealed', bytes: 1.2e9 },
    { versionId: 'away', bytes: 0.9e9 },
    ...Array.from({ length: 9 }, (_, index) => ({ versionId: `many-${index}`, bytes: 66e6 })),
  ],
  servedBytes: 1.7e9,
};
const unasked: SpaceSnapshot = {
  ...given,
  consent: 'unasked',
  offeredBytes: 0,
  usedBytes: 0,
  columnCount: 0,
  keptFor: [],
  servedBytes: 0,
  isPersistent: false,
};
/** Transfers with everybody, so that everybody's route is known. */
const routes = (['lan', 'lan', 'direct', 'lan', 'relayed', 'direct'] as const).map((route, index) =>
  transfer({ status: 'done', route, peer: colleagues[index]!, title: `note ${index}.txt` }),
);
const hugo = peer('Hugo.Laurent');
const delivery = (change: Partial<StoreUpload>) =>
  upload({ kind: 'delivery', to: hugo, title: 'Q3 board pack', fileCount: 14, sizeBytes: 1.4e9, ...change });
const paused = { bytesPerSecond: 0, secondsLeft: null };

const everyUpload: StoreUpload[] = [
  upload({ versionId: 'spreading' }),
  upload({ versionId: 'u1', title: 'thesis.pdf', status: 'waiting-for-people', spread: 0, ownerCount: 0, ...paused }),
  upload({ versionId: 'u2', title: 'first.bin', spread: 0.04, ownerCount: 0, missingOwners: 7 }),
  upload({ versionId: 'u3', title: 'photos-raw.zip', status: 'paused', spread: 0.3, ...paused }),
  upload({ versionId: 'u4', title: 'lecture.mov', status: 'files-locked', spread: 0.5, ...paused }),
  upload({ versionId: 'u5', title: 'notes.md', status: 'files-needed', spread: 0.5, ...paused }),
  upload({
    versionId: 'u6',
    title: 'backup.tar',
    status: 'failed',
    spread: 0,
    ownerCount: 0,
    ...paused,
    problem: { code: 'quota-full', neededBytes: 90e9, freeBytes: 12e9 },
  }),
  upload({
    versionId: 'u7',
    title: 'disk.img',
    status: 'failed',
    spread: 0,
    ownerCount: 0,
    ...paused,
    problem: { code: 'too-large', freeBytes: 42e9 },
  }),
];
const store = (uploads: StoreUpload[] = [], space: SpaceSnapshot = given): Partial<EngineSnapshot> => ({
  transfers: routes,
  store: { space, uploads },
});
const base: Scene = {
  path: '/store',
  isSignedIn: true,
  people: colleagues,
  snapshot: store(),
  store: inventedStore({ files: everyFile }),
  entries: bundleEntries,
};
const fileAt = (versionId: string): Scene => ({ ...base, path: `/store/${versionId}` });

/** What was not safe when the page opened, and is now. */
const becomesSafe: Scene['becomes'] = (snapshot) => ({
  store: {
    ...snapshot.store,
    uploads: snapshot.store.uploads.map((known) => ({
      ...known,
      status: 'safe',
      spread: 1,
      ownerCount: 8,
      missingOwners: 0,
      isSafeToClose: true,
      ...paused,
    })),
  },
});
const stage = () => {
  const made = new File([], 'Embargo note.pdf');
  Object.defineProperty(made, 'size', { value: 318e3 });
  useComposer().add(broughtFiles([made]));
  useComposer().recipient = 'Hugo.Laurent';
};
const fromStore = { origin: 'store', stored: { versionId: 'away', kind: 'file' } } as const;
const left = { origin: 'store', stored: { versionId: 'd1', kind: 'delivery' } } as const;

export const storeScenes: Record<string, Scene> = {
  store: base,
  'store-safe': fileAt('safe'),
  'store-others': fileAt('video'),
  'store-at-risk': fileAt('risk'),
  'store-only-one': fileAt('only'),
  'store-spreading': { ...fileAt('spreading'), snapshot: store([upload({ versionId: 'spreading' })]) },
  'store-unfetchable': fileAt('away'),
  'store-lost': fileAt('lost'),
  'store-long-name': fileAt('long'),
  'store-gone': fileAt('nowhere'),
  'store-many': { ...base, store: inventedStore({ files: manyFiles }) },
  'store-empty': { ...base, store: inventedStore({ files: [] }), snapshot: store([], unasked) },
  'store-refused': { ...base, store: inventedStore({ files: [], refusal: new ServerRefusal('unreachable') }) },
  'store-unasked': { ...base, snapshot: store([], unasked) },
  'store-said-no': { ...base, snapshot: store([], { ...unasked, consent: 'refused' }) },
  'store-uploads': { ...base, snapshot: store(everyUpload) },
  'store-upload-safe': { ...base, snapshot: store([upload({ versionId: 'spreading' })]), becomes: becomesSafe },
  'store-downloading': {
    ...fileAt('safe'),
    snapshot: {
      ...store(),
      transfers: [
        request,
        transfer({
          title: 'Brand archive 2026.zip',
          peer: peer('Grace.Okafor'),
          ...fromStore,
          stored: { versionId: 'safe', kind: 'file' },
        }),
        ...routes,
      ],
    },
  },
  'store-deliveries': {
    ...base,
    store: inventedStore({
      files: everyFile,
      deliveries: (['uploading', 'waiting', 'received', 'declined', 'expired'] as const).map((state, index) => ({
        versionId: state,
        to: index % 2 === 0 ? hugo : peer('李伟'),
        createdAt: Date.now() - (index + 1) * 4e7,
        sizeBytes: 1.4e9 / (index + 1),
        state,
        endedAt: index < 2 ? null : Date.now() - index * 1e7,
        health: everyFile[0]!.health,
      })),
    }),
  },
  'deliver-choice': { ...base, path: '/', after: stage },
  deliveries: {
    ...base,
    path: '/',
    snapshot: store([
      delivery({ versionId: 'd1' }),
      delivery({
        versionId: 'd2',
        title: 'thesis.pdf',
        fileCount: 1,
        status: 'failed',
        spread: 0,
        ownerCount: 0,
        ...paused,
        problem: { code: 'recipient-unknown' },
      }),
    ]),
  },
  'delivery-safe': {
    ...base,
    path: '/',
    snapshot: { store: { space: given, uploads: [delivery({})] } },
    becomes: becomesSafe,
  },
  'delivery-requests': {
    ...base,
    path: '/',
    snapshot: {
      ...store(),
      transfers: [
        { ...request, ...left, transferId: 'r1', peer: hugo, route: 'offline' },
        {
          ...request,
          ...left,
          transferId: 'r2',
          peer: hugo,
          route: 'offline',
          waitsForHolders: { online: 3, needed: 4 },
        },
        {
          ...request,
          ...left,
          transferId: 'r3',
          peer: hugo,
          title: '',
          route: 'offline',
          problem: { code: 'key-missing' },
        },
        { ...receiving, ...left, peer: hugo, title: 'Minutes' },
        transfer({
          title: 'Board minutes, all years.zip',
          ...fromStore,
          status: 'announced',
          waitsForHolders: { online: 3, needed: 4 },
        }),
        transfer({
          title: 'Half of it.zip',
          ...fromStore,
          status: 'stalled',
          waitsForHolders: { online: 3, needed: 4 },
        }),
        transfer({ title: 'Fetched.zip', ...fromStore, status: 'done' }),
        transfer({ title: 'Deleted meanwhile.zip', ...fromStore, status: 'failed', problem: { code: 'version-gone' } }),
      ],
    },
  },
  'space-settings': {
    ...base,
    path: '/settings?show=store',
    store: inventedStore({
      files: everyFile,
      nodes: [
        {
          nodeId: 'n1',
          name: 'Rack 2',
          createdAt: 0,
          lastSeenAt: Date.now(),
          isOnline: true,
          offeredBytes: 200e9,
          usedBytes: 61e9,
        },
        {
          nodeId: 'n2',
          name: 'Old laptop',
          createdAt: 0,
          lastSeenAt: Date.now() - 9e7,
          isOnline: false,
          offeredBytes: 50e9,
          usedBytes: 12e9,
        },
        {
          nodeId: 'n3',
          name: 'Kitchen',
          createdAt: 0,
          lastSeenAt: null,
          isOnline: false,
          offeredBytes: 0,
          usedBytes: 0,
        },
      ],
    }),
  },
  'space-settings-unasked': { ...base, path: '/settings?show=store', snapshot: store([], unasked) },
  'space-settings-measuring': { ...base, path: '/settings?show=store', snapshot: { store: DEFAULT_STORE } },
};
