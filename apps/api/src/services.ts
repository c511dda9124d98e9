// Everything that lives as long as the server does, made once and handed to whoever needs it.

import { Accounts } from './accounts/accounts.ts';
import { AccountLimits } from './accounts/limits.ts';
import { Passwords } from './accounts/passwords.ts';
import { Sessions } from './accounts/sessions.ts';
import { type Database, openDatabase } from './db/client.ts';
import { touchDevice } from './db/queries/devices.ts';
import type { Env } from './env.ts';
import type { PresenceHub } from './presence/hub.ts';
import { MemoryHub } from './presence/memory-hub.ts';

export interface Services {
  env: Env;
  db: Database;
  accounts: Accounts;
  sessions: Sessions;
  hub: PresenceHub;
  close(): void;
}

export function createServices(env: Env): Services {
  const { db, close } = openDatabase(env.DATA_DIR);
  const limits = new AccountLimits();
  const passwords = new Passwords();
  const hub = new MemoryHub(({ deviceId }) => touchDevice(db, deviceId, Date.now()));
  return {
    env,
    db,
    accounts: new Accounts({ db, registration: env.REGISTRATION, passwords, limits }),
    sessions: new Sessions(db),
    hub,
    close() {
      hub.close();
      close();
    },
  };
}
