// A client of the relay that asks for what no browser asks for: coturn's own test program. Knows nothing of Ferry.
import { spawn } from 'node:child_process';
import type { Coturn } from './coturn.ts';
import type { Host } from './host.ts';

/** What the relay answers to whoever wants to write to a peer, in the program's words. */
const ANSWER = /channel bind: error (\d+)|cb response received: [\s\S]*?success/;
const TIMEOUT_MS = 10_000;

/**
 * @param peer the address that the relay is asked to send to
 * @returns `success`, or the code of the error
 */
export function askForPeer(host: Host, coturn: Pick<Coturn, 'secret' | 'address'>, peer: string): Promise<string> {
  const account = ['-u', 'somebody', '-W', coturn.secret];
  const place = [...account, '-e', peer, '-v', '-c', coturn.address];
  const child = spawn(...host.command('turnutils_uclient', place), { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (data: Buffer) => {
      said += data;
      const [, code = 'success'] = ANSWER.exec(said) ?? [undefined, ''];
      if (code) resolve(code);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`The relay’s client ended without an answer:\n${said}`)));
    setTimeout(() => reject(new Error(`The relay does not answer:\n${said}`)), TIMEOUT_MS).unref();
  }).finally(() => child.kill('SIGKILL')) as Promise<string>;
}
