// A home folder whose Chromium trusts one authority more: what installing its root on a computer comes to.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** @param rootPath PEM or DER */
export function trust(home: string, rootPath: string): void {
  const folder = join(home, '.pki/nssdb');
  mkdirSync(folder, { recursive: true });
  const database = ['-d', `sql:${folder}`];
  execFileSync('certutil', [...database, '-N', '--empty-password'], { stdio: 'pipe' });
  execFileSync('certutil', [...database, '-A', '-t', 'C,,', '-n', 'root', '-i', rootPath], { stdio: 'pipe' });
}
