import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { serverCommands } from './packages/webrtc-core/test-servers/commands.ts';

/** No test is about time; this only ends one that hangs, and must not end one on a busy machine. */
const testTimeout = 30_000;

const unit = (name: string, root: string, folders = 'src') => ({
  test: { name, root, testTimeout, include: [`${folders}/**/*.test.ts`], exclude: ['src/**/*.browser.test.ts'] },
});

export default defineConfig({
  test: {
    // By itself it leaves a core for watching; nobody watches here.
    maxWorkers: '100%',
    // V8 sometimes frees code of WebAssembly twice and ends the process (github.com/nodejs/node/issues/64500).
    execArgv: ['--no-wasm-code-gc'],
    projects: [
      unit('shared', 'packages/shared'),
      unit('server-link', 'packages/server-link'),
      unit('core', 'packages/webrtc-core'),
      unit('holder', 'packages/store-holder'),
      unit('api', 'apps/api', '{src,simulation}'),
      unit('web', 'apps/web'),
      unit('node', 'apps/node'),
      // infra/: what can be told of its files without containers.
      { test: { name: 'infra', root: 'e2e/operators', testTimeout, include: ['**/*.test.ts'] } },
      {
        // What only a browser has: RTCPeerConnection, OPFS.
        test: {
          name: 'core-browser',
          testTimeout,
          root: 'packages/webrtc-core',
          include: ['src/**/*.browser.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            commands: serverCommands,
            provider: playwright({
              launchOptions: {
                ...(process.env.FERRY_CHROMIUM ? { executablePath: process.env.FERRY_CHROMIUM } : {}),
                args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
