import { basename, extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { utilityProcess } from 'electron'
import { V8_FLAGS, type Fork } from '../../process/fork.ts'

/** How much of what a dying process said is worth showing. */
const LAST_WORDS = 2000

/**
 * Starts a process of the app as an Electron utility process: Electron's own Node, with no window and no Chromium of
 * its own.
 */
export const forkUtility: Fork = (entry) => {
  const path = fileURLToPath(entry)
  const child = utilityProcess.fork(path, [], {
    serviceName: `Kalamos ${basename(path, extname(path))}`,
    stdio: ['ignore', 'ignore', 'pipe'],
    execArgv: [...V8_FLAGS],
  })
  let lastWords = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-LAST_WORDS)
  })
  return {
    get pid() {
      return child.pid
    },
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) =>
      void child.once('exit', (code) => listener([`exit code ${code}`, lastWords.trim()].filter(Boolean).join(': '))),
    kill: () => void child.kill(),
    // Electron ends them with the app.
    ref: () => undefined,
    unref: () => undefined,
  }
}
