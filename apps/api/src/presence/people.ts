// Colleagues as the page shows them: who there is from the database, who is online from the hub. Decides nothing.
import type { Person } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { lastSeenByUser } from '../db/queries/devices.ts';
import { allColleagues, findUser } from '../db/queries/users.ts';
import type { PresenceHub } from './hub.ts';

export function allPeople(db: Database, hub: PresenceHub): Person[] {
  const lastSeen = lastSeenByUser(db);
  return allColleagues(db).map(({ userId, username }) => ({
    userId,
    username,
    lastSeenAt: lastSeen.get(userId) ?? null,
    devices: hub.devicesOf(userId),
  }));
}

export function findPerson(db: Database, hub: PresenceHub, userId: string): Person | undefined {
  const user = findUser(db, userId);
  if (!user) return undefined;
  const lastSeenAt = lastSeenByUser(db, userId).get(userId) ?? null;
  return { userId, username: user.username, lastSeenAt, devices: hub.devicesOf(userId) };
}
