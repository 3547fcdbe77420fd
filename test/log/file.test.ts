import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { examineLog } from '../../src/main/doctor/log.ts'
import { LARGEST_BYTES, logFile, OLDER_FILES } from '../../src/main/log/file.ts'
import { log, openLog, type OpenLog } from '../../src/main/log/index.ts'
import { readLog } from '../../src/main/log/read.ts'

let folder: string
let opened: OpenLog | undefined
let failures: string[]

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'kalamos-log-')), 'logs')
  failures = []
})
afterEach(() => {
  opened?.close()
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

function open(more: { verbose?: boolean; echo?: (text: string) => void } = {}): OpenLog {
  opened = openLog({ folder, entryPoint: 'terminal', failed: (code) => failures.push(code), ...more })
  return opened
}

const said = (): string[] => readLog(opened!.path, 'debug', 5000).map(({ text }) => text)

describe('the log', () => {
  it('is written from when it is opened, for its owner alone', () => {
    log('pens').info('too early')
    const { path } = open()
    log('pens').info('a device is open', { kind: 'serial' })
    expect(readFileSync(path, 'utf8')).toMatch(/^\S+Z info pens terminal:\d+ a device is open: kind=serial\r?\n$/)
    if (process.platform !== 'win32')
      expect([folder, path].map((place) => statSync(place).mode & 0o777)).toEqual([0o700, 0o600])
    opened!.close()
    log('pens').info('too late')
    expect(said()).toEqual(['a device is open: kind=serial'])
  })

  it('takes details only where it is verbose, and is then heard as well', () => {
    open()
    log('pens').debug('a detail')
    opened!.close()
    const heard: string[] = []
    open({ verbose: true, echo: (text) => heard.push(text) })
    log('pens').debug('another detail')
    expect(said()).toEqual(['another detail'])
    expect(heard).toEqual([expect.stringMatching(/debug pens terminal:\d+ another detail\n$/)])
  })

  it('counts what comes again and again instead of writing it', () => {
    open()
    for (let time = 0; time < 4313; time++) log('pens').warn('a listener failed')
    log('pens').warn('another listener failed')
    opened!.flush()
    expect(said()).toEqual(['a listener failed', 'another listener failed', 'repeated 4,312 times: a listener failed'])
  })

  it('bounds a flood of different entries, and says how many were left out', () => {
    open()
    for (let device = 0; device < 1500; device++) log('pens').warn('a listener failed', { device })
    opened!.flush()
    expect(said()).toHaveLength(501)
    expect(said().at(-1)).toBe('entries left out: count=1000')
  })

  it('is put aside when it is large, and a few older ones are kept', () => {
    const { path } = open()
    const full = 'x'.repeat(LARGEST_BYTES + 1)
    mkdirSync(folder, { recursive: true })
    for (let round = 0; round < OLDER_FILES + 3; round++) {
      writeFileSync(path, full)
      log('app').info('a new file', { round })
      expect(said()).toEqual([`a new file: round=${round}`])
    }
    expect(readdirSync(folder).sort()).toEqual(['kalamos.1.log', 'kalamos.2.log', 'kalamos.3.log', 'kalamos.log'])
    expect(failures).toEqual([])
  })

  it('holds every entry of several processes that write and rotate it at once', { timeout: 120_000 }, async () => {
    const program = fileURLToPath(new URL('children/writes-much.ts', import.meta.url))
    const entries = 8000
    const children = ['a', 'b', 'c'].map((entryPoint) =>
      spawn(process.execPath, [program, folder, entryPoint, String(entries)], { stdio: 'inherit' }),
    )
    for (const [code] of await Promise.all(children.map((child) => once(child, 'exit')))) expect(code).toBe(0)
    const files = readdirSync(folder)
    expect(files.length).toBeGreaterThan(1)
    const lines = files.flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean))
    for (const entryPoint of ['a', 'b', 'c']) {
      const numbers = lines.flatMap(
        (line) =>
          new RegExp(`^\\S+Z info app ${entryPoint}:\\d+ an entry: number=(\\d+) padding=\\[[\\d, ]+\\]$`).exec(
            line,
          )?.[1] ?? [],
      )
      expect(new Set(numbers).size).toBe(entries)
    }
    expect(lines).toHaveLength(3 * entries)
    for (const file of files) expect(statSync(join(folder, file)).size).toBeLessThan(LARGEST_BYTES + 4 * 8192)
  })

  it('is not put aside while another process does that, unless that one died at it', () => {
    const { path } = open()
    log('app').info('first')
    writeFileSync(`${path}.lock`, '')
    writeFileSync(path, 'x'.repeat(LARGEST_BYTES + 1))
    log('app').info('while another one seems to do it')
    expect(existsSync(logFile(path, 1))).toBe(false)
    utimesSync(`${path}.lock`, 0, 0)
    log('app').info('that one has died')
    log('app').info('now it is put aside')
    expect(existsSync(logFile(path, 1))).toBe(true)
    expect(said().at(-1)).toBe('now it is put aside')
  })
})

describe('a log that cannot be written', () => {
  it.skipIf(!existsSync('/dev/full'))(
    'on a full disk is said once, named by doctor, and goes on once there is room',
    () => {
      mkdirSync(folder, { recursive: true })
      symlinkSync('/dev/full', join(folder, 'kalamos.log'))
      open()
      log('app').info('lost')
      log('app').error('lost as well')
      expect(failures).toEqual(['ENOSPC'])
      expect(opened!.problem).toBe('ENOSPC')
      expect(examineLog(folder)).toMatchObject({
        topic: 'log',
        ok: false,
        detail: `${opened!.path} cannot be written (ENOSPC)`,
        hint: 'Free some space on that disk.',
      })

      rmSync(opened!.path)
      log('app').info('there is room')
      expect(said()).toEqual(['there is room'])
      expect(opened!.problem).toBeNull()
      expect(examineLog(folder)).toMatchObject({ ok: true, detail: opened!.path })
    },
  )

  it('in a place that is no folder is said once, and costs nothing else', () => {
    mkdirSync(join(folder, '..'), { recursive: true })
    writeFileSync(folder, '')
    open()
    log('app').info('lost')
    log('app').info('lost')
    expect(failures).toHaveLength(1)
    expect(opened!.problem).not.toBeNull()
  })

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'in a folder without the right to it is named by doctor before it is opened',
    () => {
      mkdirSync(folder, { recursive: true })
      chmodSync(folder, 0o500)
      expect(examineLog(folder)).toMatchObject({ ok: false, hint: `Give yourself write access to ${folder}.` })
    },
  )
})

describe('the last lines of a log', () => {
  it('are whole entries, the oldest first, down to a level, also from the file before', () => {
    const { path } = open({ verbose: true })
    log('app').error('before', new Error('x'))
    writeFileSync(logFile(path, 1), readFileSync(path))
    rmSync(path)
    for (let number = 0; number < 10; number++) log('app')[number % 2 ? 'info' : 'debug']('an entry', { number })
    log('app').warn('last')
    expect(readLog(path, 'debug', 3).map(({ level, text }) => [level, text])).toEqual([
      ['debug', 'an entry: number=8'],
      ['info', 'an entry: number=9'],
      ['warn', 'last'],
    ])
    const grave = readLog(path, 'warn', 500)
    expect(grave.map(({ level }) => level)).toEqual(['error', 'warn'])
    expect(grave[0]!.text.split('\n').length).toBeGreaterThan(1)
    expect(grave[0]).toMatchObject({
      area: 'app',
      process: `terminal:${process.pid}`,
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    })
  })

  it('of a log that is not there are none', () => {
    expect(readLog(join(folder, 'kalamos.log'), 'debug', 500)).toEqual([])
  })
})
