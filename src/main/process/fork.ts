import { fork as forkNode } from 'node:child_process'
import { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'

/** A process that was started beside the app, as its starter sees it. */
export interface ChildProcess {
  readonly pid: number | undefined
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** `reason` says how it ended, for people. Called once, also where it could not be started. */
  onExit(listener: (reason: string) => void): void
  kill(): void
  /** Whether the app waits for its end before it can end itself; it does unless told otherwise. */
  ref(): void
  unref(): void
}

/** Starts a process that runs an entry. Electron supplies one that uses its utility processes. */
export type Fork = (entry: URL, options?: ForkOptions) => ChildProcess

export interface ForkOptions {
  /** Whether messages hold typed arrays, which JSON has no form for. */
  typedArrays?: boolean
}

/**
 * With several threads that compile WebAssembly, as in a training, V8 can lose a page of machine code from its books
 * and end the process ("Check failed: jit_page.has_value()", seen once with Node 24.21). Others report that it does not
 * where pages are not protected by memory keys, which is all that those books are for.
 */
export const V8_FLAGS: readonly string[] = ['--no-memory-protection-keys']

/** How much of what a dying process said is worth showing. */
const LAST_WORDS = 2000

/** A Node child process with a message channel. What it writes to stderr is kept for the reason of its end. */
export const forkChild: Fork = (entry, { typedArrays = false } = {}) => {
  const child = forkNode(fileURLToPath(entry), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [...V8_FLAGS],
    serialization: typedArrays ? 'advanced' : 'json',
  })
  let lastWords = ''
  // Only the process and its channel are waited for.
  if (child.stderr instanceof Socket) child.stderr.unref()
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-LAST_WORDS)
  })
  return {
    pid: child.pid,
    // A message to a process that has just died is lost; its end is told by `onExit`.
    send: (message) => void (child.connected && child.send(message as object, () => undefined)),
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      let told = false
      const tell = (reason: string): void => {
        if (!told) listener(reason)
        told = true
      }
      child.on('error', (error) => tell(error.message))
      child.on('close', (code, signal) =>
        tell([signal === null ? `exit code ${code}` : `signal ${signal}`, lastWords.trim()].filter(Boolean).join(': ')),
      )
    },
    kill: () => void child.kill('SIGKILL'),
    ref() {
      child.ref()
      child.channel?.ref()
    },
    unref() {
      child.unref()
      child.channel?.unref()
    },
  }
}
