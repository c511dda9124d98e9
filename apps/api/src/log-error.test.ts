import { expect, test } from 'vitest';
import { describeError } from './log-error.ts';

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('It did not throw');
}

test('an error that quotes what it was given is described by its kind and place only', () => {
  const described = describeError(thrownBy(() => JSON.parse('hush')));
  expect(described).toMatchObject({ type: 'SyntaxError', message: '(withheld)' });
  expect(described.stack).toContain('log-error.test.ts');
  expect(JSON.stringify(described)).not.toContain('hush');
});

test('a message of several lines that looks like a stack stays out of it', () => {
  const described = describeError(new Error('wrong\n    at hush (file.ts:1:1)\n    at hush'));
  expect(described.stack).toMatch(/^at /);
  expect(JSON.stringify(described)).not.toContain('hush');
});

test('a message that was changed later takes the stack with it', () => {
  const error = new Error('hush');
  expect(error.stack).toContain('hush');
  error.message = 'something else';
  expect(describeError(error).stack).toBe('');
});

test('what is attached to an error is left out', () => {
  const error = Object.assign(new Error('x'), { rawPacket: Buffer.from('hush'), input: 'hush', code: 'ERR_X' });
  expect(Object.keys(describeError(error)).sort()).toEqual(['code', 'message', 'stack', 'type']);
});

test('causes are described alike, and not without end', () => {
  let error = new Error('hush');
  for (let depth = 0; depth < 10; depth++) error = new Error('hush', { cause: error });
  const described = describeError(error);
  expect(described.cause?.cause?.cause).toMatchObject({ type: 'Error', message: '(withheld)' });
  expect(described.cause?.cause?.cause?.cause).toBeUndefined();
});

test('the system’s own words are the operator’s to read', () => {
  const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { errno: -28, syscall: 'write' });
  expect(describeError(error).message).toBe('ENOSPC: no space left on device, write');
});

test('what is thrown and no error at all', () => {
  expect(describeError('hush')).toEqual({ type: 'string', message: '(withheld)', stack: '' });
  expect(describeError(undefined)).toMatchObject({ type: 'undefined' });
});
