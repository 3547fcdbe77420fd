import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { selfTest } from '../../src/main/selftest/self-test.ts'

const data = resolve(import.meta.dirname, '../../../shared/data')
const missing = !existsSync(data)
  ? 'skipped: real recordings not found'
  : spawnSync('socat', ['-V']).error
    ? 'skipped: no socat'
    : null
const folder = mkdtempSync(join(tmpdir(), 'kalamos-rehearse-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Every n-th recording of a file of real ones, so that all labels or writers are among them. */
function everyNth(name: string, n: number): { path: string; count: number } {
  const lines = gunzipSync(readFileSync(join(data, name)))
    .toString()
    .trim()
    .split('\n')
    .filter((_, index) => index % n === 0)
  const path = join(folder, name.replace('.gz', ''))
  writeFileSync(path, lines.join('\n'))
  return { path, count: lines.length }
}

describe.skipIf(missing !== null)(`the whole job over a pair of serial ports${missing ? ` (${missing})` : ''}`, () => {
  it('records real digits without losing a frame, trains on four of five, and reads the others live', async () => {
    const { path, count } = everyNth('pen-digits.ndjson.gz', 5)
    const report = await selfTest({ data: path, speed: 60 })
    expect(report).toMatchObject({ recordings: count, played: count, lost_frames: 0, read: Math.floor(count / 5) })
    // A fifth of the recordings is too little to read well, but far better than the one in ten of guessing.
    expect(report.accuracy).toBeGreaterThan(0.4)
    expect(report.latency_ms!.p50).toBeGreaterThan(0)
  })

  it('finds every word of a pen with tip force, writer by writer', async () => {
    const { path, count } = everyNth('pen-computer.ndjson.gz', 20)
    const report = await selfTest({ data: path, speed: 100 })
    expect(report).toMatchObject({ recordings: count, lost_frames: 0, read: 0, accuracy: null })
  })

  it('names the line of a file that cannot be rehearsed', async () => {
    const path = join(folder, 'broken.ndjson')
    writeFileSync(path, '{"writer":"w01"\n')
    await expect(selfTest({ data: path })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('line 1'),
    })
  })
})
