import { defineConfig } from 'vitest/config'
import { V8_FLAGS } from './src/main/process/fork.ts'

/** Tests of `npm run test:long`: whole trainings, whose size is what they test. */
export default defineConfig({
  test: {
    include: ['test/**/*.long.test.ts'],
    globalSetup: ['scripts/kernels.mjs', 'test/support/own-data.ts'],
    setupFiles: ['test/support/properties.ts', 'test/tidy.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    execArgv: [...V8_FLAGS],
    maxWorkers: 2,
  },
})
