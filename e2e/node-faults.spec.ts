// What happens to networks while a page sends to a program, whose connections cannot mend a path and are made anew
// instead. Each time the transfer goes on by itself, and what arrives is what was sent.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import type { Host } from './lab/host.ts';
import { test as base } from './lab/lab-test.ts';
import { arrive, leave } from './lab/people.ts';
import { PASSWORD, type Person } from './person.ts';
import { type SampleFile, SampleFolder } from './sample-files.ts';

const PROGRAM = fileURLToPath(new URL('../apps/node/src/testing/receiving-program.ts', import.meta.url));
const TITLE = 'report.bin';
/** In the lab under way for some seconds. */
const SIZE_BYTES = 25_000_000;

interface Fixtures {
  /** At a browser, at her own computer. */
  sender: Person;
  /** A program of Ben's, at his. */
  receiver: { said: () => string };
}

const test = base.extend<Fixtures>({
  sender: async ({ lab, server, diary }, use, info) => {
    const sender = await arrive('alice', lab.host('alice'), { url: server.url, diary });
    await use(sender);
    await leave([sender], diary, info.status !== info.expectedStatus);
  },
  receiver: async ({ lab, server }, use) => {
    const { child, said } = programOn(lab.host('bob'), [server.url, 'bob', PASSWORD]);
    await expect.poll(said, { timeout: 30_000 }).toContain('ready');
    await use({ said });
    child.kill('SIGKILL');
  },
});

function programOn(host: Host, args: string[]): { child: ChildProcess; said: () => string } {
  const [program, all] = host.command(process.execPath, [PROGRAM, ...args]);
  const child = spawn(program, all, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return { child, said: () => said };
}

let samples: SampleFolder;
let file: SampleFile;
test.beforeAll(() => {
  samples = new SampleFolder();
  file = samples.file(TITLE, SIZE_BYTES);
});
test.afterAll(() => samples.delete());
test.describe.configure({ timeout: 180_000 });

const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1000));

async function underWay(sender: Person): Promise<void> {
  await sender.send(file.path, 'bob');
  await expect(sender.transfer(TITLE).getByRole('progressbar')).toHaveAttribute('aria-valuetext', /[1-9]\d? ?%/, {
    timeout: 30_000,
  });
}

async function arrives(sender: Person, receiver: Fixtures['receiver']): Promise<void> {
  await sender.seesStatus(TITLE, 'done', 90_000);
  await expect.poll(receiver.said).toContain(file.sha256);
}

test('the program’s cable is out for twelve seconds', async ({ sender, receiver, fault }) => {
  await underWay(sender);
  await fault('unplug', () => seconds(12));
  await arrives(sender, receiver);
});

test('the program’s packets vanish for twenty-five seconds', async ({ sender, receiver, fault }) => {
  await underWay(sender);
  await fault('mute', () => seconds(25));
  await arrives(sender, receiver);
});

test('the program’s computer gets another address', async ({ sender, receiver, lab, diary }) => {
  await underWay(sender);
  lab.host('bob').changeAddress();
  diary.note('lab', 'another address');
  await arrives(sender, receiver);
});
