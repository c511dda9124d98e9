import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: {
    server: 'src/server.ts',
    'catalog-thread': 'src/catalog/catalog-thread.ts',
    'ferry-admin': 'src/admin/ferry-admin.ts',
  },
  format: 'esm',
  platform: 'node',
  fixedExtension: true,
  dts: false,
  sourcemap: true,
  // Our own packages are TypeScript sources. Of drizzle-orm's hundreds of modules few are used: loading them all took
  // half a second and 250 MB. Everything else from the registry stays where it is.
  deps: { alwaysBundle: [/^@ferry\//, /^drizzle-orm/] },
  copy: [
    { from: 'src/db/migrations', to: 'dist' },
    { from: 'src/trust/trust-assets', to: 'dist' },
  ],
});
