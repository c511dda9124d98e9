// `npm test`: everything that decides whether a change lands, each stage also after another failed, and one
// line at the end: `N passed, N failed`. Lint and types count as one check each.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { browserEnvironment } from '../chromium.mjs';
import { ensureNetworkTools } from '../network-tools.mjs';
import { root } from '../root.mjs';
import { tool } from '../tool.mjs';

const results = join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results);
const browser = browserEnvironment();
ensureNetworkTools();
const counts = { passed: 0, failed: 0, skipped: 0 };

check('Lint', runTask('lint'));
check('Types', runTask('typecheck'));
unitTests();
browserTests();

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exit(counts.failed > 0 ? 1 : 0);

function check(name, passed) {
  if (passed) counts.passed++;
  else counts.failed++;
  console.log(`${passed ? '✓' : '✗'} ${name}\n`);
}

function runTask(name) {
  const file = join(root, 'scripts', 'tasks', `${name}.mjs`);
  return spawnSync(process.execPath, [file], { cwd: root, stdio: 'inherit' }).status === 0;
}

function unitTests() {
  const report = join(results, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = tool('vitest', ['run', ...reporters], { env: browser });
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = read(report);
  add({ passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests }, code);
}

function browserTests() {
  if (!runTask('build')) return check('Build', false);
  runBrowserTests('browsers', 1);
  // They wait most of the time: two take no longer than one.
  runBrowserTests('networks', 2);
}

function runBrowserTests(project, workers) {
  const report = join(results, `${project}.json`);
  const env = { ...browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const args = ['test', '--config', 'e2e/playwright.config.ts', '--project', project, '--workers', `${workers}`];
  const code = tool('playwright', args, { env });
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = read(report).stats ?? {};
  // A test that passed only when tried again has failed.
  add({ passed: expected, failed: unexpected + flaky, skipped }, code);
}

function add({ passed, failed, skipped }, code) {
  counts.passed += passed;
  // A runner that broke before it could count has failed, too.
  counts.failed += code !== 0 && failed === 0 ? 1 : failed;
  counts.skipped += skipped;
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
