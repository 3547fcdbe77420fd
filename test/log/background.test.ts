import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { after, every, guarded, heedProblems, inBackground, type Problem } from '../../src/main/process/background.ts'
import { Events } from '../../src/main/process/events.ts'
import { openLog, type OpenLog } from '../../src/main/log/index.ts'
import { readLog } from '../../src/main/log/read.ts'
import { problemReporter } from '../../src/main/app/problems.ts'
import { KalamosError } from '../../src/shared/errors.ts'

let folder: string
let opened: OpenLog
let problems: Problem[]
let leave: () => void

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-background-'))
  opened = openLog({ folder, entryPoint: 'browser' })
  problems = []
  leave = heedProblems((problem) => problems.push(problem))
})
afterEach(() => {
  leave()
  opened.close()
  rmSync(folder, { recursive: true })
})

const defect = new Error('a defect')
const logged = (): string[] =>
  readLog(opened.path, 'debug', 500).map(({ level, area, text }) => `${level} ${area} ${text.split('\n')[0]}`)

describe('what runs with nobody waiting for it', () => {
  it.each([
    [
      'throws',
      () => {
        throw defect
      },
    ],
    ['rejects', () => Promise.reject(defect)],
  ])('is logged with its stack and told when it %s, and ends nothing', async (_, work) => {
    const mended: unknown[] = []
    inBackground('pens', 'a device could not be opened again', work, (error) => mended.push(error))
    await setImmediate()
    expect(problems).toEqual([{ area: 'pens', doing: 'a device could not be opened again', error: defect }])
    expect(mended).toEqual([defect])
    expect(logged()).toEqual(['error pens a device could not be opened again: Error'])
    expect(readLog(opened.path, 'debug', 500)[0]!.text).toMatch(/\n\s+at .*background\.test\.ts/)
  })

  it('goes on after it failed: timers come again, listeners hear the next time', async () => {
    let [ticks, heard] = [0, 0]
    const listener = guarded('pens', 'bytes could not be taken', (text: string) => {
      heard++
      throw new Error(text)
    })
    listener('first')
    listener('second')
    await new Promise<void>((resolve) => {
      const timer = every(1, 'pens', 'a device could not be watched', () => {
        if (++ticks < 3) throw defect
        clearInterval(timer)
        resolve()
      })
    })
    await new Promise<void>((resolve) => after(1, 'store', 'it could not be written', resolve))
    expect(heard).toBe(2)
    expect(problems.map(({ doing }) => doing)).toEqual([
      'bytes could not be taken',
      'bytes could not be taken',
      'a device could not be watched',
      'a device could not be watched',
    ])
  })

  it('survives what fails while its failure is told or mended', () => {
    const stop = heedProblems(() => {
      throw new Error('cannot tell')
    })
    inBackground(
      'app',
      'it failed',
      () => {
        throw defect
      },
      () => {
        throw new Error('cannot mend')
      },
    )
    stop()
    expect(logged()).toEqual([
      'error app it failed: Error',
      'error app a problem could not be told: Error',
      'error app a problem could not be mended: Error',
    ])
  })
})

describe('a listener to an event that throws', () => {
  it('keeps neither the others from hearing nor the teller from going on, and is told', () => {
    const events = new Events()
    const heard: number[] = []
    events.on('adapt.deleted', () => {
      throw defect
    })
    events.on('adapt.deleted', ({ id }) => heard.push(id))
    events.emit('adapt.deleted', { id: 1 })
    events.emit('adapt.deleted', { id: 2 })
    expect(heard).toEqual([1, 2])
    expect(problems).toHaveLength(2)
  })
})

describe('a problem', () => {
  it('is told to the windows once of each kind: what was meant for people in its words, a defect without', () => {
    const events = new Events()
    const told: unknown[] = []
    events.on('system.problem', (problem) => told.push(problem))
    const tell = problemReporter(events)
    for (let time = 0; time < 3; time++) {
      tell({
        area: 'training',
        doing: 'a message could not be taken',
        error: new KalamosError('disk-full', 'The disk is full: x cannot grow.', 'Free some space.'),
      })
      tell({ area: 'recording', doing: 'frames could not be recorded', error: new TypeError('x is not a function') })
    }
    expect(told).toEqual([
      { area: 'training', code: 'disk-full', message: 'The disk is full: x cannot grow.', hint: 'Free some space.' },
      { area: 'recording', code: 'internal', message: null, hint: null },
    ])
  })
})
