// How the browser tests run: one at a time, each with its own browsers, against one real server.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  // Two cores carry two or three browsers and a server; more at once only make each other time out.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  retries: 0,
  // The JSON report is for `npm test`, which says where it goes; without a place it would fill the screen.
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : 'list',
  outputDir: '../test-results/browser',
  globalSetup: './global-setup.ts',
});
