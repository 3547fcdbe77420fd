import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Events } from '../../src/main/process/events.ts'
import type { ChildProcess } from '../../src/main/process/fork.ts'
import { TrainingQueue } from '../../src/main/training/queue/queue.ts'
import type { Store } from '../../src/main/store/index.ts'
import type { Run } from '../../src/shared/api/training.ts'
import { configOf, smallStore } from './small-store.ts'

/** A training process as the queue sees it, led by the test. */
class LedProcess implements ChildProcess {
  readonly pid = 1
  say: (message: unknown) => void = () => undefined
  readonly #exits: ((reason: string) => void)[] = []
  isKilled = false

  send(message: unknown): void {
    if ((message as { type: string }).type === 'cancel') this.end('exit code 0')
  }
  onMessage(listener: (message: unknown) => void): void {
    this.say = listener
  }
  onExit(listener: (reason: string) => void): void {
    this.#exits.push(listener)
  }
  ref(): void {}
  unref(): void {}
  kill(): void {
    this.isKilled = true
    this.end('signal SIGKILL')
  }
  end(reason: string): void {
    for (const tell of this.#exits.splice(0)) tell(reason)
  }
}

const PREPARED = {
  type: 'prepared',
  trainRecordings: 9,
  heldOutRecordings: 3,
  virtual: false,
  epoch: 0,
  backend: 'kernels',
  threads: 1,
  backendReason: 'asked for',
}

let store: Store
let processes: LedProcess[]
let changes: Run[]
let queue: TrainingQueue

/** As a full or write-protected disk: whatever is to be written is refused. */
const refuseWrites = (refuse: boolean): unknown => store.connection.pragma(`query_only = ${refuse ? 1 : 0}`)

beforeEach(() => {
  store = smallStore(['ab', 'ba', 'aab', 'bba'])
  processes = []
  changes = []
  const events = new Events()
  events.on('runs.changed', (run) => changes.push(run))
  const fork = (): ChildProcess => {
    processes.push(new LedProcess())
    return processes.at(-1)!
  }
  queue = new TrainingQueue({ store, events, fork, codeVersion: 'test', retryMillis: 1 })
})
afterEach(async () => {
  refuseWrites(false)
  await queue.close()
  store.close()
})

describe('a database that takes nothing during a training', () => {
  it('ends the run with the reason and the way out, and nothing else; its end is written as soon as there is room', async () => {
    const { id } = queue.start(configOf({ epochs: 3 }))
    processes[0]!.say(PREPARED)
    refuseWrites(true)
    processes[0]!.say({ type: 'progress', epoch: 0, epochProgress: 0.5 })
    expect(processes[0]!.isKilled).toBe(true)
    const told = {
      id,
      state: 'failed',
      problem: { message: expect.stringContaining(store.path), hint: expect.stringContaining('write access') },
    }
    expect(changes.at(-1)).toMatchObject(told)
    expect(queue.list()[0]).toMatchObject(told)
    await queue.idle()

    refuseWrites(false)
    await expect.poll(() => store.runs.get(id)).toMatchObject({ id, state: 'failed' })
    expect(queue.resume(id).state).toBe('preparing')
  })

  it('does not keep the process from ending, nor the next run from its turn', async () => {
    const [first, second] = [queue.start(configOf({ epochs: 3 })), queue.start(configOf({ epochs: 1 }))]
    processes[0]!.say(PREPARED)
    refuseWrites(true)
    processes[0]!.end('exit code 1')
    await queue.idle()
    expect(queue.list().map(({ id, state }) => [id, state])).toEqual([
      [second.id, 'failed'],
      [first.id, 'failed'],
    ])
    expect(processes).toHaveLength(1)
  })

  it('does not hide why a process says that it failed', async () => {
    const { id } = queue.start(configOf({ epochs: 3 }))
    refuseWrites(true)
    processes[0]!.say({
      type: 'failed',
      error: { code: 'training-failed', message: 'The loss is not a number.', hint: 'Lower the learning rate.' },
    })
    expect(queue.list()[0]).toMatchObject({ id, state: 'failed', problem: { message: 'The loss is not a number.' } })
    processes[0]!.end('exit code 0')
    refuseWrites(false)
    await expect.poll(() => store.runs.get(id).problem).toMatchObject({ message: 'The loss is not a number.' })
  })
})
