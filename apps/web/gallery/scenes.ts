// Every state worth looking at, reachable or not.
import { broughtFiles } from '../src/model/staging/brought.ts';
import { readFolder } from '../src/model/staging/read-folder.ts';
import { ServerRefusal } from '../src/services.ts';
import { useComposer } from '../src/stores/composer.ts';
import { catalogScenes } from './catalog-scenes.ts';
import {
  endless,
  everythingOpen,
  noUdp,
  onlyStun,
  openCheck,
  press,
  setRelayOnly,
  symmetricWithoutRelay,
} from './invented-checks.ts';
import { colleagues, person } from './invented-people.ts';
import {
  bundleEntries,
  bundles,
  everyState,
  received,
  receiving,
  request,
  requestWithoutRoom,
  secondRequest,
  sending,
  stalledSend,
} from './invented-transfers.ts';
import { noPath, relayed } from './path-transfers.ts';
import type { Scene } from './scene.ts';
import { sharingScenes } from './sharing-scenes.ts';
import { storeScenes } from './store-scenes.ts';
import { failures, needing, partials, pausedByMe, pausedByPeer, queued } from './waiting-transfers.ts';

const busy = { transfers: [request, receiving, sending, stalledSend, received] };
const signedIn = { path: '/', isSignedIn: true, people: colleagues, entries: bundleEntries };

function file(name: string, sizeBytes: number): File {
  const made = new File([], name);
  // A File of a gigabyte without the gigabyte.
  Object.defineProperty(made, 'size', { value: sizeBytes });
  return made;
}
function inFolder(path: string, sizeBytes: number): File {
  const made = file(path.split('/').at(-1)!, sizeBytes);
  Object.defineProperty(made, 'webkitRelativePath', { value: path });
  return made;
}
function stage(...files: File[]): void {
  useComposer().add(broughtFiles(files));
}
const photos = Array.from({ length: 48 }, (_, index) => inFolder(`Press photos/${index}.jpg`, 5.9e6));
function stageThree(): void {
  stage(file('Launch film, final cut.mov', 1.1e9));
  stage(...photos);
  stage(file('Embargo note.pdf', 318e3));
  useComposer().recipient = 'Grace.Okafor';
}
function openDetails(): void {
  const wires = document.querySelectorAll<HTMLElement>('[aria-controls$="-details"]');
  if (wires.length === 0) setTimeout(openDetails, 50);
  for (const wire of wires) wire.click();
}
/** A folder that never ends. */
const endlessFolder = {
  isDirectory: true,
  name: 'Footage 2026',
  createReader: () => ({
    readEntries: (give: (batch: unknown[]) => void) => {
      const batch = Array.from({ length: 100 }, () => ({
        isFile: true,
        isDirectory: false,
        file: (open: (file: File) => void) => open(file('a.mov', 2e6)),
      }));
      setTimeout(() => give(batch), 50);
    },
  }),
} as unknown as FileSystemDirectoryEntry;

export const scenes: Record<string, Scene> = {
  send: { ...signedIn, snapshot: busy, after: stageThree },
  'send-empty': signedIn,
  'send-nobody': { ...signedIn, people: [] },
  'send-all-offline': { ...signedIn, people: colleagues.slice(7) },
  'send-many-people': { ...signedIn, people: Array.from({ length: 300 }, (_, index) => person(`user-${index}`)) },
  'send-reconnecting': { ...signedIn, snapshot: busy, isDisconnected: true },
  'send-problem': {
    ...signedIn,
    after: () => {
      stageThree();
      useComposer().recipient = 'Grcae';
      void useComposer().send();
    },
  },
  'send-reading': {
    ...signedIn,
    after: () => {
      stageThree();
      const { name } = endlessFolder;
      useComposer().add({ files: [], folders: [{ name, read: (options) => readFolder(endlessFolder, options) }] });
    },
  },
  'send-many-files': {
    ...signedIn,
    after: () => stage(...Array.from({ length: 10_000 }, (_, index) => file(`scan-${index}.tiff`, 8e6))),
  },
  'every-state': { ...signedIn, snapshot: { transfers: everyState } },
  'two-requests': { ...signedIn, snapshot: { transfers: [request, secondRequest, receiving] } },
  'paused-by-me': { ...signedIn, snapshot: { transfers: pausedByMe }, canPickFolder: true },
  'paused-by-peer': { ...signedIn, snapshot: { transfers: pausedByPeer } },
  'files-locked': { ...signedIn, snapshot: { transfers: [needing('files-locked'), receiving] } },
  'files-needed': {
    ...signedIn,
    snapshot: {
      transfers: [
        needing('files-needed'),
        needing('files-needed', { title: 'Press photos', fileCount: 48 }),
        needing('files-needed', { title: 'budget.xlsx', itemCount: 3, fileCount: 3 }),
        needing('files-needed', { title: 'note.txt', itemCount: 3, fileCount: 48 }),
      ],
    },
  },
  'files-differ': { ...signedIn, snapshot: { transfers: [needing('files-differ'), receiving] } },
  'folder-locked': { ...signedIn, snapshot: { transfers: [needing('folder-locked'), receiving] } },
  'not-kept': {
    ...signedIn,
    snapshot: {
      transfers: [
        { ...stalledSend, survivesReload: false },
        { ...stalledSend, transferId: 'asked', status: 'announced', title: 'press-kit.zip', survivesReload: false },
      ],
    },
  },
  queue: { ...signedIn, snapshot: { transfers: queued } },
  failed: { ...signedIn, snapshot: { transfers: [receiving, ...failures, received] } },
  'request-without-room': { ...signedIn, snapshot: { transfers: [requestWithoutRoom] }, canPickFolder: true },
  'receive-empty': { ...signedIn, path: '/receive' },
  receive: { ...signedIn, path: '/receive', snapshot: { ...busy, received: bundles }, canPickFolder: true },
  'receive-unfinished': {
    ...signedIn,
    path: '/receive',
    snapshot: { received: bundles.slice(0, 2), partial: partials },
    canPickFolder: true,
  },
  ...catalogScenes,
  ...sharingScenes,
  ...storeScenes,
  settings: { ...signedIn, path: '/settings', canPickFolder: true, after: () => setRelayOnly(false) },
  'settings-no-relay': { ...signedIn, path: '/settings', ice: onlyStun, after: () => setRelayOnly(false) },
  'settings-relay-gone': { ...signedIn, path: '/settings', ice: onlyStun, after: () => setRelayOnly(true) },
  'settings-relay-unknown': { ...signedIn, path: '/settings', ice: null, after: () => setRelayOnly(false) },
  'server-check': { ...signedIn, path: '/settings', after: () => press('Check server') },
  'check-running': { ...signedIn, snapshot: busy, found: endless, after: openCheck },
  'check-fine': { ...signedIn, snapshot: busy, found: everythingOpen, after: openCheck },
  'check-udp-blocked': { ...signedIn, snapshot: busy, found: noUdp, after: openCheck },
  'check-symmetric': { ...signedIn, snapshot: busy, found: symmetricWithoutRelay, after: openCheck },
  'no-path': { ...signedIn, snapshot: { transfers: noPath }, found: symmetricWithoutRelay },
  'details-relayed': { ...signedIn, snapshot: { transfers: relayed }, after: openDetails },
  'sign-in': { path: '/sign-in' },
  'sign-in-refused': { path: '/sign-in', refusal: new ServerRefusal('wrong-credentials') },
  'sign-in-limited': { path: '/sign-in', refusal: new ServerRefusal('rate-limited', { retryAfterMs: 30_000 }) },
  'sign-in-unreachable': { path: '/sign-in', refusal: new ServerRefusal('unreachable') },
  register: { path: '/register' },
  'register-first': { path: '/register', policy: { mode: 'closed', firstUser: true } },
  'register-taken': { path: '/register', refusal: new ServerRefusal('username-taken') },
  'register-closed': { path: '/register', policy: { mode: 'closed', firstUser: false } },
  'register-invite': { path: '/register', policy: { mode: 'invite', firstUser: false } },
  'server-unreachable': { path: '/', refusal: new ServerRefusal('unreachable') },
  'not-found': { path: '/nowhere' },
};
