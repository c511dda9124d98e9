import { execFile } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { freeUdpPortPair } from '../testing/free-ports.ts';
import { askBinding } from './ask-binding.ts';
import { encodeMessage } from './message.ts';
import { StunServer } from './stun-server.ts';

const CLIENT = '/usr/bin/turnutils_stunclient';
const IS_CLIENT_HERE = existsSync(CLIENT);
if (!IS_CLIENT_HERE) console.warn(`skipped: ${CLIENT} is not here (apt-get install coturn)`);

let started: StunServer[] = [];
afterEach(async () => {
  await Promise.all(started.map((server) => server.close()));
  started = [];
});

async function start(host: string, port: number) {
  const server = new StunServer({ host, port });
  started.push(server);
  const warn = vi.fn();
  return { server, warn, state: await server.start(warn) };
}

async function listenOn(port: number, address = '127.0.0.1'): Promise<Socket> {
  const socket = createSocket('udp4').bind(port, address);
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  return socket;
}

test.each(['127.0.0.1', '::1'])('both ports tell a client on %s its address', async (address) => {
  const port = await freeUdpPortPair();
  const { state } = await start('localhost', port);
  expect(state).toMatchObject({ kind: 'listening', families: ['IPv4', 'IPv6'], isLoopbackOnly: true });
  for (const asked of [port, port + 1]) {
    expect(await askBinding({ address, port: asked }, 5000)).toEqual({ address, port: expect.any(Number) });
  }
});

test.each(['0.0.0.0', '::'])('HOST=%s is every address of both families', async (host) => {
  const port = await freeUdpPortPair();
  expect((await start(host, port)).state).toMatchObject({ families: ['IPv4', 'IPv6'], isLoopbackOnly: false });
  // Over IPv6 sockets alone this would be told ::ffff:127.0.0.1.
  expect(await askBinding({ address: '127.0.0.1', port }, 5000)).toMatchObject({ address: '127.0.0.1' });
  expect(await askBinding({ address: '::1', port }, 5000)).toMatchObject({ address: '::1' });
});

test('HOST=127.0.0.1 is this computer only', async () => {
  const port = await freeUdpPortPair();
  await start('127.0.0.1', port);
  expect(await askBinding({ address: '::1', port }, 300)).toBeUndefined();
  expect(await askBinding({ address: '127.0.0.2', port }, 300)).toBeUndefined();
});

test.runIf(IS_CLIENT_HERE)('turnutils_stunclient understands the answers', async () => {
  const port = await freeUdpPortPair();
  await start('localhost', port);
  for (const address of ['127.0.0.1', '::1']) {
    const { stdout } = await promisify(execFile)(CLIENT, ['-p', `${port}`, address]);
    expect(stdout).toContain(`UDP reflexive addr: ${address}:`);
  }
});

test('what is no Binding request gets no answer, and does no harm', async () => {
  const port = await freeUdpPortPair();
  await start('localhost', port);
  const client = await listenOn(0);
  const answers: Buffer[] = [];
  client.on('message', (answer) => answers.push(answer));
  const transactionId = Buffer.alloc(12);
  client.send(Buffer.from('hello'), port, '127.0.0.1');
  client.send(encodeMessage({ method: 1, class: 'success', transactionId, attributes: [] }), port, '127.0.0.1');
  client.send(encodeMessage({ method: 3, class: 'request', transactionId, attributes: [] }), port, '127.0.0.1');
  client.send(encodeMessage({ method: 1, class: 'request', transactionId, attributes: [] }), port, '127.0.0.1');
  // Datagrams of one socket arrive in order on loopback: with this answer, the others are past.
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  expect(answers[0]!.readUInt16BE(0)).toBe(0x0101);
});

test('a flood from one address is not answered for long', async () => {
  const port = await freeUdpPortPair();
  await start('localhost', port);
  const client = await listenOn(0);
  let answers = 0;
  client.on('message', () => answers++);
  const transactionId = Buffer.alloc(12);
  const request = encodeMessage({ method: 1, class: 'request', transactionId, attributes: [] });
  const startedMs = performance.now();
  for (let sent = 0; sent < 1000; sent++) {
    client.send(request, port, '127.0.0.1');
    // Or the queue of the server's socket overflows, and nothing is learned about the limit.
    if (sent % 50 === 0) await setTimeout(1);
  }
  // Another address is not affected, and its answer comes after all that there will be.
  const other = await listenOn(0, '127.0.0.2');
  let isAnswered = false;
  other.once('message', () => {
    isAnswered = true;
  });
  // As clients do: where the queue is full all the same, a request is lost.
  while (!isAnswered) {
    other.send(request, port, '127.0.0.1');
    await setTimeout(50);
  }
  const elapsedS = (performance.now() - startedMs) / 1000;
  expect(answers).toBeGreaterThanOrEqual(100);
  expect(answers).toBeLessThanOrEqual(200 + Math.ceil(elapsedS * 100));
});

describe('a port that cannot be had', () => {
  test('is one warning, is remembered, and is not offered', async () => {
    const port = await freeUdpPortPair();
    await listenOn(port);
    const { server, warn, state } = await start('0.0.0.0', port);
    expect(state).toEqual({ kind: 'not-listening', port, error: 'EADDRINUSE' });
    expect(warn).toHaveBeenCalledExactlyOnceWith({ port, error: 'EADDRINUSE' }, expect.stringContaining('in use'));
    expect(await server.urlsFor('ferry.example.com')).toEqual({ urls: [], probeUrls: [] });
    // The other family's socket was given back, too: nothing half-listens.
    expect(await askBinding({ address: '::1', port }, 300)).toBeUndefined();
  });

  test('costs only itself when it is the second one', async () => {
    const port = await freeUdpPortPair();
    await listenOn(port + 1);
    const { server, warn, state } = await start('0.0.0.0', port);
    expect(state).toMatchObject({ kind: 'listening', secondPortError: 'EADDRINUSE' });
    expect(warn).toHaveBeenCalledTimes(1);
    expect(await server.urlsFor('ferry.example.com')).toEqual({
      urls: [`stun:ferry.example.com:${port}`],
      probeUrls: [],
    });
  });
});

test('a HOST that nobody knows is a warning, too', async () => {
  const { state } = await start('no-such-name.invalid', await freeUdpPortPair());
  expect(state).toMatchObject({ kind: 'not-listening' });
});

test('STUN_PORT=0 is off', async () => {
  const { server, warn, state } = await start('0.0.0.0', 0);
  expect(state).toEqual({ kind: 'off' });
  expect(warn).not.toHaveBeenCalled();
  expect(await server.urlsFor('ferry.example.com')).toEqual({ urls: [], probeUrls: [] });
});

test('what listens on loopback only is offered to nobody else', async () => {
  const port = await freeUdpPortPair();
  const { server } = await start('localhost', port);
  expect(await server.urlsFor('ferry.example.com')).toEqual({ urls: [], probeUrls: [] });
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    const expected = { urls: [`stun:${host}:${port}`], probeUrls: [`stun:${host}:${port + 1}`] };
    expect(await server.urlsFor(host)).toEqual(expected);
  }
});

test('closing gives both ports back', async () => {
  const port = await freeUdpPortPair();
  const { server } = await start('0.0.0.0', port);
  await server.close();
  expect(await server.state()).toEqual({ kind: 'off' });
  expect((await start('0.0.0.0', port)).state).toMatchObject({ kind: 'listening', secondPortError: undefined });
});
