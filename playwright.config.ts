import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'
import { findChromium } from './src/main/doctor/chromium.ts'

const executablePath = findChromium()
/** What takes minutes has a run of its own: `npm run test:long`. */
const long = process.env['KALAMOS_LONG'] === '1'
const LONG_SPECS = '**/*.long.spec.ts'

export default defineConfig({
  testDir: 'test',
  testMatch: long ? LONG_SPECS : ['browser/**/*.spec.ts', 'electron/**/*.spec.ts'],
  testIgnore: long ? [] : LONG_SPECS,
  outputDir: 'test-results',
  globalSetup: ['./test/browser/built-app.ts', './test/support/own-data.ts'],
  // A busy machine makes a page slow, not wrong: whoever waits for something waits long. What is stuck says so within
  // five minutes.
  timeout: 300_000,
  expect: { timeout: 100_000 },
  workers: Math.min(2, availableParallelism()),
  retries: 0,
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    actionTimeout: 100_000,
    navigationTimeout: 100_000,
    // Nothing fades or slides: a colour or a place that is looked at is the one that stays.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      // Chromium's own sandbox needs an unprivileged user; the pages under test are ours.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
})
