import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'electron-vite'

const at = (path: string) => resolve(import.meta.dirname, path)

export default defineConfig({
  main: {
    build: {
      rollupOptions: {
        // Optional packages are loaded where they are there, never bundled.
        external: ['webgpu', '@tensorflow/tfjs-node-gpu'],
        input: {
          index: at('src/main/entrypoints/electron.ts'),
          cli: at('src/main/entrypoints/cli.ts'),
          trainer: at('src/main/training/process.ts'),
          worker: at('src/main/ml/programs/worker.ts'),
          'checkpoint-worker': at('src/main/store/checkpoints/worker.ts'),
          reader: at('src/main/exchange/reading/process.ts'),
          'reader-thread': at('src/main/exchange/reading/thread.ts'),
          'backup-worker': at('src/main/backup/worker.ts'),
          'backend-probe': at('src/main/doctor/backend-probe.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      rollupOptions: {
        input: { index: at('src/preload/index.ts') },
        // A sandboxed preload must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [svelte(), tailwindcss()],
    build: { rollupOptions: { input: { index: at('src/renderer/index.html') } } },
  },
})
