// What a signed-in person works with, put together: the engine with its signaling and people, and saving.
// The composition root of a session; holds no logic of its own.
import { IceServers, ServerSignaling } from '@ferry/server-link';
import type { Account, Person } from '@ferry/shared';
import type { Desk } from '../services.ts';
import { TrpcCatalog } from './catalog-server.ts';
import { deviceIdOf, deviceName } from './device.ts';
import { TabEngine } from './engine.ts';
import { EngineHost, type EngineHostOptions } from './engine-host.ts';
import type { EnginePerson } from './engine-rpc.ts';
import { TrpcOtherDevices } from './other-devices.ts';
import { BrowserSaver } from './saver.ts';
import type { TrpcServer } from './server.ts';
import { rescanOnReturn } from './share-rescans.ts';
import { TrpcStore } from './store-server.ts';
import { watchStoreOf } from './store-watch.ts';

interface DeskOptions {
  /** Nobody may learn this device's own addresses. Asked before each connection; false when absent. */
  isRelayOnly?: () => boolean;
}

export async function openDesk(
  server: TrpcServer,
  { userId }: Account,
  { isRelayOnly = () => false }: DeskOptions = {},
): Promise<Desk> {
  const deviceId = await deviceIdOf(userId);
  const iceConfiguration = () => server.iceConfiguration(deviceId);
  const otherDevices = new TrpcOtherDevices(server, deviceId);
  const iceServers = new IceServers(iceConfiguration);
  const engine = new TabEngine({
    userId,
    host: (onSnapshot) =>
      new EngineHost({
        userId,
        deviceId,
        onSnapshot,
        people: enginePeople(server),
        sharesEnded: (listener) => otherDevices.watchEndings(listener),
        storeEvents: watchStoreOf(server, deviceId),
        reconnect: () => server.reconnect(),
        openSignaling: () => {
          const { api, socket } = server.live;
          return new ServerSignaling({ signals: api.signals, socket, deviceId, deviceName: deviceName() });
        },
        rtcConfiguration: () => iceServers.configuration(),
        isRelayOnly,
        report: (report) => server.report(report),
      }),
  });
  const catalog = new TrpcCatalog(server, userId);
  const store = new TrpcStore(server, userId);
  const stopRescans = rescanOnReturn(engine);
  return {
    engine,
    catalog,
    store,
    otherDevices,
    saver: new BrowserSaver({ userId, engine }),
    deviceName: deviceName(),
    iceConfiguration,
    async *examineConnection(examination) {
      // The check is rarely asked for, and not small.
      const { examineConnection } = await import('./path-doctor.ts');
      yield* examineConnection({ server, iceConfiguration }, examination);
    },
    networkPolicyChanged: () => engine.networkPolicyChanged(),
    close() {
      stopRescans();
      catalog.close();
      store.close();
      engine.close();
    },
  };
}

/** Everybody with the devices that are online, told whole on every change: what the engine looks peers up in. */
function enginePeople(server: TrpcServer): EngineHostOptions['people'] {
  return (listener) => {
    const people = new Map<string, Person>();
    return server.watchPeople((event) => {
      if (event.type === 'snapshot') people.clear();
      for (const person of event.type === 'snapshot' ? event.people : [event.person]) people.set(person.userId, person);
      listener([...people.values()].map(asEnginePerson), event.type === 'snapshot');
    });
  };
}

function asEnginePerson({ userId, username, devices }: Person): EnginePerson {
  return { userId, username, deviceIds: devices.map(({ deviceId }) => deviceId) };
}
