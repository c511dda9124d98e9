// ferry-node as somebody runs it: with the token that Settings tells once, in a folder of its own. Knows no internals.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import type { Person } from './person.ts';

const PROGRAM = fileURLToPath(new URL('../apps/node/dist/ferry-node.mjs', import.meta.url));
/** The same, and what it gives is not what it keeps. */
const LYING_PROGRAM = fileURLToPath(new URL('../apps/node/src/testing/lying-node.ts', import.meta.url));
const NAME = 'Rack 2';

export class StoreNode {
  /** Where it keeps what it keeps. */
  readonly folder = mkdtempSync(join(tmpdir(), 'ferry-node-'));
  readonly #owner: Person;
  readonly #token: string;
  #process: ChildProcess | undefined;

  /** @param owner ends up on the page of the settings */
  static async start(owner: Person): Promise<StoreNode> {
    await owner.goTo('Settings');
    await owner.page.getByLabel('Name of the computer').fill(NAME);
    await owner.page.getByRole('button', { name: 'Add computer' }).click();
    const command = await owner.page.getByLabel('Command to start it').inputValue();
    const [, token] = /--token (\S+)/.exec(command) ?? [];
    const node = new StoreNode(owner, token!);
    await node.start();
    return node;
  }

  private constructor(owner: Person, token: string) {
    this.#owner = owner;
    this.#token = token;
  }

  /** Also again, after it was killed. */
  start(): Promise<void> {
    return this.#run(PROGRAM);
  }

  /** With what it has kept so far, and lies about from now on. */
  startLying(): Promise<void> {
    return this.#run(LYING_PROGRAM);
  }

  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (!running) return;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  }

  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #run(program: string): Promise<void> {
    await this.#owner.goTo('Settings');
    const args = ['--url', new URL(this.#owner.page.url()).origin, '--folder', this.folder, '--space', '2'];
    const env = { ...process.env, FERRY_NODE_TOKEN: this.#token };
    this.#process = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    const row = this.#owner.page.getByRole('list', { name: 'Your computers' }).getByRole('listitem', { name: NAME });
    await expect(row).toContainText('Online', { timeout: 30_000 });
  }
}
