import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: { 'ferry-node': 'src/ferry-node.ts' },
  format: 'esm',
  platform: 'node',
  fixedExtension: true,
  dts: false,
  sourcemap: true,
  // Our own packages are TypeScript sources; everything from the registry stays where it is.
  deps: { alwaysBundle: [/^@ferry\//] },
});
