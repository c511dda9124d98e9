// Finds a Node new enough for Ferry and the pinned pnpm, fetching them from the npm registry (into npx's
// own cache, never globally) when this machine lacks them. Knows nothing of tasks or of Ferry itself.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from './root.mjs';

const PNPM = 'pnpm@12.21.0';
const NODE = 'node@24.21.0';
// better-sqlite3 13 crashes on Node 20, and the API runs TypeScript by type stripping in development.
const LEAST_NODE = [22, 18];

const cacheFile = join(root, 'node_modules', '.cache', 'ferry', 'toolchain.json');

/** @returns {{ node: string, pnpm: string, env: NodeJS.ProcessEnv }} absolute paths, and an environment whose PATH finds them first */
export function resolveToolchain() {
  const paths = cached() ?? fetched();
  const folders = new Set([dirname(paths.node), dirname(paths.pnpm), process.env.PATH]);
  const env = { ...process.env, PATH: [...folders].join(delimiter), TURBO_TELEMETRY_DISABLED: '1' };
  return { ...paths, env };
}

function cached() {
  if (!existsSync(cacheFile)) return undefined;
  const paths = JSON.parse(readFileSync(cacheFile, 'utf8'));
  const valid = paths.key === key() && existsSync(paths.node) && existsSync(paths.pnpm);
  return valid ? paths : undefined;
}

function fetched() {
  const packages = hostNodeIsEnough() ? [PNPM] : [NODE, PNPM];
  const print = 'node -p process.execPath && command -v pnpm';
  const output = execFileSync('npx', ['--yes', ...packages.flatMap((name) => ['-p', name]), '-c', print], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_config_loglevel: 'error' },
  });
  const [node, pnpm] = output.trim().split('\n');
  const paths = { key: key(), node, pnpm };
  mkdirSync(dirname(cacheFile), { recursive: true });
  writeFileSync(cacheFile, JSON.stringify(paths));
  return paths;
}

function key() {
  return `${process.version} ${NODE} ${PNPM}`;
}

function hostNodeIsEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
}
