// How the page is built and served in development. The production server is the API; it sends the same policy.
import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { precompiledMessages } from './build/precompiled-messages.ts';
import { precompressed } from './build/precompressed.ts';
import manifest from './package.json' with { type: 'json' };

const API = 'http://127.0.0.1:3000';

/** What the API sends with every page; here so that `vite preview` shows what it would forbid. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The Host header stays the page's own: the API compares it with the Origin. */
const proxy = {
  '/trpc': { target: API, changeOrigin: false, ws: true },
  '/healthz': { target: API, changeOrigin: false },
};

export default defineConfig({
  // Optimising is Vite's own last step; Tailwind's would rewrite light-dark() for browsers we do not support.
  plugins: [vue(), tailwindcss({ optimize: false }), precompiledMessages(), precompressed()],
  resolve: { alias: { 'vue-i18n': 'vue-i18n/dist/vue-i18n.runtime.mjs' } },
  define: {
    __FERRY_VERSION__: JSON.stringify(manifest.version),
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  server: { proxy },
  preview: { proxy, headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY } },
  worker: { format: 'es' },
  build: {
    target: 'es2024',
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
    sourcemap: true,
    modulePreload: { polyfill: false },
    // Fonts and icons stay files: a data: font is not what the policy allows.
    assetsInlineLimit: 0,
    // One file for the frame and one for the first page: forty small ones compress worse and wait for each other.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'frame', tags: ['$initial'], priority: 2 },
            { name: 'first-page', test: /\/(?:AppShell|SendPage)\.vue/, priority: 1 },
          ],
        },
      },
    },
  },
});
