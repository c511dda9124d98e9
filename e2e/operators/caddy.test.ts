import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INFRA, readServices } from './compose-file.ts';
import { isHere, run } from './program.ts';
import { writeSelfSigned } from './self-signed.ts';

const CADDYFILE = `${INFRA}caddy/Caddyfile`;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-caddy-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What compose gives Caddy, with the certificate in this folder. */
function environment(settings: Record<string, string>): Record<string, string> {
  const host = { FERRY_HOST: 'ferry.example.com', TURN_SECRET: '0123456789abcdef', TURN_PUBLIC_ADDRESS: '192.0.2.7' };
  const { caddy } = readServices({ ...host, ...settings });
  return {
    ...caddy!.environment,
    TLS_CERTIFICATE: join(folder, 'fullchain.pem'),
    TLS_KEY: join(folder, 'privkey.pem'),
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
    PUBLISHED_ROOT: '',
  };
}

const validate = (settings: Record<string, string>) =>
  run('caddy', ['validate', '--config', CADDYFILE, '--adapter', 'caddyfile'], environment(settings));

describe.skipIf(!isHere('caddy'))('Caddy', () => {
  test.each([
    { TLS_MODE: 'acme', ACME_EMAIL: 'admin@example.com' },
    { TLS_MODE: 'files' },
    { TLS_MODE: 'internal' },
    { TLS_MODE: 'acme', ACME_EMAIL: 'admin@example.com', TURN_HOST: 'turn.example.com' },
    { TLS_MODE: 'internal', TURN_HOST: 'turn.example.com' },
  ])('takes its configuration with %j', (settings) => {
    writeSelfSigned(folder, 'ferry.example.com');
    const { code, said } = validate(settings as Record<string, string>);
    expect(said).not.toMatch(/"level":"error"/);
    expect(code, said).toBe(0);
  });

  test.each(['Caddyfile', 'modes/acme', 'modes/files', 'modes/internal'])('has nothing to format in %s', (name) => {
    const file = `${INFRA}caddy/${name}`;
    expect(run('caddy', ['fmt', file], { XDG_CONFIG_HOME: folder }).said).toBe(readFileSync(file, 'utf8'));
  });
});

describe('its start', () => {
  test.each([
    [{ FERRY_HOST: '' }, 'FERRY_HOST is not set'],
    [{ TLS_MODE: 'letsencrypt' }, 'TLS_MODE must be acme, files or internal (it is "letsencrypt")'],
    [{ TLS_MODE: 'acme', ACME_EMAIL: '' }, 'TLS_MODE=acme needs ACME_EMAIL'],
    [{ TLS_MODE: 'files', TLS_KEY: '/nowhere/privkey.pem' }, 'needs a certificate and its key'],
  ])('with %j is refused in a sentence', (wrong, sentence) => {
    const env = { ...environment({ TLS_MODE: 'internal' }), ...wrong } as Record<string, string>;
    const { code, said } = run('/bin/sh', [`${INFRA}caddy/start.sh`], env);
    expect(said).toContain(`Caddy cannot start: `);
    expect(said).toContain(sentence);
    expect(code).toBe(64);
  });
});
