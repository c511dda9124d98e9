import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kernelSource } from '../../scripts/kernel-source.ts';

test('the bytes of the kernels are what their text makes', async () => {
  const committed = readFileSync(new URL('kernel-modules.ts', import.meta.url), 'utf8');
  expect(await kernelSource()).toBe(committed);
});
