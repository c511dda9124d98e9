import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEnv } from '../../apps/api/src/env.ts';
import { readSettings } from '../../apps/node/src/settings.ts';
import { INFRA } from './compose-file.ts';
import { isHere, run } from './program.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const UNITS = readdirSync(`${INFRA}systemd`).filter((name) => /\.(service|timer)$/.test(name));
const CADDY_UNIT = '/lib/systemd/system/caddy.service';
/** What systemd calls a service whose rights are narrow; it goes to ten. */
const MOST_EXPOSURE = 3.5;

let folder: string;
/** The units as they are, but for where programs are. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-units-'));
  cpSync(`${INFRA}systemd`, folder, { recursive: true });
  for (const unit of [...UNITS, 'caddy.service.d/ferry.conf']) {
    const file = join(folder, unit);
    const text = readFileSync(file, 'utf8')
      .replaceAll('/opt/ferry/', ROOT)
      .replaceAll('/usr/bin/node', process.execPath);
    writeFileSync(file, text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!isHere('systemd-analyze', 'systemd'))('systemd', () => {
  test('takes the units, without a warning', () => {
    const files = UNITS.map((unit) => join(folder, unit));
    expect(run('systemd-analyze', ['verify', ...files])).toEqual({ code: 0, said: '' });
  });

  test.skipIf(!existsSync(CADDY_UNIT))('takes what is added to the distribution’s Caddy', () => {
    cpSync(CADDY_UNIT, join(folder, 'caddy.service'));
    expect(run('systemd-analyze', ['verify', join(folder, 'caddy.service')])).toEqual({ code: 0, said: '' });
  });

  test.each(UNITS.filter((unit) => unit.endsWith('.service')))(
    'finds little that %s could do beyond its work',
    (unit) => {
      const { said } = run('systemd-analyze', ['security', '--offline=true', join(folder, unit)]);
      const [, exposure] = /Overall exposure level for .*: ([\d.]+)/.exec(said) ?? [];
      expect(Number(exposure)).toBeLessThan(MOST_EXPOSURE);
    },
  );
});

test.each(['ferry', 'ferry-node'])('V8 can write its machine code in %s', (name) => {
  const text = readFileSync(`${INFRA}systemd/${name}.service`, 'utf8');
  expect(text).not.toMatch(/^MemoryDenyWriteExecute=/m);
});

test('the example of the environment is one that the API starts with', () => {
  const variables = parseEnv(readFileSync(`${INFRA}systemd/ferry.env.example`, 'utf8')) as Record<string, string>;
  const env = readEnv({ ...variables, TURN_SECRET: '0123456789abcdef' });
  expect(env).toMatchObject({ PUBLIC_ORIGIN: `https://${variables.FERRY_HOST}`, STUN_PORT: 0 });
  expect(env.TURN_URLS).toHaveLength(3);
});

test('the example of a node’s environment is one that it starts with, but for the token', () => {
  const variables = parseEnv(readFileSync(`${INFRA}systemd/node.env.example`, 'utf8')) as Record<string, string>;
  const given = { DATA_DIR: '/var/lib/ferry-node', ...variables };
  expect(() => readSettings([], given)).toThrow('FERRY_NODE_TOKEN');
  const settings = readSettings([], { ...given, FERRY_NODE_TOKEN: `ferry-node_${'A'.repeat(43)}` });
  expect(settings).toMatchObject({ origin: 'https://ferry.example.com', folder: '/var/lib/ferry-node' });
});

test('a node that said why it stops is not started again', () => {
  const unit = readFileSync(`${INFRA}systemd/ferry-node.service`, 'utf8');
  const program = readFileSync(`${ROOT}apps/node/src/ferry-node.ts`, 'utf8');
  const [, status] = /STOPPED_FOR_GOOD = (\d+)/.exec(program) ?? [];
  expect(unit).toContain(`\nRestartPreventExitStatus=${status}\n`);
});
