import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/erasure/index.ts',
    'src/stores/opfs-stores.ts',
    'src/stores/folder-store.ts',
    'src/testing/index.ts',
  ],
  format: 'esm',
  platform: 'neutral',
  // Without it a neutral build names its files .js and the .mjs exports do not exist.
  fixedExtension: true,
  dts: true,
  sourcemap: true,
});
