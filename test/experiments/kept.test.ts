import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cachedNetwork, type CachedNetwork } from '../../src/main/experiments/model-cache.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kept-'))))
afterEach(() => rmSync(folder, { recursive: true }))

let made = 0
const make = (): Promise<CachedNetwork> =>
  Promise.resolve({ weights: { 'dense.bias': { shape: [2], values: new Float32Array([++made, 0.5]) } }, state: {} })
const first = ({ weights }: CachedNetwork): number => weights['dense.bias']!.values[0]!

test('a network that trials share is made once for a description, and once more for another', async () => {
  const one = await cachedNetwork({ folder }, 'start', { words: 10 }, make)
  expect(first(await cachedNetwork({ folder }, 'start', { words: 10 }, make))).toBe(first(one))
  expect(first(await cachedNetwork({ folder }, 'start', { words: 20 }, make))).toBe(first(one) + 1)
  expect(first(await cachedNetwork({}, 'start', { words: 10 }, make))).toBe(first(one) + 2)
})

test('a file that was cut off is named, not gone on from', async () => {
  await cachedNetwork({ folder }, 'start', {}, make)
  const file = readdirSync(folder).find((name) => name.endsWith('.safetensors'))!
  truncateSync(join(folder, file), 10)
  await expect(cachedNetwork({ folder }, 'start', {}, make)).rejects.toMatchObject({
    code: 'checkpoint-damaged',
    message: expect.stringContaining(file) as string,
  })
})

test('what is broken off while it is made leaves nothing behind', async () => {
  await expect(cachedNetwork({ folder }, 'start', {}, () => Promise.reject(new Error('cancelled')))).rejects.toThrow(
    'cancelled',
  )
  expect(readdirSync(folder)).toEqual([])
})
