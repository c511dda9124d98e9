// The server and ferry-admin as processes of their own, on a data folder on the disk.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const SERVER = fileURLToPath(new URL('../server.ts', import.meta.url));
export const FERRY_ADMIN = fileURLToPath(new URL('../admin/ferry-admin.ts', import.meta.url));

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface RunningProgram {
  ended: Promise<Ended>;
  /** Resolves with the first match in what it wrote to standard output. */
  says(pattern: RegExp): Promise<RegExpMatchArray>;
  kill(signal: NodeJS.Signals): void;
}

/** @param input for standard input, which ends after it; not a terminal */
export function run(args: string[], variables: Record<string, string> = {}, input = ''): RunningProgram {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...variables } });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    ended,
    kill: (signal) => void child.kill(signal),
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = out.match(pattern);
          if (match) resolve(match);
        };
        look();
        child.stdout.on('data', look);
        void ended.then(() => reject(new Error(`It ended without saying ${pattern}: ${out}${err}`)));
      }),
  };
}

export function ferryAdmin(dataDir: string, args: string[], input = ''): Promise<Ended> {
  return run([FERRY_ADMIN, ...args], { DATA_DIR: dataDir, PUBLIC_ORIGIN: '', REGISTRATION: 'invite' }, input).ended;
}

/** @returns the server's address once it listens */
export async function startServer(dataDir: string): Promise<RunningProgram & { url: string }> {
  const variables = { DATA_DIR: dataDir, PORT: '0', STUN_PORT: '0', LOG_LEVEL: 'silent', HOST: '127.0.0.1' };
  const program = run([SERVER], { ...variables, PUBLIC_ORIGIN: '' });
  const [, port] = await program.says(/Ferry is at http:\/\/localhost:(\d+)/);
  return { ...program, url: `http://127.0.0.1:${port}` };
}
