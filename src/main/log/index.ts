import { join } from 'node:path'
import { reaches, type LogLevel } from '../../shared/log.ts'
import { asText, type Entry } from './entry.ts'
import { openLogFile } from './file.ts'
import { Flood } from './flood.ts'
import { written } from './private.ts'

/**
 * The log of the program. The message is a constant text; what varies is the detail, of which only numbers, ids, words
 * of the program and stacks are written (`private.ts`): no label, no written text, no person's name.
 */
export interface AreaLog {
  debug(message: string, detail?: unknown): void
  info(message: string, detail?: unknown): void
  warn(message: string, detail?: unknown): void
  error(message: string, detail?: unknown): void
}

/** Where entries go; nowhere until an entry point opens the log, or a child process hands them to its parent. */
let sink: ((entry: Entry) => void) | null = null
let open: OpenLog | null = null

/** The log of one area, such as `pens`. Costs nothing while no log is open. */
export function log(area: string): AreaLog {
  const at =
    (level: LogLevel) =>
    (message: string, detail?: unknown): void => {
      if (sink !== null) sink({ level, area, message, ...written(detail) })
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

export interface LogOptions {
  folder: string
  /** What this process is, such as `browser`; its id is added. */
  entryPoint: string
  /** Also takes entries of level `debug`. */
  verbose?: boolean
  /** Hears every entry as well, such as a terminal. */
  echo?: (text: string) => void
  /** Called once where the file cannot be written, with the system's code. The app goes on without. */
  failed?: (code: string) => void
}

export interface OpenLog {
  readonly path: string
  /** Why it cannot be written, null while it can. */
  readonly problem: string | null
  /** Takes entries down to this level from now on; where it was opened `verbose`, all of them still. */
  reach(level: LogLevel): void
  /** Writes what was held back. */
  flush(): void
  close(): void
}

/** The log's file within the folder of the log. */
export function logPath(folder: string): string {
  return join(folder, 'kalamos.log')
}

/** Opens the log of this process. Never throws. */
export function openLog({ folder, entryPoint, verbose = false, echo, failed }: LogOptions): OpenLog {
  const path = logPath(folder)
  const file = openLogFile(path, (code) => failed?.(code))
  const own = `${entryPoint}:${process.pid}`
  const flood = new Flood((entry) => {
    const text = asText(entry, own, new Date())
    file.write(entry.level, text)
    echo?.(`${text}\n`)
  })
  let down: LogLevel = 'info'
  const take = (entry: Entry): void => {
    if (reaches(entry.level, verbose ? 'debug' : down)) flood.take(entry)
  }
  const opened: OpenLog = {
    path,
    get problem() {
      return file.problem
    },
    reach: (level) => void (down = level),
    flush: () => flood.settle(),
    close() {
      flood.settle()
      if (sink === take) sink = null
      if (open === opened) open = null
    },
  }
  sink = take
  open = opened
  return opened
}

/** The log that this process has open, or null. */
export function currentLog(): OpenLog | null {
  return open
}

/** In a child process: hands entries to the parent, which has the log open. */
export function relayLog(send: (entry: Entry) => void): void {
  sink = send
}

/** In the parent: takes an entry from a child process. */
export function takeRelayed(entry: Entry): void {
  sink?.(entry)
}
