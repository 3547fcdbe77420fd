import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { setUp } from '../../scripts/setup.mjs'

const root = join(import.meta.dirname, '../..')

beforeAll(() => setUp(), 240_000)

test(
  'the browser server stands there without having loaded TensorFlow.js, which nothing but reading and training needs',
  { timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kalamos-load-'))
    const file = join(folder, 'loaded.txt')
    const args = [
      '--import',
      join(root, 'test/electron-fake/loaded-modules.ts'),
      join(root, 'out/main/cli.js'),
      'serve',
      '--json',
      '--database',
      join(folder, 'pens.db'),
    ]
    const child = spawn(process.execPath, args, {
      env: { ...process.env, KALAMOS_LOADED: file },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    expect((await fetch(new URL(JSON.parse(line.toString()).url as string).origin)).status).toBe(200)
    child.kill('SIGINT')
    await once(child, 'exit')
    const loaded = readFileSync(file, 'utf8').split('\n')
    expect(loaded.some((url) => url.includes('/better-sqlite3/'))).toBe(true)
    expect(loaded.filter((url) => url.includes('/@tensorflow/'))).toEqual([])
    rmSync(folder, { recursive: true })
  },
)
