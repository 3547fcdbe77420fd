export { activation, type Activation } from './activation.ts'
export { adamw, adamwFactors, type AdamwFactors, type AdamwOptions, type AdamwSettings } from './adamw.ts'
export { conv1d, depthwiseConv1d } from './conv1d.ts'
export { ctcFits, ctcFrames, ctcLoss } from './ctc.ts'
export { dense } from './dense.ts'
export { sequenceDistance, type Distance } from './distance.ts'
export { dropout, type DropoutKey } from './dropout.ts'
export {
  checkLengths,
  convFrames,
  convLengths,
  frameMask,
  fullLengths,
  poolLengths,
  type Lengths,
  type Padding,
} from './lengths.ts'
export type { LstmWeights } from './composite/lstm.ts'
export { bilstm, lstm } from './lstm.ts'
export type { Reduce } from '../kernels/names.ts'
export { batchNorm, instanceNorm, type BatchNormMode } from './norm.ts'
export { maxPool1d } from './pool.ts'
