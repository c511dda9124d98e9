// A node as the shipped files run it, at a computer of its own, with a server that has an authority of its own: from the
// operator's command to the health check.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { test } from '../lab/base-test.ts';
import { Lab } from '../lab/lab.ts';
import { readServices } from './compose-file.ts';
import { Installation } from './installation.ts';
import { Mounts } from './mounts.ts';
import { namesOn } from './names-on.ts';
import { ServiceProcess } from './service-process.ts';
import { FERRY_HOST, ORIGIN } from './visitor.ts';

const FERRY_ADMIN = fileURLToPath(new URL('../../apps/api/dist/ferry-admin.mjs', import.meta.url));

let lab: Lab<'cellar' | 'server'>;
let installation: Installation;

test.beforeAll(async ({ obstacle }) => {
  test.skip(obstacle !== undefined, obstacle);
  test.setTimeout(180_000);
  lab = Lab.lan(['cellar', 'server']);
  const settings = { FERRY_HOST, TLS_MODE: 'internal', REGISTRATION: 'closed' };
  installation = new Installation(lab.host('server'), { services: ['ferry', 'caddy'], settings });
  await installation.start();
});

test.afterAll(async () => {
  await installation?.dispose();
  lab?.dispose();
});

function ferryAdmin(...args: string[]): string {
  const env = { ...process.env, DATA_DIR: join(installation.folder, 'data') };
  return execFileSync(process.execPath, [FERRY_ADMIN, ...args], { encoding: 'utf8', env, stdio: 'pipe' });
}

test('an operator makes a token, starts the container, and it is well', async () => {
  test.setTimeout(120_000);
  ferryAdmin('create-user', 'ann', '--generate');
  const token = ferryAdmin('nodes', 'create', 'Cellar', '--owner', 'ann').trim();
  const settings = {
    ...{ FERRY_URL: ORIGIN, FERRY_NODE_TOKEN: token, SPACE_GB: '50' },
    ROOT_CERTIFICATE: join(installation.folder, 'trust', 'root.crt'),
  };
  const service = readServices(settings, 'node')['ferry-node']!;
  const names = { [FERRY_HOST]: lab.host('server').address };
  const host = namesOn(lab.host('cellar'), names, join(installation.folder, 'hosts'));
  const node = new ServiceProcess(host, service, new Mounts(service, join(installation.folder, 'cellar')));
  node.start();
  await node.untilHealthy();
  const [listed] = JSON.parse(ferryAdmin('nodes', 'list', '--json'));
  expect(listed).toMatchObject({ name: 'Cellar', owner: 'ann', offeredBytes: 50_000_000_000 });
  expect(listed.lastSeenAt).not.toBeNull();
  expect(node.log).not.toContain(token);
  expect(await node.stop()).toBe(0);
});
