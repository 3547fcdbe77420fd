import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test as base } from '@playwright/test'

const root = join(import.meta.dirname, '../..')

/** The real app as `npm start -- --browser` runs it: a process of its own on a new database, at an address of loopback. */
export interface ServedApp {
  /** With the token in its fragment. */
  url: string
  origin: string
  port: number
  database: string
  stop(): Promise<void>
}

/** Starts the built app on a database; a new one in a folder that goes with it where none is named. */
export async function serveApp(database?: string): Promise<ServedApp> {
  const folder = database === undefined ? mkdtempSync(join(tmpdir(), 'kalamos-browser-')) : null
  const path = database ?? join(folder!, 'kalamos.db')
  const child = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', '--json', '--database', path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const { url, port } = await firstLine(child)
  return {
    url,
    origin: new URL(url).origin,
    port,
    database: path,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGINT')
        await once(child, 'exit')
      }
      if (folder !== null) rmSync(folder, { recursive: true })
    },
  }
}

async function firstLine(child: ChildProcess): Promise<{ url: string; port: number }> {
  for await (const line of createInterface({ input: child.stdout! })) return JSON.parse(line) as { url: string; port: number }
  throw new Error('the app ended before it served')
}

/** A test with an app of its own. */
export const test = base.extend<{ served: ServedApp }>({
  served: async ({ browserName: _ }, use) => {
    const served = await serveApp()
    await use(served)
    await served.stop()
  },
})
export { expect } from '@playwright/test'
