// Chooses the quickest kernel that this engine runs and the page's policy allows. Knows no codes.
import type { Kernel } from './kernel.ts';
import { RELAXED_SIMD_MODULE, SIMD_MODULE } from './kernel-modules.ts';
import { SimdKernel } from './simd-kernel.ts';
import { TableKernel } from './table-kernel.ts';

const MODULES = { 'relaxed-simd': RELAXED_SIMD_MODULE, simd: SIMD_MODULE };

/** WebAssembly needs `wasm-unsafe-eval` where a page has a content security policy; without it there are tables. */
export async function loadKernel(): Promise<Kernel> {
  return (await loadSimdKernel('relaxed-simd')) ?? (await loadSimdKernel('simd')) ?? new TableKernel();
}

/** Undefined where it cannot be run. */
export async function loadSimdKernel(name: SimdKernel['name']): Promise<SimdKernel | undefined> {
  const module = Uint8Array.from(atob(MODULES[name]), (character) => character.charCodeAt(0));
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(module)) return undefined;
  return SimdKernel.compile(name, module).catch(() => undefined);
}
