import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import type { LogEntry } from '../../shared/api/system.ts'
import { LOG_LEVELS, reaches, type LogLevel } from '../../shared/log.ts'
import { logFile, OLDER_FILES } from './file.ts'

/** So much of each file is looked at, from its end. */
const MOST_BYTES = 1 << 20

const HEAD = new RegExp(`^(\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z) (${LOG_LEVELS.join('|')}) (\\S+) (\\S+) (.*)$`)

/**
 * The last entries of a log down to a level, the oldest first, with so many lines at most. Throws what reading throws;
 * no log is an empty one.
 */
export function readLog(path: string, least: LogLevel, lines: number): LogEntry[] {
  let entries: LogEntry[] = []
  for (let older = 0; older <= OLDER_FILES && linesOf(entries) < lines; older++) {
    const file = logFile(path, older)
    if (!existsSync(file)) break
    entries = [...entriesOf(endOf(file)).filter(({ level }) => reaches(level, least)), ...entries]
  }
  let left = lines
  const first = entries.findLastIndex(({ text }) => (left -= text.split('\n').length) < 0)
  return entries.slice(first + 1)
}

function entriesOf(text: string): LogEntry[] {
  const entries: LogEntry[] = []
  for (const line of text.split('\n')) {
    const [, at, level, area, process, said] = HEAD.exec(line) ?? []
    if (at !== undefined) entries.push({ at, level: level as LogLevel, area: area!, process: process!, text: said! })
    else if (line !== '' && entries.length > 0) entries.at(-1)!.text += `\n${line}`
  }
  return entries
}

function linesOf(entries: readonly LogEntry[]): number {
  return entries.reduce((sum, { text }) => sum + text.split('\n').length, 0)
}

function endOf(file: string): string {
  const handle = openSync(file, 'r')
  try {
    const { size } = fstatSync(handle)
    const bytes = Buffer.alloc(Math.min(size, MOST_BYTES))
    const read = readSync(handle, bytes, 0, bytes.length, size - bytes.length)
    return bytes.toString('utf8', 0, read).replaceAll('\r\n', '\n')
  } finally {
    closeSync(handle)
  }
}
