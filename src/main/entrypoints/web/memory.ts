import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import * as v from 'valibot'
import { log } from '../../log/index.ts'
import { secret } from './sessions.ts'

const Kept = v.strictObject({
  secret: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
  port: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535))),
})
type Kept = v.InferOutput<typeof Kept>

/**
 * What the browser server knows again when it is started anew: a secret, and the port at which its pages look for it.
 */
export interface Memory extends Readonly<Kept> {
  /** That it cannot be kept costs no more than a new address after the next start. */
  keepPort(port: number): void
}

/**
 * Reads the memory from a file that its owner alone may read. One that others may read, or that is damaged, is
 * forgotten.
 */
export function memoryIn(path: string): Memory {
  const kept = read(path) ?? { secret: secret(), port: null }
  return {
    ...kept,
    keepPort: (port) => {
      try {
        write(path, { secret: kept.secret, port })
      } catch (error) {
        log('entrypoint').warn('what the browser server should remember cannot be written', error)
      }
    },
  }
}

function read(path: string): Kept | null {
  try {
    const file = openSync(path, 'r')
    try {
      const { mode, size } = fstatSync(file)
      const isOpenToOthers = process.platform !== 'win32' && (mode & 0o077) !== 0
      if (isOpenToOthers || size > 1000) return null
      const read = v.safeParse(Kept, JSON.parse(readFileSync(file, 'utf8')))
      return read.success ? read.output : null
    } finally {
      closeSync(file)
    }
  } catch {
    // It is the first start, or the file holds nothing of ours.
    return null
  }
}

function write(path: string, kept: Kept): void {
  const temporary = `${path}.partial`
  rmSync(temporary, { force: true })
  const file = openSync(temporary, 'wx', 0o600)
  try {
    writeSync(file, JSON.stringify(kept))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}
