import { fork as forkNode } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A process that was started beside the app, as its starter sees it. */
export interface ChildProcess {
  readonly pid: number | undefined
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** `reason` says how it ended, for people. Called once, also where it could not be started. */
  onExit(listener: (reason: string) => void): void
  kill(): void
}

/** Starts a process that runs an entry. Electron supplies one that uses its utility processes. */
export type Fork = (entry: URL) => ChildProcess

/** How much of what a dying process said is worth showing. */
const LAST_WORDS = 2000

/** A Node child process with a message channel. What it writes to stderr is kept for the reason of its end. */
export const forkChild: Fork = (entry) => {
  const child = forkNode(fileURLToPath(entry), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] })
  let lastWords = ''
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
      child.on('close', (code, signal) => tell([signal === null ? `exit code ${code}` : `signal ${signal}`, lastWords.trim()].filter(Boolean).join(': ')))
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
