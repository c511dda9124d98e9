// Installs the workspace when its manifests changed since the last time; otherwise costs a few milliseconds.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const stampFile = join(root, 'node_modules', '.ferry-install');

/** @param {{ pnpm: string, env: NodeJS.ProcessEnv }} toolchain */
export function installDependencies({ pnpm, env }) {
  const stamp = manifestsHash();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  execFileSync(pnpm, ['install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
  });
  writeFileSync(stampFile, stamp);
}

function manifestsHash() {
  const hash = createHash('sha256');
  const folders = ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(parent, name)),
  );
  for (const folder of ['.', 'e2e', ...folders.sort()]) {
    const file = join(root, folder, 'package.json');
    if (existsSync(file)) hash.update(`${folder}\n${readFileSync(file, 'utf8')}`);
  }
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(root, file)));
  return hash.update(process.version).digest('hex');
}
