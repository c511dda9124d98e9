import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { encodeErrorCode } from '../stun/error-code.ts';
import { ATTRIBUTE, attributeValue, decodeMessage, encodeMessage, type StunMessage } from '../stun/message.ts';
import { encodeXorAddress } from '../stun/xor-address.ts';
import {
  CLOSED_DOOR,
  IS_COTURN_HERE,
  SECRET,
  startCoturn,
  type TestRelay,
  withAuthentication,
} from '../testing/coturn.ts';
import { turnCredentials } from './credentials.ts';
import { openDatagramWire } from './datagram-wire.ts';
import { openStreamWire } from './stream-wire.ts';
import { TurnClient, TurnRefusal } from './turn-client.ts';
import { parseTurnUrl } from './turn-url.ts';
import { WireError } from './wire.ts';

const credentials = () =>
  turnCredentials({ secret: SECRET, lifetimeS: 600 }, { userId: 'user', deviceId: 'device' }, Date.now());

async function clientOf(url: string): Promise<TurnClient> {
  const target = parseTurnUrl(url)!;
  const ended = AbortSignal.timeout(10_000);
  const wire = await (target.transport === 'udp' ? openDatagramWire(target, ended) : openStreamWire(target, [], ended));
  onTestFinished(() => wire.close());
  return new TurnClient(wire, credentials());
}

describe.runIf(IS_COTURN_HERE).each(['udp', 'tcp'])('with coturn over %s', (transport) => {
  async function start(...lines: string[]): Promise<{ turn: TurnClient; relay: TestRelay }> {
    const relay = await startCoturn({ lines: withAuthentication(...lines) });
    onTestFinished(() => relay.stop());
    return { turn: await clientOf(`turn:127.0.0.1:${relay.port}?transport=${transport}`), relay };
  }

  test('an address is allocated, asked about and given back', async () => {
    const { turn, relay } = await start(...CLOSED_DOOR);
    const { relayed, isOpenToAnybody } = await turn.allocate();
    expect(relayed).toEqual({ address: '127.0.0.1', port: expect.any(Number) });
    expect(isOpenToAnybody).toBe(false);
    expect([await turn.mayReach('10.1.2.3'), await turn.mayReach('198.51.100.1')]).toEqual([false, true]);
    await turn.release();
    // coturn looks once a second what has ended; what was not given back lives for ten minutes.
    await vi.waitFor(() => expect(relay.log()).toContain('reason: allocation timeout'), { timeout: 20_000 });
  });

  test('a nonce that got old is replaced by the new one', async () => {
    const { turn, relay } = await start('stale-nonce=1');
    await turn.allocate();
    await setTimeout(2500);
    expect(await turn.mayReach('198.51.100.1')).toBe(true);
    expect(relay.log()).toContain('438');
  });

  test('an address of the other family is neither allowed nor forbidden', async () => {
    const { turn } = await start();
    await turn.allocate();
    const asking = turn.mayReach('2001:db8::1');
    await expect(asking).rejects.toBeInstanceOf(TurnRefusal);
    await expect(asking).rejects.toMatchObject({ code: 443 });
  });
});

describe('with something that only pretends to be a relay', () => {
  /** Answers each request as it is told; a real socket, like the relay it plays. */
  async function pretender(answer: (request: StunMessage) => Partial<StunMessage>): Promise<TurnClient> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    onTestFinished(() => void socket.close());
    socket.on('message', (datagram, { port, address }) => {
      const request = decodeMessage(datagram)!;
      socket.send(encodeMessage({ ...request, attributes: [], ...answer(request) }), port, address);
    });
    return clientOf(`turn:127.0.0.1:${socket.address().port}`);
  }

  const challenge = (code: number, nonce = 'nonce') => ({
    class: 'error' as const,
    attributes: [
      { type: ATTRIBUTE.errorCode, value: encodeErrorCode({ code, reason: 'no' }) },
      { type: ATTRIBUTE.realm, value: Buffer.from('realm') },
      { type: ATTRIBUTE.nonce, value: Buffer.from(nonce) },
    ],
  });

  test('a yes that is not signed with the secret is none', async () => {
    const turn = await pretender((request) => {
      if (!attributeValue(request, ATTRIBUTE.username)) return challenge(401);
      const value = encodeXorAddress({ address: '192.0.2.1', port: 1 }, request.transactionId);
      return { class: 'success', attributes: [{ type: ATTRIBUTE.xorRelayedAddress, value }] };
    });
    await expect(turn.allocate()).rejects.toMatchObject(new WireError('not-stun', 'EPROTO'));
  });

  test('a yes without an address is none', async () => {
    const turn = await pretender(() => ({ class: 'success' }));
    await expect(turn.allocate()).rejects.toMatchObject({ code: 'not-stun' });
  });

  test('a no without a reason is none', async () => {
    const turn = await pretender(() => ({ class: 'error' }));
    await expect(turn.allocate()).rejects.toMatchObject({ code: 'not-stun' });
  });

  test('new nonces without end are given up', async () => {
    let asked = 0;
    const turn = await pretender(() => challenge(438, `nonce ${++asked}`));
    await expect(turn.allocate()).rejects.toMatchObject({ code: 438 });
    expect(asked).toBe(3);
  });
});

test('what is lost on the way is sent again', async () => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  let received = 0;
  socket.on('message', (datagram, { port, address }) => {
    if (++received < 3) return;
    const attributes = [{ type: ATTRIBUTE.errorCode, value: encodeErrorCode({ code: 400, reason: '' }) }];
    socket.send(encodeMessage({ ...decodeMessage(datagram)!, class: 'error', attributes }), port, address);
  });
  const turn = await clientOf(`turn:127.0.0.1:${socket.address().port}`);
  await expect(turn.allocate()).rejects.toMatchObject({ code: 400 });
});
