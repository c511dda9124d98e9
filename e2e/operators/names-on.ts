// A computer of the lab on which names lead somewhere, for programs that look them up by themselves. There is no DNS there.
import { writeFileSync } from 'node:fs';
import type { Host } from '../lab/host.ts';

/** @param file is written, and must outlive the programs */
export function namesOn(host: Host, names: Record<string, string>, file: string): Pick<Host, 'command'> {
  writeFileSync(
    file,
    Object.entries(names)
      .map(([name, address]) => `${address} ${name}\n`)
      .join(''),
  );
  // A view of the file system of their own, with another /etc/hosts.
  const script = 'mount --bind "$0" /etc/hosts && exec "$@"';
  return {
    command: (program, args) => host.command('unshare', ['--mount', 'sh', '-c', script, file, program, ...args]),
  };
}
