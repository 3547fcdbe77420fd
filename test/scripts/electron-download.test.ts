import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const script = join(import.meta.dirname, '../../scripts/electron-download.mjs')

let cache: string
let server: Server | undefined
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'kalamos-electron-cache-'))
})
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  rmSync(cache, { recursive: true })
})

/** Downloads from a server on this machine in place of Electron's. */
async function download(
  answer: RequestListener,
  stalledMs = 60_000,
): Promise<{ code: number | null; progress: string[]; said: string }> {
  server = createServer(answer)
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const env = { ...process.env, ELECTRON_MIRROR: `http://127.0.0.1:${port}/`, electron_config_cache: cache }
  const child = spawn(process.execPath, [script, String(stalledMs)], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, said] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, progress: out.trim().split('\n').filter(Boolean), said }
}

test('a download says how far it is; an archive that is not Electron’s is refused by its checksum', async () => {
  const { code, progress, said } = await download((_, response) => {
    response.writeHead(200, { 'Content-Length': '8' })
    response.write('half')
    response.end('done')
  })
  expect(code).toBe(1)
  expect(progress.at(-1)).toBe('progress 100')
  expect(said).toMatch(/checksum/i)
})

test('a server that has no such archive is a reason in one line', async () => {
  const { code, said } = await download((_, response) => response.writeHead(404).end())
  expect(code).toBe(1)
  expect(said.trim().split('\n')).toEqual([expect.stringContaining('404')])
})

test('a download in which nothing comes any more ends, however long others take', async () => {
  const { code, said } = await download((_, response) => {
    response.writeHead(200, { 'Content-Length': '1000' })
    response.write('then nothing')
  }, 500)
  expect(code).toBe(1)
  expect(said).toContain('nothing has come for 0.5 s')
})
