import { expect, test } from 'vitest';
import { checkHello, hello } from './handshake.ts';
import { PROTOCOL_VERSION } from './limits.ts';

test('our own hello is one we take', () => {
  expect(checkHello(hello('a'))).toEqual({ type: 'hello', version: PROTOCOL_VERSION, agent: 'a' });
});

test.each([0, PROTOCOL_VERSION + 1])('version %i is not ours', (version) => {
  expect(() => checkHello({ type: 'hello', version, agent: '' })).toThrow(
    expect.objectContaining({ code: 'version-unsupported' }),
  );
});

test('nothing comes before hello', () => {
  expect(() => checkHello({ type: 'ping', id: 1 })).toThrow(expect.objectContaining({ code: 'message-unexpected' }));
});
