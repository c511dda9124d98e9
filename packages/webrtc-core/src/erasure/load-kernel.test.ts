import { afterEach, expect, test, vi } from 'vitest';
import { loadKernel } from './load-kernel.ts';

afterEach(() => vi.restoreAllMocks());

function modulesThat(isKnown: (call: number) => boolean): void {
  let call = 0;
  vi.spyOn(WebAssembly, 'validate').mockImplementation(() => isKnown(call++));
}

test('the quickest is chosen where everything is known', async () => {
  expect((await loadKernel()).name).toBe('relaxed-simd');
});

test('without relaxed SIMD it is the strict one', async () => {
  modulesThat((call) => call > 0);
  expect((await loadKernel()).name).toBe('simd');
});

test('without SIMD there are tables', async () => {
  modulesThat(() => false);
  expect((await loadKernel()).name).toBe('tables');
});

test('where a page’s policy forbids WebAssembly there are tables', async () => {
  vi.spyOn(WebAssembly, 'instantiate').mockRejectedValue(new WebAssembly.CompileError('forbidden'));
  expect((await loadKernel()).name).toBe('tables');
});

test('where there is no WebAssembly there are tables', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  expect((await loadKernel()).name).toBe('tables');
  vi.unstubAllGlobals();
});
