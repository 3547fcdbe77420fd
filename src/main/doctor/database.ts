import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorShape } from '../../shared/errors.ts'
import type { Finding } from '../../shared/api/system.ts'
import { inspectFile } from '../store/inspect.ts'
import { lockForWriting } from '../store/lock.ts'

/** The state of a database, found out without changing it. `isOurs` where this very process has it open. */
export function examineDatabase(path: string, isOurs: boolean): Finding {
  const found = { topic: 'database', name: path } as const
  if (isOurs) return { ...found, ok: true, detail: `open here, ${size(path)}`, hint: null }
  if (!existsSync(path)) return { ...found, ...newDatabase(path) }
  try {
    inspectFile(path)
    lockForWriting(path)()
    return { ...found, ok: true, detail: `closed, ${size(path)}`, hint: null }
  } catch (error) {
    const { message, hint } = errorShape(error)
    return { ...found, ok: false, detail: message, hint: hint ?? null }
  }
}

function newDatabase(path: string): Pick<Finding, 'ok' | 'detail' | 'hint'> {
  const folder = nearestFolder(dirname(path))
  try {
    accessSync(folder, constants.W_OK)
    return { ok: true, detail: 'not there yet; it is made at the first start', hint: null }
  } catch {
    return {
      ok: false,
      detail: `cannot be made: ${folder} is not writable by this user`,
      hint: 'Choose another place with --database <file>.',
    }
  }
}

/** The folder itself, or the one above it that is there. */
export function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder))
}

function size(path: string): string {
  return `${(statSync(path).size / 1e6).toFixed(1)} MB`
}
