// What a signed-in person works with, put together: the engine with its signaling and people, and saving.
// The composition root of a session; holds no logic of its own.
import type { Account, Person } from '@ferry/shared';
import type { Desk } from '../services.ts';
import { deviceIdOf, deviceName } from './device.ts';
import { TabEngine } from './engine.ts';
import { EngineHost } from './engine-host.ts';
import type { EnginePerson } from './engine-rpc.ts';
import { BrowserSaver } from './saver.ts';
import type { TrpcServer } from './server.ts';
import { ServerSignaling } from './signaling.ts';

export function openDesk(server: TrpcServer, { userId }: Account): Desk {
  const deviceId = deviceIdOf(userId);
  const { api } = server.live;
  const engine = new TabEngine({
    userId,
    host: (onSnapshot) =>
      new EngineHost({
        userId,
        deviceId,
        onSnapshot,
        people: enginePeople(server),
        openSignaling: () => new ServerSignaling({ api, deviceId, deviceName: deviceName() }),
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
function enginePeople(server: TrpcServer): (listener: (people: EnginePerson[]) => void) => () => void {
  return (listener) => {
    const people = new Map<string, Person>();
    return server.watchPeople((event) => {
      if (event.type === 'snapshot') people.clear();
      for (const person of event.type === 'snapshot' ? event.people : [event.person]) people.set(person.userId, person);
      listener([...people.values()].map(asEnginePerson));
    });
  };
}

function asEnginePerson({ userId, username, devices }: Person): EnginePerson {
  return { userId, username, deviceIds: devices.map(({ deviceId }) => deviceId) };
}
