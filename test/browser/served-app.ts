import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test as base } from '@playwright/test'

const root = join(import.meta.dirname, '../..')
/** Of a process that ends because it is told to. */
const ENDED = [0, 130]

/**
 * The real app as `npm start -- --browser` runs it: a process of its own on a new database, at an address of loopback.
 */
export interface ServedApp {
  /** With the token in its fragment. */
  url: string
  origin: string
  port: number
  database: string
  /** Ends the app at once, as a power cut would; its database stays. */
  kill(): Promise<void>
  signal(name: NodeJS.Signals): void
  /** Ends the app; throws with what it said where it does not end well. */
  stop(): Promise<void>
}

/** Starts the built app on a database; a new one in a folder that goes with it where none is named. */
export async function serveApp(database?: string): Promise<ServedApp> {
  const folder = database === undefined ? mkdtempSync(join(tmpdir(), 'kalamos-browser-')) : null
  const path = database ?? join(folder!, 'kalamos.db')
  const child = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', '--json', '--database', path], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  let said = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text))
  const { url, port } = await firstLine(child).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${said}`)
  })
  return {
    url,
    origin: new URL(url).origin,
    port,
    database: path,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    signal: (name) => void child.kill(name),
    stop: async () => {
      child.kill('SIGINT')
      const [code] = (await ended) as [number | null]
      if (folder !== null) rmSync(folder, { recursive: true })
      if (code === null || !ENDED.includes(code)) throw new Error(`the app ended with ${String(code)}\n${said}`)
    },
  }
}

async function firstLine(child: ChildProcess): Promise<{ url: string; port: number }> {
  const { stdout } = child
  for await (const line of createInterface({ input: stdout! })) {
    // Read on, or the stream never ends.
    stdout!.resume()
    return JSON.parse(line) as { url: string; port: number }
  }
  throw new Error('the app ended before it served')
}

/** A test with an app of its own. What a worker leaves behind is in a folder of its own, and goes with it. */
export const test = base.extend<{ served: ServedApp }, { scratch: string }>({
  scratch: [
    async ({ browserName: _ }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'kalamos-worker-'))
      process.env['TMPDIR'] = folder
      await use(folder)
      delete process.env['TMPDIR']
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker', auto: true },
  ],
  served: async ({ browserName: _ }, use) => {
    const served = await serveApp()
    await use(served)
    await served.stop()
  },
})
export { expect } from '@playwright/test'
