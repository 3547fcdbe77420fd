/**
 * What a model is: its sizes and its first weights. The app knows that from its start, so this loads no TensorFlow.js;
 * what runs a model is in `model.ts`.
 */
export {
  MODEL_NAMES,
  namedConfig,
  outputLengths,
  timeReduction,
  type Head,
  type ModelConfig,
  type ModelName,
  type OttConfig,
  type RewiConfig,
} from './config.ts'
export type { Output } from './output.ts'
export { initialModel, initialState, initialWeights, parameterCount, publishedCount } from './weights.ts'
