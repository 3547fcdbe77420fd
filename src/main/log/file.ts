import type { EventEmitter } from 'node:events'
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import electronLog from 'electron-log/node'
import type { LogLevel } from '../../shared/log.ts'

/** A file that grows beyond this is put aside; so many older ones are kept. */
export const LARGEST_BYTES = 2 << 20
export const OLDER_FILES = 3
/** A rotation takes milliseconds: a lock older than this was left by a process that died. */
const STALE_LOCK_MS = 10_000

/** The file of the log, `1` being the one before it. */
export function logFile(path: string, older: number): string {
  return older === 0 ? path : path.replace(/(\.log)?$/, `.${older}.log`)
}

/** Why the log cannot be written, such as `ENOSPC`. */
export type WriteProblem = string

/** A log file as several processes write it at once: whole entries appended, rotated by one of them. */
export interface LogFile {
  write(level: LogLevel, text: string): void
  /** The last failure, null while all is well. */
  readonly problem: WriteProblem | null
}

/** Who hears of what goes wrong with a file of the library. */
const watching = new WeakMap<object, (error: unknown) => void>()

/**
 * Opens the log file for appending, readable by its owner alone. Never throws: where it cannot be written, the app goes
 * on without, `failed` is called once, and it is tried again with every entry.
 */
export function openLogFile(path: string, failed: (code: WriteProblem) => void): LogFile {
  let problem: WriteProblem | null = null
  let isTold = false
  const fail = (error: unknown): void => {
    problem = codeOf(error)
    if (isTold) return
    isTold = true
    failed(problem)
  }
  const logger = electronLog.create({ logId: path })
  const { file, console, ipc, remote } = logger.transports
  // The file and nothing else: neither the terminal, nor a window, nor a server.
  console.level = false
  if (ipc) ipc.level = false
  if (remote) remote.level = false
  // What it says to the terminal of a file it cannot write is told by `failed`.
  electronLog.transports.console.writeFn = () => undefined
  file.level = 'debug'
  file.resolvePathFn = () => path
  file.maxSize = LARGEST_BYTES
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' }
  file.transforms = [({ data }) => data]
  file.archiveLogFn = () => rotate(path, fail)
  let isWatched = false

  const prepare = (): void => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    if (existsSync(path)) chmodSync(path, 0o600)
    // Opened once by hand, since the library gives a file up for good that it cannot open at first.
    closeSync(openSync(path, 'a', 0o600))
    const target = file.getFile() as ReturnType<typeof file.getFile> & EventEmitter
    // The library has one such object for a path, however often that is opened.
    const before = watching.get(target)
    if (before) target.off('error', before)
    target.on('error', fail)
    watching.set(target, fail)
    isWatched = true
  }
  return {
    get problem() {
      return problem
    },
    write(level, text) {
      problem = null
      try {
        if (!isWatched || !existsSync(dirname(path))) prepare()
      } catch (error) {
        return fail(error)
      }
      // Another process may have written to it or put it aside since: its size is looked up anew.
      ;(file.getFile() as unknown as { reset(): void }).reset()
      logger[level](text)
    },
  }
}

/** Puts a full file aside. Of several processes that see it full at once, one does. */
function rotate(path: string, fail: (error: unknown) => void): void {
  const lock = `${path}.lock`
  try {
    closeSync(openSync(lock, 'wx', 0o600))
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') return fail(error)
    if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > STALE_LOCK_MS)
      rmSync(lock, { force: true })
    return
  }
  try {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) <= LARGEST_BYTES) return
    for (let older = OLDER_FILES - 1; older >= 0; older--) {
      if (existsSync(logFile(path, older))) renameSync(logFile(path, older), logFile(path, older + 1))
    }
  } catch (error) {
    fail(error)
  } finally {
    rmSync(lock, { force: true })
  }
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown }
  if (typeof code === 'string') return code
  // The library wraps what the system said.
  return /\b(E[A-Z]{3,})\b/.exec(error instanceof Error ? error.message : '')?.[1] ?? 'unknown'
}
