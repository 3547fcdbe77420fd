export { MODEL_NAMES, namedConfig, outputLengths, timeReduction, type Head, type ModelConfig, type ModelName, type OttConfig, type RewiConfig } from './config.ts'
export { forward, initialModel, initialState, initialWeights, parameterCount, publishedCount, type Output } from './model.ts'
