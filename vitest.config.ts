import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [svelte()],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/electron/**', 'node_modules/**'],
    globalSetup: ['scripts/kernels.mjs', 'test/own-data.ts'],
    setupFiles: ['test/properties.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
  },
})
