import { spawn } from 'node:child_process';
import { platform } from 'node:os';
import { describe, expect, test } from 'vitest';
import { FERRY_ADMIN, ferryAdmin, startServer } from '../testing/program.ts';
import { refused } from '../testing/refused.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { TestBrowser } from '../testing/test-server.ts';
import { watchSocket } from '../testing/watch-socket.ts';

const CTRL_C = '\x03';
const CTRL_D = '\x04';
/** Real processes, several one after the other, on a machine that may be busy. */
const PATIENCE_MS = 120_000;

test(
  'beside a running server accounts are made, shut out and let in, and the database is safe',
  async () => {
    const dataDir = temporaryFolder();
    const server = await startServer(dataDir);
    const ben = new TestBrowser(server.url);

    expect(await ferryAdmin(dataDir, ['create-user', 'ann'], 'correct horse\n')).toMatchObject({ code: 0, err: '' });
    expect(await ferryAdmin(dataDir, ['create-user', 'ben'], 'correct horse')).toMatchObject({ code: 0, err: '' });
    await ben.signIn('ben', 'correct horse');
    const { started, ended } = watchSocket(ben);
    await started;

    const reset = await ferryAdmin(dataDir, ['reset-password', 'ben'], 'battery staple\r\n');
    expect(reset).toEqual({ code: 0, out: 'ben has another password and is signed out everywhere.\n', err: '' });
    await ended;
    expect(await ben.http.auth.me.query()).toBeNull();
    expect(await refused(ben.signIn('ben', 'correct horse'))).toMatchObject({ ferryCode: 'wrong-credentials' });
    await ben.signIn('ben', 'battery staple');

    await ferryAdmin(dataDir, ['disable', 'ben']);
    expect(await refused(ben.signIn('ben', 'battery staple'))).toMatchObject({ ferryCode: 'account-disabled' });

    const backup = (await ferryAdmin(dataDir, ['backup'])).out.trim();
    const refusal = await ferryAdmin(dataDir, ['restore', backup]);
    expect(refusal).toMatchObject({ code: 1, out: '' });
    expect(refusal.err).toMatch(/^\S+ferry\.sqlite is in use by another program\. Stop the server first\. Nothing/);
    expect(await ferryAdmin(dataDir, ['check'])).toMatchObject({ code: 0, err: '' });

    await ben.disconnect();
    server.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0 });
    expect(await ferryAdmin(dataDir, ['restore', backup])).toMatchObject({ code: 0 });
  },
  PATIENCE_MS,
);

test(
  'without a terminal and without input no password is guessed',
  async () => {
    const ended = await ferryAdmin(temporaryFolder(), ['create-user', 'ann']);
    expect(ended).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/standard input is empty.*--generate\.\n$/),
    });
    const lines = await ferryAdmin(temporaryFolder(), ['create-user', 'ann'], 'correct horse\ncorrect horse\n');
    expect(lines).toMatchObject({ code: 1, err: expect.stringMatching(/more than one line/) });
  },
  PATIENCE_MS,
);

// What makes a terminal of pipes is called differently elsewhere.
describe.skipIf(platform() !== 'linux')('on a terminal', () => {
  test.each([
    ['is asked twice, and shows nothing of it', ['correct horse', 'correct horse'], 0, /ann can sign in now/],
    ['may be corrected while typing', ['correct hx\x7forse', 'correct horse'], 0, /ann can sign in now/],
    ['must be the same twice', ['correct horse', 'correct house'], 1, /The two passwords are not the same/],
    ['can be refused with Ctrl-C', [CTRL_C], 1, /Not done: nothing was changed/],
    ['can be refused with Ctrl-D', ['correct horse', CTRL_D], 1, /Not done: nothing was changed/],
  ])(
    'a password %s',
    async (_, answers, code, words) => {
      const { shown, code: ended } = await onTerminal(temporaryFolder(), answers);
      expect(ended).toBe(code);
      expect(shown).toMatch(words);
      expect(shown).toContain('Password: ');
      for (const answer of answers) expect(shown).not.toContain(answer.slice(0, 5));
    },
    PATIENCE_MS,
  );
});

/** @param answers typed one by one, each when it is asked for */
async function onTerminal(
  dataDir: string,
  answers: readonly string[],
): Promise<{ shown: string; code: number | null }> {
  const command = `'${process.execPath}' '${FERRY_ADMIN}' create-user ann`;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { ...process.env, DATA_DIR: dataDir, SHELL: '/bin/sh' },
  });
  let shown = '';
  let asked = 0;
  child.stdout.setEncoding('utf8').on('data', (text) => {
    shown += text;
    if ((shown.match(/Password: |Once more: /g) ?? []).length <= asked) return;
    const answer = answers[asked++] ?? '';
    const isKey = answer === CTRL_C || answer === CTRL_D;
    child.stdin.write(isKey ? answer : `${answer}\r`);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { shown, code };
}
