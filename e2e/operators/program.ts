// Programs that operators have and a developer's computer may lack. Knows nothing of what they do.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian keeps what is root's, which the PATH of others does not always name. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];

/** Says so when it is not there, for tests that are skipped then. */
export function isHere(program: string, debianPackage = program): boolean {
  const found = FOLDERS.some((folder) => existsSync(join(folder, program)));
  if (!found) console.warn(`skipped: ${program} is not here (apt-get install ${debianPackage})`);
  return found;
}

export interface Ending {
  code: number;
  /** Both outputs. */
  said: string;
}

/** Runs a program to its end, whatever that is. */
export function run(program: string, args: string[], env: Record<string, string> = {}): Ending {
  const options = { env: { PATH: FOLDERS.join(delimiter), ...env }, encoding: 'utf8' } as const;
  const { status, stdout, stderr, error } = spawnSync(program, args, options);
  if (error) throw error;
  return { code: status ?? -1, said: `${stdout}${stderr}` };
}
