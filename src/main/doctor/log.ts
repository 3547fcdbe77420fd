import { accessSync, constants, existsSync } from 'node:fs'
import type { Finding } from '../../shared/api/system.ts'
import { logFolder } from '../log/log-folder.ts'
import { currentLog, logPath } from '../log/index.ts'
import { nearestFolder } from './database.ts'

/** Where the log is, and whether it can be written. */
export function examineLog(folder: string = logFolder()): Finding {
  const path = currentLog()?.path ?? logPath(folder)
  const found = { topic: 'log', name: 'Log' } as const
  const problem = currentLog()?.problem ?? refusal(path, folder)
  if (problem === null) return { ...found, ok: true, detail: path, hint: null }
  return { ...found, ok: false, detail: `${path} cannot be written (${problem})`, hint: wayOut(problem, path, folder) }
}

function wayOut(problem: string, path: string, folder: string): string {
  switch (problem) {
    case 'ENOSPC':
      return 'Free some space on that disk.'
    case 'EROFS':
      return 'That disk is read-only: make it writable.'
    case 'EEXIST':
    case 'ENOTDIR':
      return `Move away the file that stands in the place of the folder ${folder}.`
    case 'EISDIR':
      return `Move away the folder ${path}: a file has to stand there.`
    default:
      return `Give yourself write access to ${folder}.`
  }
}

function refusal(path: string, folder: string): string | null {
  try {
    accessSync(existsSync(path) ? path : nearestFolder(folder), constants.W_OK)
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}
