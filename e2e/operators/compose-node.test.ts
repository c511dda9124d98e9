import { expect, test } from 'vitest';
import { readSettings } from '../../apps/node/src/settings.ts';
import { composeText, readExample, readServices } from './compose-file.ts';
import { variablesIn } from './interpolation.ts';
import { describeServices } from './service-rules.ts';

const SETTINGS = {
  FERRY_URL: 'https://ferry.example.com',
  FERRY_NODE_TOKEN: `ferry-node_${'A'.repeat(43)}`,
  SPACE_GB: '50',
};
const node = (settings: Record<string, string> = SETTINGS) => readServices(settings, 'node')['ferry-node']!;

describeServices(Object.entries(readServices(SETTINGS, 'node')));

test('the node starts with what it is given', () => {
  expect(readSettings([], node().environment)).toMatchObject({
    ...{ origin: SETTINGS.FERRY_URL, token: SETTINGS.FERRY_NODE_TOKEN, folder: '/data' },
    ...{ offeredBytes: 50_000_000_000, logLevel: 'info' },
  });
});

test('it is on the host’s network and publishes nothing', () => {
  expect(node()).toMatchObject({ network_mode: 'host' });
  expect(node().ports).toBeUndefined();
});

test('what its health is told by is what its health check looks at, and no disk', () => {
  const { environment, healthcheck, tmpfs } = node();
  expect(environment.HEALTH_FILE).toBe('/tmp/connected');
  expect(healthcheck!.test.join(' ')).toContain('process.env.HEALTH_FILE');
  expect(tmpfs).toEqual(['/tmp']);
});

test('pieces go to a volume or to a folder, and an own authority is believed', () => {
  expect(node().volumes).toEqual(['pieces:/data', '/dev/null:/root.crt:ro']);
  const own = node({ ...SETTINGS, FOLDER: '/mnt/disk', ROOT_CERTIFICATE: './root.crt' });
  expect(own.volumes).toEqual(['/mnt/disk:/data', './root.crt:/root.crt:ro']);
  expect(own.environment.NODE_EXTRA_CA_CERTS).toBe('/root.crt');
});

test('node.env.example explains every variable of the file, and no other; the token is not in it', () => {
  expect(new Set(readExample('node').mentioned)).toEqual(new Set(variablesIn(composeText('node'))));
  expect(readExample('node').set.FERRY_NODE_TOKEN).toBe('');
});

test.each(Object.keys(SETTINGS))('without %s compose refuses to start', (name) => {
  expect(() => readServices({ ...SETTINGS, [name]: '' }, 'node')).toThrow(`${name}: set it in node.env`);
});
