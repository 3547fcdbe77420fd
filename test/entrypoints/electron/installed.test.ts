import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { setUp } from '../../../scripts/setup.mjs'
import { linkedLayout, travel, type Journey } from '../../electron-fake/installed.ts'
import { smallStore } from '../../training/small-store.ts'

describe('an installed app, from its main bundle to its end', () => {
  let journey: Journey
  let database: string

  beforeAll(async () => {
    await setUp()
    const store = smallStore(['ab', 'ba', 'aab', 'bba'])
    database = store.path
    store.close()
    journey = await travel(linkedLayout(join(import.meta.dirname, '../../..')), database)
  }, 240_000)

  test('opens its window and answers it', () => {
    expect(journey.info).toMatchObject({ entryPoint: 'window', databasePath: database })
  })

  test('has loaded neither TensorFlow.js nor a backend of it when the window stands there, and has them to read', () => {
    expect(journey.loadedAtStart).toContain('better-sqlite3')
    expect(journey.loadedAtStart.filter((name) => name.startsWith('@tensorflow/'))).toEqual([])
    expect(journey.loadedAfterReading).toContain('@tensorflow/tfjs')
  })

  test('trains with word images in a process beside, and reads with what came of it', () => {
    expect(journey.run).toMatchObject({ state: 'finished', problem: null })
    expect(journey.readings).toMatchObject({ readings: [{ text: expect.any(String) as string }], refused: [] })
  })

  test('keeps the system from sleeping while it trains, and no longer', () => {
    expect(journey.awake).toEqual({ times: 1, now: 0 })
  })

  test('draws the image of a word', () => {
    expect(journey.image).toMatchObject({
      dataUrl: expect.stringMatching(/^data:image\/png;base64,/) as string,
      source: 'rendered',
    })
  })

  test('tries its backends in a process beside, and says why WebGPU is none here', () => {
    const found = (name: string) => journey.findings.find((finding) => finding.name === name)
    expect(found('Own WASM kernels')).toMatchObject({ ok: true })
    expect(found('Plain JavaScript')).toMatchObject({ ok: true })
    expect(found('WebGPU')).toMatchObject({ ok: false, detail: expect.stringContaining('inside Electron') as string })
  })

  test("opens the writer's window, and ends when it is closed", () => {
    expect(journey.prompt).toBe('kalamos://app/index.html#/prompt')
    expect(journey.exitCode).toBe(0)
  })
})
