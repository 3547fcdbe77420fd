import { Worker } from 'node:worker_threads'
import { asError, KalamosError } from '../../../shared/errors.ts'
import { log } from '../../log/index.ts'
import { entry } from '../../files/paths.ts'
import { deviceFailure } from '../backend.ts'
import { Runner } from './runner.ts'
import type { Answer, Task, TaskResults, ThreadSetup } from './tasks.ts'

/** Something that runs tasks, one at a time. */
export interface Thread {
  run<Kind extends Task['kind']>(task: Extract<Task, { kind: Kind }>): Promise<TaskResults[Kind]>
  dispose(): Promise<void>
}

/** Thrown for a thread that gave up because another one failed. */
export class AbandonedTask extends Error {
  override readonly name = 'AbandonedTask'
}

/** Runs tasks in this very thread: for backends that have threads or a device of their own. */
export async function inlineThread(setup: ThreadSetup): Promise<Thread> {
  const runner = await Runner.start(setup)
  // Work on a device that failed may wait for ever, or come to zeros, so it is given up for the reason.
  const failed = deviceFailure().then((reason): never => {
    throw reason
  })
  failed.catch(() => undefined)
  return { run: (task) => Promise.race([runner.run(task), failed]), dispose: async () => runner.dispose() }
}

/** Starts a worker thread; rejects with its reason if it cannot start. */
export async function workerThread(setup: ThreadSetup): Promise<Thread> {
  const worker = new Worker(entry('worker'), { workerData: setup, name: `train-${setup.index}` })
  let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined
  let ended: Error | undefined
  const end = (error: Error) => {
    ended ??= error
    waiting?.reject(ended)
    waiting = undefined
  }
  worker.on('message', (answer: Answer) => {
    waiting?.resolve(answer)
    waiting = undefined
  })
  worker.on('error', (error) => {
    log('training').error('a compute thread failed', error)
    end(
      new KalamosError('training-failed', `a compute thread failed: ${error.message}`, 'The last checkpoint is kept.', {
        cause: error,
      }),
    )
  })
  worker.on('exit', (code) =>
    end(
      new KalamosError('training-failed', `a compute thread ended with code ${code}`, 'The last checkpoint is kept.'),
    ),
  )
  const answer = () =>
    new Promise<Answer>((resolve, reject) => {
      if (ended) reject(ended)
      else waiting = { resolve, reject }
    })
  const started = await answer()
  if (!started.ok) {
    await worker.terminate()
    throw asError(started.error)
  }
  return {
    async run<Kind extends Task['kind']>(task: Extract<Task, { kind: Kind }>): Promise<TaskResults[Kind]> {
      const reply = answer()
      worker.postMessage(task)
      const result = await reply
      if (result.ok) return result.result as TaskResults[Kind]
      throw result.abandoned ? new AbandonedTask() : asError(result.error)
    },
    async dispose() {
      await worker.terminate()
    },
  }
}
