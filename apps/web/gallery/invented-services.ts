// Services that invent everything: what the page gets in the gallery instead of a server, an engine and a disk.
import type { Account, Invite } from '@ferry/shared';
import type { Saver, SaveTarget } from '../src/adapters/save-contract.ts';
import { type Desk, type Server, ServerRefusal, type Services } from '../src/services.ts';
import { inventedCatalog } from './invented-catalog.ts';
import { mixedReport, oneByOne, withRelay } from './invented-checks.ts';
import { inventedElsewhere } from './invented-elsewhere.ts';
import { inventedEngine } from './invented-engine.ts';
import { inventedStore } from './invented-store.ts';
import type { Scene } from './scene.ts';

const me: Account = { userId: 'me', username: 'Noor.Haddad', isAdmin: true };

export function inventedServices(scene: Scene): Services {
  return {
    server: inventedServer(scene),
    openDesk: async () => inventedDesk(scene),
  };
}

function inventedServer({ isSignedIn, people = [], isDisconnected, refusal, policy, path }: Scene): Server {
  const orRefuse = async <Result>(result: Result) => {
    if (refusal) throw refusal;
    return result;
  };
  const invites: Invite[] = [
    { inviteId: '1', createdAt: Date.now() - 9e7, expiresAt: Date.now() + 5e8, usedBy: null },
    { inviteId: '2', createdAt: Date.now() - 9e8, expiresAt: Date.now() - 5e8, usedBy: 'Femi.Adeyemi' },
  ];
  return {
    me: async () => (isSignedIn ? me : path === '/' ? orRefuse(null) : null),
    signIn: () => orRefuse(me),
    register: () => orRefuse(me),
    signOut: async () => {},
    registrationPolicy: async () => policy ?? { mode: 'open', firstUser: false },
    createInvite: async () => ({ invite: invites[0]!, code: 'kelp-harbour-lantern-42' }),
    listInvites: async () => invites,
    revokeInvite: async () => {},
    checkServer: async () => mixedReport(),
    watchPeople(listener) {
      listener({ type: 'snapshot', people });
      return () => {};
    },
    watchConnection(listener) {
      listener(!isDisconnected);
      return () => {};
    },
  };
}

function inventedDesk(scene: Scene): Desk {
  return {
    engine: inventedEngine(scene),
    catalog: scene.catalog ?? inventedCatalog({ fileCount: 0 }),
    store: scene.store ?? inventedStore({ files: [] }),
    otherDevices: inventedElsewhere(scene.elsewhere),
    saver: inventedSaver(scene.canPickFolder ?? false),
    deviceName: 'Chrome on Linux',
    iceConfiguration: async () => {
      if (scene.ice === null) throw new ServerRefusal('unreachable');
      return scene.ice ?? withRelay;
    },
    examineConnection: () => oneByOne(scene.found ?? []),
    networkPolicyChanged: () => {},
    close: () => {},
  };
}

function inventedSaver(canPickFolder: boolean): Saver {
  let target: SaveTarget = canPickFolder
    ? { kind: 'folder', folderName: 'From colleagues', conflictPolicy: 'rename' }
    : { kind: 'download', conflictPolicy: 'rename' };
  const change = async (next: Partial<SaveTarget>) => {
    target = { ...target, ...next };
    return target;
  };
  return {
    canPickFolder,
    target: async () => target,
    pickFolder: () => change({ kind: 'folder', folderName: 'From colleagues' }),
    useDownloads: () => change({ kind: 'download' }),
    setConflictPolicy: (conflictPolicy) => change({ conflictPolicy }),
    saveEntry: async () => ({ saved: 1, skipped: 0 }),
    saveBundle: async () => ({ saved: 4, skipped: 0 }),
  };
}
