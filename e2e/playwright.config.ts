// How the browser tests run: one at a time, each with its own browsers, against one real server. Those that spend their time
// waiting for what a network does are a project of their own, and may run two at a time: `--project networks --workers 2`.
import { defineConfig } from '@playwright/test';

/** Each test has networks of its own. */
const NETWORKS = /(link|nat|node)-faults|nat-paths|path-doctor-networks|relay-reasons/;

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  projects: [
    { name: 'browsers', testIgnore: NETWORKS, outputDir: '../test-results/browsers' },
    { name: 'networks', testMatch: NETWORKS, outputDir: '../test-results/networks' },
  ],
  // Two cores carry two or three browsers and a server; more at once only make each other time out.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  retries: 0,
  // The JSON report is for `npm test`, which says where it goes; without a place it would fill the screen.
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : 'list',
  globalSetup: './global-setup.ts',
});
