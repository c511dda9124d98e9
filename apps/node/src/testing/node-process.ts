// ferry-node as a process of its own. Knows nothing of what it keeps.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../ferry-node.ts', import.meta.url));

export interface NodeProcess {
  /** All it said so far, both ways. */
  said(): string;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<number | null>;
}

export function startNode(variables: Record<string, string>, args: string[] = []): NodeProcess {
  const child: ChildProcess = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, LOG_LEVEL: 'debug', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const output of [child.stdout, child.stderr]) {
    output?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    said: () => said,
    kill: (signal) => void child.kill(signal),
    ended: once(child, 'close').then(([code]) => code as number | null),
  };
}
