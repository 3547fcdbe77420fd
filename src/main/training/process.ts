import { constants, setPriority } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import { errorShape, KalamosError } from '../../shared/errors.ts'
import { after, inBackground } from '../process/background.ts'
import { log, relayLog } from '../log/index.ts'
import { adapt } from './fine-tuning/adapt.ts'
import { loadModel, saveModel } from '../ml/checkpoint/model.ts'
import { openEngineFor } from '../ml/programs/open-engine.ts'
import { findParent } from '../process/parent.ts'
import { ToTrainer, type FromTrainer, type Order } from './queue/messages.ts'
import { train } from './train.ts'
import type { TrainingCallbacks } from './types.ts'
import { openStore } from '../store/index.ts'
import { endOnUncaught } from '../process/uncaught.ts'

/**
 * The training process: gets one order, trains, hands over the model's files, and ends.
 * It reads the database through a connection of its own and writes nothing but its run's folder and the finished model.
 */

const PROGRESS_MS = 300

const parent = findParent()
const tell = (message: FromTrainer): void => parent.send(message)
const stop = new AbortController()
relayLog(({ below, ...entry }) => tell({ type: 'log', entry: { ...entry, below: [...below] } }))
endOnUncaught((error) => {
  tell({ type: 'failed', error: errorShape(error) })
  return soon(1)
})

// Recording and reading come first: training takes what they leave.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

parent.onMessage((message) => {
  const heard = v.parse(ToTrainer, message)
  if (heard.type === 'cancel') return stop.abort()
  inBackground('training', 'an order could not be followed', () => follow(heard))
})
parent.onGone(() => {
  // Leave a checkpoint behind, but do not outlive the app for long.
  stop.abort()
  after(10_000, 'training', 'the process could not end', () => process.exit(1)).unref()
})
tell({ type: 'ready' })

async function follow(order: Order): Promise<void> {
  try {
    await carryOut(order)
  } catch (error) {
    if (!(error instanceof KalamosError)) log('training').error('a training has thrown', error)
    tell({ type: 'failed', error: errorShape(error) })
  }
  await soon(0)
}

/** Ends the process once its last message has left. */
async function soon(code: number): Promise<void> {
  await wait(100)
  process.exit(code)
}

async function carryOut({
  config,
  databasePath,
  folder,
  modelFolder,
  modelBase,
  basePath,
  codeVersion,
}: Order): Promise<void> {
  const store = openStore(databasePath, { readOnly: true })
  try {
    const now = everySoOften()
    const job = {
      config,
      source: store.recordings,
      sessionProfile: (sessionId: number) => store.sessions.profile(sessionId),
      folder,
      codeVersion,
      openEngine: openEngineFor(config),
    }
    const base = basePath === null ? undefined : loadModel(basePath)
    const callbacks: TrainingCallbacks = {
      image(at) {
        if (at.score !== null || now()) tell({ type: 'image', at })
      },
      prepared: ({ leftOut: _, parameters: __, ...found }) => tell({ type: 'prepared', ...found }),
      progress({ epoch, epochProgress }) {
        if (now()) tell({ type: 'progress', epoch, epochProgress })
      },
      epoch: (score) => tell({ type: 'epoch', score }),
    }
    if (config.adapt) {
      if (!base) throw new KalamosError('not-found', 'The model to adapt is gone.', 'Adapt another one.')
      const { report, ...adapted } = await adapt(
        { ...job, config: { ...config, adapt: config.adapt }, base },
        callbacks,
        stop.signal,
      )
      const [weightsPath, cardPath] = saveModel(modelFolder, modelBase, adapted)
      return tell({ type: 'finished', weightsPath, cardPath, report })
    }
    const [weightsPath, cardPath] = saveModel(
      modelFolder,
      modelBase,
      await train({ ...job, ...(base ? { base } : {}) }, callbacks, stop.signal),
    )
    tell({ type: 'finished', weightsPath, cardPath })
  } finally {
    store.close()
  }
}

/** Says whether it is time again to tell how far it is. */
function everySoOften(): () => boolean {
  let toldAt = -Infinity
  return () => {
    if (performance.now() - toldAt < PROGRESS_MS) return false
    toldAt = performance.now()
    return true
  }
}
