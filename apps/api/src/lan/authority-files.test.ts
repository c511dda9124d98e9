import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keptAuthority } from './authority-files.ts';
import { LanError } from './lan-error.ts';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

let dataDir: string;
let folder: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'ferry-lan-'));
  folder = join(dataDir, 'lan-ca');
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const kept = (nowMs = Date.now()) => keptAuthority(dataDir, 'alice-pc', nowMs);
const modeOf = (path: string) => statSync(path).mode & 0o777;
const files = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);

async function refusal(nowMs?: number): Promise<LanError> {
  const error = await kept(nowMs).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(LanError);
  return error as LanError;
}

test('the first start makes an authority in a data folder that need not be there yet', async () => {
  rmSync(dataDir, { recursive: true });
  const { certificate, certificateFile } = await kept();
  expect(readFileSync(certificateFile, 'utf8').trim()).toBe(certificate.toString('pem'));
  // Nothing half-made stays beside it.
  expect(readdirSync(dataDir)).toEqual(['lan-ca']);
});

test.skipIf(process.platform === 'win32')('only who runs Ferry can read it, also after a careless copy', async () => {
  await kept();
  const key = join(folder, 'root.key');
  expect([modeOf(folder), modeOf(key)]).toEqual([0o700, 0o600]);
  chmodSync(folder, 0o755);
  chmodSync(key, 0o644);
  await kept();
  expect([modeOf(folder), modeOf(key)]).toEqual([0o700, 0o600]);
});

test('later starts use the same one, whatever the computer is called then', async () => {
  const first = await kept();
  const second = await keptAuthority(dataDir, 'other-pc', Date.now());
  expect(second.certificate.serialNumber).toBe(first.certificate.serialNumber);
});

describe('what cannot be used is complained about, with what to do, and stays as it is', () => {
  test.each([
    ['a key that is missing', 'authority-incomplete', () => rmSync(join(folder, 'root.key'))],
    ['a certificate that is missing', 'authority-incomplete', () => rmSync(join(folder, 'root.crt'))],
    ['a certificate cut short', 'authority-damaged', () => writeFileSync(join(folder, 'root.crt'), '-----BEGIN CERT')],
    ['an empty key', 'authority-damaged', () => writeFileSync(join(folder, 'root.key'), '')],
  ])('%s', async (_what, code, damage) => {
    await kept();
    damage();
    const before = files();
    const error = await refusal();
    expect(error.code).toBe(code);
    expect(error.message).toContain(folder);
    expect(error.message).toMatch(/from a backup, or delete .* on every device again\.$/);
    expect(files()).toEqual(before);
  });

  test('a key that belongs to another certificate', async () => {
    await kept();
    const key = readFileSync(join(folder, 'root.key'));
    rmSync(folder, { recursive: true });
    await kept();
    writeFileSync(join(folder, 'root.key'), key);
    expect((await refusal()).code).toBe('authority-damaged');
  });

  test('a file that cannot be read', async () => {
    await kept();
    // Root could read it in spite of its mode.
    rmSync(join(folder, 'root.key'));
    mkdirSync(join(folder, 'root.key'));
    const error = await refusal();
    expect([error.code, error.message]).toEqual([
      'authority-unreadable',
      expect.stringMatching(/EISDIR.*able to read/),
    ]);
  });

  test('a root that has expired', async () => {
    await kept();
    expect((await refusal(Date.now() + 11 * YEAR_MS)).code).toBe('authority-expired');
  });

  test('a data folder in which nothing can be made', async () => {
    rmSync(dataDir, { recursive: true });
    writeFileSync(dataDir, '');
    expect((await refusal()).code).toBe('authority-unreadable');
  });
});
