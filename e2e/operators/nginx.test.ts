import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { INFRA } from './compose-file.ts';
import { writeNginxConfig } from './nginx-config.ts';
import { isHere, run } from './program.ts';
import { writeSelfSigned } from './self-signed.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-nginx-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(!isHere('nginx', 'nginx-light'))('nginx takes its configuration, without a warning', () => {
  writeSelfSigned(folder, 'ferry.example.com');
  const { code, said } = run('nginx', ['-t', '-e', 'stderr', '-c', writeNginxConfig(folder)]);
  expect(code, said).toBe(0);
  expect(said).not.toContain('[warn]');
});

test('a client’s own word about its address is not passed on', () => {
  const text = readFileSync(`${INFRA}nginx/ferry.conf`, 'utf8');
  expect(text).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
  expect(text.replaceAll(/^\s*#.*$/gm, '')).not.toContain('$proxy_add_x_forwarded_for');
});
