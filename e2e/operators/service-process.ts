// One service of a compose file as a process on a computer of the lab: the same program, environment and
// capabilities, without its container. Knows no service by name but for what containers are called by.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Host } from '../lab/host.ts';
import type { Service } from './compose-file.ts';
import type { Mounts } from './mounts.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START_TIMEOUT_MS = 30_000;
const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;

export class ServiceProcess {
  readonly #host: Pick<Host, 'command'>;
  readonly #service: Service;
  readonly #mounts: Mounts;
  #child: ChildProcess | undefined;
  #log = '';

  constructor(host: Pick<Host, 'command'>, service: Service, mounts: Mounts) {
    this.#host = host;
    this.#service = service;
    this.#mounts = mounts;
  }

  /** All it said so far. */
  get log(): string {
    return this.#log;
  }

  get processId(): number {
    return this.#child!.pid!;
  }

  start(): void {
    const command = this.#service.entrypoint ?? commandOfImage(this.#service);
    const [program, args] = this.#onHost(command);
    const options = { cwd: ROOT, env: this.#environment(), stdio: ['ignore', 'pipe', 'pipe'] as const };
    this.#child = spawn(program, args, { ...options, stdio: [...options.stdio] });
    for (const output of [this.#child.stdout, this.#child.stderr])
      output?.on('data', (data: Buffer) => {
        this.#log += data;
      });
  }

  /** Until its own health check says that it is well. */
  async untilHealthy(): Promise<void> {
    const [program, args] = this.#onHost(withoutNetcat(this.#service.healthcheck!.test.slice(1)));
    const deadlineMs = performance.now() + START_TIMEOUT_MS;
    for (;;) {
      const asked = promisify(execFile)(program, args, { cwd: ROOT, env: this.#environment() });
      if (
        await asked.then(
          () => true,
          () => false,
        )
      )
        return;
      if (this.#child!.exitCode !== null || performance.now() > deadlineMs)
        throw new Error(`It is not well:\n${this.#log}`);
      await setTimeout(100);
    }
  }

  /** @returns its exit code, as after `docker stop`; undefined when it was never started */
  async stop(): Promise<number | null | undefined> {
    this.#child?.kill('SIGTERM');
    return this.ended();
  }

  /** Waits until it has ended, for whatever reason. */
  async ended(): Promise<number | null | undefined> {
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child?.exitCode;
  }

  /** With the capabilities that compose leaves it, and no way to more. */
  #onHost(command: string[]): [program: string, args: string[]] {
    const own = command.map((word) => (word === 'node' ? process.execPath : this.#mounts.onThisComputer(word)));
    const kept = (this.#service.cap_add ?? []).map((name) => `,+${name.toLowerCase()}`).join('');
    return this.#host.command('setpriv', ['--no-new-privs', '--bounding-set', `-all${kept}`, ...own]);
  }

  #environment(): Record<string, string> {
    const entries = Object.entries(this.#service.environment).map(([name, value]) => [name, this.#value(value)]);
    return { PATH, ...Object.fromEntries(entries) };
  }

  #value(value: string): string {
    // Containers are found by their names; here all are one computer.
    if (value === 'ferry:3000') return '127.0.0.1:3000';
    return this.#mounts.onThisComputer(value);
  }
}

/** The images have a netcat, this computer perhaps not. */
function withoutNetcat(command: string[]): string[] {
  const [program, option, address, port] = command;
  if (program !== 'nc' || option !== '-z') return command;
  const connect = `require('node:net').connect(${port}, '${address}', () => process.exit(0))`;
  return ['node', '--eval', `${connect}.on('error', () => process.exit(1))`];
}

/** What the image starts: the last instruction of its Dockerfile. */
function commandOfImage({ build }: Service): string[] {
  const [, command] = /^CMD (\[.+\])$/m.exec(readFileSync(`${ROOT}${build?.dockerfile}`, 'utf8')) ?? [];
  return JSON.parse(command ?? '[]');
}
