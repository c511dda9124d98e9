// A network namespace of Linux: a network stack of its own, and the programs that run with it. Knows nothing
// of links and addresses.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Names the process that made a namespace: two runs never collide, and what a crashed one left is recognised. */
const NAME = /^ferry-lab-(\d+)-\d+-/;
/** Where Debian keeps `ip` and `nft`, which the PATH of a root shell does not always name. */
const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;

let made = 0;

export class Namespace {
  readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }

  /** @param label tells a reader of `ip netns list` what it is for */
  static create(label: string): Namespace {
    const name = `ferry-lab-${process.pid}-${++made}-${label}`;
    run('ip', ['netns', 'add', name]);
    return new Namespace(name);
  }

  /** Deletes what runs left behind whose process is gone. */
  static deleteLeftovers(): void {
    // A line is a name, and often a number.
    for (const line of run('ip', ['netns', 'list']).split('\n')) {
      const [name = ''] = line.split(' ');
      const maker = NAME.exec(name)?.[1];
      if (!maker || existsSync(`/proc/${maker}`)) continue;
      try {
        new Namespace(name).delete();
      } catch {
        // Another run tidies up as well, and was quicker.
      }
    }
  }

  /** `ip`, as seen from inside. */
  ip(...args: string[]): void {
    run('ip', ['-n', this.name, ...args]);
  }

  /** `tc`, as seen from inside. */
  tc(...args: string[]): void {
    run('tc', ['-n', this.name, ...args]);
  }

  /** `nft`, as seen from inside; several commands are separated by semicolons. */
  nft(commands: string): void {
    this.run('nft', commands);
  }

  /** Runs a program inside and waits for its end. */
  run(program: string, ...args: string[]): void {
    run(...this.command(program, args));
  }

  /** The same program, but inside. The process keeps its id, its group and its signals. */
  command(program: string, args: string[]): [program: string, args: string[]] {
    return ['ip', ['netns', 'exec', this.name, program, ...args]];
  }

  /** Ends what still runs inside, without which its links would live on. */
  delete(): void {
    for (const id of run('ip', ['netns', 'pids', this.name]).split('\n').filter(Boolean)) kill(Number(id));
    run('ip', ['netns', 'delete', this.name]);
  }
}

/** @throws Error with what the program said */
function run(program: string, args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, PATH } });
}

function kill(processId: number): void {
  try {
    process.kill(processId, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}
