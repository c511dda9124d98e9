import type { Column, ColumnsReference } from '@ferry/shared';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { PASSWORD, type TestBrowser, type TestServer, testServer } from '../../api/src/testing/test-server.ts';
import { ColumnUploader } from './testing/column-uploader.ts';
import { EnginePeer } from './testing/engine-peer.ts';
import { type NodeProcess, startNode } from './testing/node-process.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const POLL = { timeout: 60_000, interval: 200 };
const MIB = 1024 * 1024;

let server: TestServer;
let ben: TestBrowser;
let variables: Record<string, string>;
let nodeId: string;
beforeEach(async () => {
  server = await testServer();
  ben = await server.user('ben');
  const { node, token } = await ben.http.nodes.create.mutate({ name: 'Cellar' });
  nodeId = node.nodeId;
  variables = { FERRY_URL: server.url, FERRY_NODE_TOKEN: token, DATA_DIR: temporaryFolder(), SPACE_GB: '5' };
});
afterEach(() => server.close());

const listed = async () => (await ben.http.nodes.list.query())[0]!;

async function peer(username: string): Promise<EnginePeer> {
  const joined = await EnginePeer.join({ origin: server.url, username, password: PASSWORD });
  onTestFinished(() => joined.close());
  return joined;
}

/** What the node keeps of a version, as the server knows it. */
async function keptBy(reader: EnginePeer, versionId: string): Promise<Column[]> {
  const { holders } = await reader.api.store.details.query({ versionId });
  const runs = holders.find(({ deviceId }) => deviceId === nodeId)?.columns ?? [];
  return runs.map(({ index, firstGroup }) => ({ versionId, group: firstGroup, index }));
}

async function fetchFromNode(reader: EnginePeer, upload: ColumnUploader, column: Column): Promise<Buffer> {
  const { deviceId, api, exchange } = reader;
  const { versionId, group, index } = column;
  const { grants } = await api.store.open.mutate({ deviceId, versionId });
  const { capability } = grants.find((grant) => grant.deviceId === nodeId)!;
  const columns = [{ index, firstGroup: group, groupCount: 1 }];
  const reference: ColumnsReference = { capability, want: { type: 'columns', versionId, columns } };
  const manifest = await upload.manifest(column);
  const receiver = await exchange.fetch({
    summary: { title: 'x', itemCount: 1, entryCount: 1, totalBytes: manifest.entries[0]!.sizeBytes },
    manifest,
    sources: [{ peerId: nodeId, reference: async () => JSON.stringify(reference), isOrigin: true }],
  });
  await receiver.accept();
  await expect.poll(() => receiver.state.status, POLL).toBe('done');
  return reader.contents(receiver);
}

test('it keeps what somebody stores, is killed, and gives it to others when it is started again', {
  timeout: 240_000,
}, async () => {
  const [uploader, reader] = [await peer('ana'), await peer('cleo')];
  let node: NodeProcess = startNode(variables);
  await expect.poll(listed, POLL).toMatchObject({ isOnline: true, offeredBytes: 5_000_000_000 });
  const upload = new ColumnUploader(uploader, 7 * MIB + 11);
  await upload.begin();
  await expect.poll(async () => (await upload.state()).code, POLL).toEqual({ k: 1, n: 3 });
  await upload.confirm();
  await expect.poll(() => keptBy(uploader, upload.versionId), POLL).toHaveLength(1);
  const [column] = await keptBy(uploader, upload.versionId);
  expect(await upload.state()).toMatchObject({ ownerCount: 1 });

  node.kill('SIGKILL');
  await node.ended;
  await expect.poll(async () => (await listed()).isOnline, POLL).toBe(false);
  node = startNode(variables);
  await expect.poll(async () => (await listed()).isOnline, POLL).toBe(true);
  // Whoever stored it is gone: there is nobody else to have it from.
  await uploader.close();
  expect(Buffer.compare(await fetchFromNode(reader, upload, column!), upload.contents(column!))).toBe(0);
  expect(await keptBy(reader, upload.versionId)).toEqual([column]);

  node.kill('SIGTERM');
  expect(await node.ended).toBe(0);
  expect(node.said()).toContain('Stopping.');
});

test('what is killed in the middle of fetching fetches the rest', { timeout: 240_000 }, async () => {
  const uploader = await peer('ana');
  let node = startNode(variables);
  await expect.poll(async () => (await listed()).isOnline, POLL).toBe(true);
  const upload = new ColumnUploader(uploader, 40 * MIB);
  uploader.exchange.rates.send.bytesPerSecond = 8 * MIB;
  await upload.begin();
  await expect.poll(async () => (await upload.state()).code, POLL).not.toBeNull();
  await upload.confirm();
  for (let kill = 1; kill <= 2; kill++) {
    await expect.poll(() => upload.servedBytes, POLL).toBeGreaterThan(kill * 12 * MIB);
    node.kill('SIGKILL');
    await node.ended;
    node = startNode(variables);
  }
  uploader.exchange.rates.send.bytesPerSecond = null;
  await expect.poll(() => keptBy(uploader, upload.versionId), { ...POLL, timeout: 120_000 }).toHaveLength(1);
  // Each life loses what it had not flushed, and what was on its way.
  expect(upload.servedBytes).toBeLessThan(2 * 40 * MIB - 12 * MIB);
});

test('two programs do not share a folder', async () => {
  const first = startNode(variables);
  await expect.poll(first.said, POLL).toContain('Signed in as');
  const second = startNode(variables);
  expect(await second.ended).toBe(78);
  expect(second.said()).toBe('Another ferry-node uses this folder. Each needs a folder of its own.\n');
});

test('a token that is refused ends it with a sentence, and what is removed while it runs, too', async () => {
  const wrong = startNode({ ...variables, FERRY_NODE_TOKEN: `ferry-node_${'A'.repeat(43)}` });
  expect(await wrong.ended).toBe(78);
  expect(wrong.said()).toBe('The server refused the token. Make a new one in Settings → Computers that keep pieces.\n');
  const node = startNode(variables);
  await expect.poll(async () => (await listed()).isOnline, POLL).toBe(true);
  await ben.http.nodes.remove.mutate({ nodeId });
  expect(await node.ended).toBe(78);
  expect(node.said()).toContain('The server refused the token.');
});

test('it waits for a server that is away, and ends at once when it is told to', async () => {
  const node = startNode({ ...variables, FERRY_URL: 'http://127.0.0.1:9' });
  await expect.poll(node.said, POLL).toContain('The server cannot be reached');
  node.kill('SIGTERM');
  expect(await node.ended).toBe(0);
});

test('it ends at once, too, when the server went away', async () => {
  const node = startNode(variables);
  await expect.poll(async () => (await listed()).isOnline, POLL).toBe(true);
  await server.app.close();
  await expect.poll(node.said, POLL).toContain('The server cannot be reached');
  const toldAtMs = performance.now();
  node.kill('SIGTERM');
  expect(await node.ended).toBe(0);
  expect(performance.now() - toldAtMs).toBeLessThan(10_000);
});
