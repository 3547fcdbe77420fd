import { defineConfig } from '@playwright/test'
import { findChromium } from './src/main/doctor/chromium.ts'

const executablePath = findChromium()

export default defineConfig({
  testDir: 'test',
  testMatch: ['browser/**/*.spec.ts', 'electron/**/*.spec.ts'],
  outputDir: 'test-results',
  globalSetup: './test/own-data.ts',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 1,
  // A machine that is busy elsewhere can hold up a page for seconds. What passes at the second try is listed as flaky.
  retries: 1,
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      // Chromium's own sandbox needs an unprivileged user; the pages under test are ours.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
})
