import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = fileURLToPath(import.meta.url)

/**
 * The folder that holds package.json, resources/ and, once built, out/. The same in a checkout and in a packaged app.
 */
export const root = findRoot(dirname(here))

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error(`no package.json above ${here}`)
  return findRoot(parent)
}

/** A file that ships in resources/. */
export function resource(...parts: string[]): string {
  return join(root, 'resources', ...parts)
}

/** The version of the app, as package.json says it. */
export function version(): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
}

/** Entries that run in a process or thread of their own: their source, and their name in the build. */
const ENTRIES = {
  trainer: 'src/main/training/process.ts',
  worker: 'src/main/ml/programs/worker.ts',
  'checkpoint-worker': 'src/main/store/checkpoints/worker.ts',
  reader: 'src/main/exchange/reading/process.ts',
  'reader-thread': 'src/main/exchange/reading/thread.ts',
  'backup-worker': 'src/main/backup/worker.ts',
  'backend-probe': 'src/main/doctor/backend-probe.ts',
} as const

/** Where to start such an entry: the TypeScript source when this file runs from source, else the built file. */
export function entry(name: keyof typeof ENTRIES): URL {
  return pathToFileURL(here.endsWith('.ts') ? join(root, ENTRIES[name]) : join(root, 'out', 'main', `${name}.js`))
}
