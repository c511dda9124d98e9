import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { validate } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';
import { INFRA } from './compose-file.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const manifest = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8');

describe.each([
  { file: 'Dockerfile', health: '/readyz' },
  { file: 'node.Dockerfile', health: 'process.env.HEALTH_FILE' },
])('$file', ({ file, health }) => {
  const text = readFileSync(`${INFRA}${file}`, 'utf8');
  const bases = [...text.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base!);

  test('a linter finds nothing to say', () => {
    expect(validate(text).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  test('both stages are the same official Node of a full version, the major one that the tests run on', () => {
    expect(new Set(bases).size).toBe(1);
    expect(bases[0]).toMatch(/^node:24\.\d+\.\d+-bookworm-slim$/);
    expect(read('scripts/toolchain.mjs')).toContain("NODE = 'node@24.");
  });

  test('it is built with the pnpm of the repository', () => {
    expect(text).toContain(`npm install --global ${manifest.packageManager}`);
  });

  test('the final image runs as somebody who is not root, and says how it is', () => {
    const final = text.slice(text.lastIndexOf('\nFROM '));
    expect(final).toMatch(/^USER node$/m);
    expect(final).toContain(health);
    // Nothing of the sources and their tools comes along.
    const copied = [...final.matchAll(/^COPY (.+)$/gm)].map(([, rest]) => rest);
    expect(copied.every((rest) => rest?.startsWith('--from=build '))).toBe(true);
  });

  test('what the image copies by name is there, and in the context', () => {
    const context = readFileSync(`${INFRA}${file}.dockerignore`, 'utf8').split('\n');
    for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) {
      expect(text).toContain(name);
      expect(existsSync(`${ROOT}${name}`)).toBe(true);
      expect(context).toContain(`!${name}`);
    }
  });

  test('neither data nor what this machine built can get into the image', () => {
    const context = readFileSync(`${INFRA}${file}.dockerignore`, 'utf8').split('\n');
    // Everything is left out but what is named; of that, these again.
    expect(context.filter((line) => line && !line.startsWith('#'))[0]).toBe('*');
    expect(context).toEqual(expect.arrayContaining(['**/node_modules', '**/dist', '**/data']));
  });
});
