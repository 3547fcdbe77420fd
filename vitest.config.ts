import { svelte } from '@sveltejs/vite-plugin-svelte'
import { configDefaults, defineConfig } from 'vitest/config'
import { V8_FLAGS } from './src/main/process/fork.ts'

/** Tests that other tools run, and those of `npm run test:long`. */
const elsewhere = [...configDefaults.exclude, 'test/browser/**', 'test/electron/**', '**/*.long.test.ts']

/**
 * Folders whose tests only compute, or work in folders of their own: their files share a process, which loads the
 * modules once. Whatever changes something that belongs to the whole process (its environment, its signals, a backend
 * of tfjs, a log) has no place here: a file that is in none of these folders has a process to itself.
 */
const sharing = [
  'adaptation',
  'compute/ops',
  'corpus',
  'exchange',
  'experiments',
  'ml',
  'pen/calibration',
  'protocol',
  'quality',
  'recognise',
  'record',
  'renderer',
  'review',
  'segment',
  'signal',
  'simulator',
  'store',
  'training',
  'words',
  'writers',
].map((folder) => `test/${folder}/**/*.test.ts`)

export default defineConfig({
  plugins: [svelte()],
  test: {
    globalSetup: ['scripts/kernels.mjs', 'test/support/own-data.ts'],
    setupFiles: ['test/support/properties.ts', 'test/tidy.ts'],
    // They end what hangs, and say nothing of how fast anything is.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A window's storage would outlive the test that wrote into it, and be shared by files in one process.
    execArgv: [...V8_FLAGS, '--no-experimental-webstorage'],
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'sharing', include: sharing, exclude: elsewhere, isolate: false } },
      { extends: true, test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: [...elsewhere, ...sharing] } },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,svelte}'],
      exclude: ['src/main/compute/kernels/assembly/**'],
      reporter: ['text-summary', 'html'],
      reportsDirectory: '.cache/coverage',
    },
  },
})
