import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Readable } from 'node:stream'

const PARENT_PORT = new URL('./parent-port.ts', import.meta.url).href

interface Options {
  serviceName?: string
  stdio?: ('ignore' | 'pipe' | 'inherit')[]
  execArgv?: string[]
}

/**
 * A real process that has what a utility process of Electron has: `process.parentPort`, and no channel of Node's own.
 */
class FakeUtilityProcess extends EventEmitter {
  readonly stderr: Readable | null
  readonly #child: ChildProcess
  #pid: number | undefined

  constructor(
    path: string,
    args: string[],
    { stdio = ['ignore', 'inherit', 'inherit'], execArgv: asked = [] }: Options,
  ) {
    super()
    const execArgv = [
      ...asked,
      ...process.execArgv.filter((arg) => arg.startsWith('--preserve-symlinks')),
      '--import',
      PARENT_PORT,
      ...inEveryProcess,
    ]
    this.#child = fork(path, args, { stdio: [...stdio, 'ipc'], execArgv, serialization: 'advanced' })
    this.stderr = this.#child.stderr
    this.#child.on('spawn', () => {
      this.#pid = this.#child.pid
      this.emit('spawn')
    })
    this.#child.on('message', (message) => this.emit('message', message))
    this.#child.on('close', (code) => {
      this.#pid = undefined
      this.emit('exit', code ?? 15)
    })
  }

  get pid(): number | undefined {
    return this.#pid
  }
  postMessage(message: object): void {
    if (this.#child.connected) this.#child.send(message, () => undefined)
  }
  kill(): boolean {
    return this.#child.kill()
  }
}

/** Further command line of every such process, for tests that watch what it does. */
export const inEveryProcess: string[] = []

/** Processes that were started, the newest last. */
export const started: FakeUtilityProcess[] = []

export const utilityProcess = {
  fork(path: string, args: string[] = [], options: Options = {}): FakeUtilityProcess {
    const child = new FakeUtilityProcess(path, args, options)
    started.push(child)
    return child
  },
}
