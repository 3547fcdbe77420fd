import * as v from 'valibot'
import { AdaptationReport } from '../../../shared/api/adaptation.ts'
import { count, id } from '../../../shared/api/contract.ts'
import { SimulatedAmong } from '../../../shared/api/simulated.ts'
import { EpochScore, ImageTraining, TrainingConfig } from '../../../shared/api/training.ts'
import { ERROR_CODES } from '../../../shared/errors.ts'
import { Said } from '../../../shared/messages/index.ts'
import { LOG_LEVELS } from '../../../shared/log.ts'

/** What the host and the training process say to each other. Both sides check what they hear. */

export const Order = v.strictObject({
  type: v.literal('train'),
  runId: id,
  config: TrainingConfig,
  databasePath: v.string(),
  /** Where this run's checkpoints are. */
  folder: v.string(),
  /** Where the finished model goes: `<modelFolder>/<modelBase>.safetensors` and `.json`. */
  modelFolder: v.string(),
  modelBase: v.string(),
  /** Card of the model to start from. */
  basePath: v.nullable(v.string()),
  codeVersion: v.string(),
})
export type Order = v.InferOutput<typeof Order>

export const ToTrainer = v.variant('type', [Order, v.strictObject({ type: v.literal('cancel') })])
export type ToTrainer = v.InferOutput<typeof ToTrainer>

const Entry = v.strictObject({
  level: v.picklist(LOG_LEVELS),
  area: v.string(),
  message: v.string(),
  beside: v.string(),
  below: v.array(v.string()),
})

export const FromTrainer = v.variant('type', [
  /** What the host is to write to the log. */
  v.strictObject({ type: v.literal('log'), entry: Entry }),
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({
    type: v.literal('prepared'),
    trainRecordings: count,
    heldOutRecordings: count,
    ...SimulatedAmong,
    backend: v.string(),
    threads: count,
    backendReason: Said,
    epoch: count,
  }),
  v.strictObject({ type: v.literal('progress'), epoch: count, epochProgress: v.number() }),
  v.strictObject({ type: v.literal('image'), at: ImageTraining }),
  v.strictObject({ type: v.literal('epoch'), score: EpochScore }),
  v.strictObject({
    type: v.literal('finished'),
    cardPath: v.string(),
    weightsPath: v.string(),
    report: v.exactOptional(AdaptationReport),
  }),
  v.strictObject({
    type: v.literal('failed'),
    error: v.object({ code: v.picklist(ERROR_CODES), message: Said, hint: v.exactOptional(Said) }),
  }),
])
export type FromTrainer = v.InferOutput<typeof FromTrainer>
