import { accessSync, constants, existsSync } from 'node:fs'
import type { Finding } from '../../shared/api/system.ts'
import { logFolder } from '../doors/log-folder.ts'
import { currentLog, logPath } from '../log/index.ts'
import { nearestFolder } from './database.ts'

/** Where the log is, and whether it can be written. */
export function examineLog(folder: string = logFolder()): Finding {
  const path = currentLog()?.path ?? logPath(folder)
  const found = { topic: 'log', name: 'Log' } as const
  const problem = currentLog()?.problem ?? refusal(path, folder)
  if (problem === null) return { ...found, ok: true, detail: path, hint: null }
  const hint = problem === 'ENOSPC' ? 'Free some space on that disk.' : `Give yourself write access to ${folder}.`
  return { ...found, ok: false, detail: `${path} cannot be written (${problem})`, hint }
}

function refusal(path: string, folder: string): string | null {
  try {
    accessSync(existsSync(path) ? path : nearestFolder(folder), constants.W_OK)
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}
