// What a signed-in person works with, put together: the engine with its signaling and people, and saving.
// The composition root of a session; holds no logic of its own.
import type { Account, Person } from '@ferry/shared';
import type { Desk } from '../services.ts';
import { deviceIdOf, deviceName } from './device.ts';
import { TabEngine } from './engine.ts';
import { EngineHost, type EngineHostOptions } from './engine-host.ts';
import type { EnginePerson } from './engine-rpc.ts';
import { BrowserSaver } from './saver.ts';
import type { TrpcServer } from './server.ts';
import { ServerSignaling } from './signaling.ts';

export async function openDesk(server: TrpcServer, { userId }: Account): Promise<Desk> {
  const deviceId = await deviceIdOf(userId);
  const engine = new TabEngine({
    userId,
    host: (onSnapshot) =>
      new EngineHost({
        userId,
        deviceId,
        onSnapshot,
        people: enginePeople(server),
        reconnect: () => server.reconnect(),
        openSignaling: () => new ServerSignaling({ ...server.live, deviceId, deviceName: deviceName() }),
        rtcConfiguration: async () => {
          const { iceServers } = await server.http.config.ice.query({ deviceId });
          return { iceServers };
        },
      }),
  });
  return {
    engine,
    saver: new BrowserSaver({ userId, engine }),
    deviceName: deviceName(),
    close: () => engine.close(),
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
