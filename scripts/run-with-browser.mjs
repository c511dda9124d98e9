// Builds what changed and runs a TypeScript program that drives Chromium, with this Node's type stripping.
import { spawnSync } from 'node:child_process';
import { browserEnvironment } from './chromium.mjs';
import { root } from './root.mjs';
import { tool } from './tool.mjs';

/**
 * @param {string} program absolute path; it gets this process's further arguments
 * @returns {number} the exit code
 */
export function runWithBrowser(program) {
  const built = tool('turbo', ['run', 'build', '--output-logs=errors-only', '--log-prefix=none']);
  if (built !== 0) return built;
  const options = { cwd: root, stdio: 'inherit', env: browserEnvironment() };
  return spawnSync(process.execPath, [program, ...process.argv.slice(2)], options).status ?? 1;
}
