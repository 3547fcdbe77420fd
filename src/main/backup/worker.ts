import { parentPort, workerData } from 'node:worker_threads'
import { errorShape } from '../../shared/errors.ts'
import { makeBackup } from './make.ts'
import { readyRestore } from './restore.ts'
import type { Job, WorkerMessage } from './thread.ts'

/**
 * The thread that copies and checks: whoever records or reads meanwhile is not held up, and it can be stopped at any
 * moment.
 */

const port = parentPort!
/** More often nobody can see it. */
const TELL_EVERY_MS = 100
let toldAt = 0
let toldOf = ''

const say = (told: WorkerMessage): void => port.postMessage(told)
const tell: Parameters<typeof makeBackup>[1] = (progress) => {
  const now = performance.now()
  if (now - toldAt < TELL_EVERY_MS && progress.step === toldOf) return
  toldAt = now
  toldOf = progress.step
  say({ kind: 'progress', progress })
}

async function run(job: Job): Promise<void> {
  try {
    const summary = await (job.work === 'backup' ? makeBackup(job, tell) : readyRestore(job, tell))
    say({ kind: 'done', summary })
  } catch (error) {
    say({ kind: 'failed', error: errorShape(error) })
  }
}

await run(workerData as Job)
