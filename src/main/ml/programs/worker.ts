import { parentPort, workerData } from 'node:worker_threads'
import { errorShape } from '../../../shared/errors.ts'
import { Runner } from '../../compute/engine/runner.ts'
import type { Answer, Task, ThreadSetup } from '../../compute/engine/tasks.ts'
import { Abandoned } from '../../compute/engine/team.ts'
import './index.ts'

/** A compute thread: starts its backend and program, then answers one task after the other. */

const port = parentPort!
const answer = (message: Answer): void => port.postMessage(message)
const failed = (error: unknown): Answer => ({
  ok: false,
  error: errorShape(error),
  abandoned: error instanceof Abandoned,
})

try {
  const runner = await Runner.start(workerData as ThreadSetup)
  port.on('message', (task: Task) => {
    runner.run(task).then(
      (result) => answer({ ok: true, result }),
      (error: unknown) => answer(failed(error)),
    )
  })
  answer({ ok: true, result: { loss: 0, parts: {}, gradientNorm: 0 } })
} catch (error) {
  answer(failed(error))
}
