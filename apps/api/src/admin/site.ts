// Which Ferry is meant: the parts of the server's environment that concern its database and its address.
import { resolve } from 'node:path';
import type { RegistrationMode } from '@ferry/shared';
import { readEnv } from '../env.ts';
import { Failure } from './failure.ts';

export interface Site {
  /** Absolute. */
  dataDir: string;
  publicOrigin: string | undefined;
  registration: RegistrationMode;
}

/** Looks at nothing else: a wrong TURN_SECRET is no reason not to make a backup. */
export function readSite({ DATA_DIR, PUBLIC_ORIGIN, REGISTRATION }: NodeJS.ProcessEnv): Site {
  const env = readEnv({ DATA_DIR, PUBLIC_ORIGIN, REGISTRATION });
  if (env.DATA_DIR === ':memory:') throw new Failure('DATA_DIR is ":memory:": there is no database on the disk.');
  return { dataDir: resolve(env.DATA_DIR), publicOrigin: env.PUBLIC_ORIGIN, registration: env.REGISTRATION };
}
